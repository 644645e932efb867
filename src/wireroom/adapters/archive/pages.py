"""Which addresses are to be fetched, and what came of fetching them?"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, select

from wireroom.adapters.archive.addresses import ask_again, note_fetches
from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import chunks, micros, moment, pack, storable, unpack, whole
from wireroom.adapters.archive.schema import addresses, entries, items, pages, readings, texts
from wireroom.adapters.archive.statements import Row, add, except_for
from wireroom.records.articles import Article, Unread
from wireroom.records.entries import Entry
from wireroom.records.ids import BeatId
from wireroom.records.pages import Page, Target


class Pages(Store):
    """The part of the archive that fetching reads and appends."""

    def targets(self, beat: BeatId, now: datetime, limit: int) -> tuple[Target, ...]:
        """Return links that have no page yet, whose retry_at has come, or whose entry changed after the last fetch."""
        query = (
            select(addresses.c.url, addresses.c.page, addresses.c.seen_at)
            .where(addresses.c.due_at <= micros(now), _linked_in(beat))
            .order_by(addresses.c.seen_at, addresses.c.url)
            .limit(limit)
        )
        with self.reading() as connection:
            due = [(url, page, seen_at) for url, page, seen_at in connection.execute(query)]
            linking = _entries(connection, beat, [url for url, _, _ in due])
            last = _pages(connection, [page for _, page, _ in due if page])
        return tuple(
            Target(url=url, entry=_asking(linking[url], moment(seen_at)), last=last.get(page))
            for url, page, seen_at in due
        )

    def record_pages(self, pages: Sequence[Page]) -> None:
        """Append fetches."""
        with self.writing() as connection:
            _append(connection, pages)

    def unread(self, beat: BeatId, extractor: str, limit: int) -> tuple[Unread, ...]:
        """Return the newest fetched page per address that this extractor has not read, oldest fetch first, then id."""
        with self.reading() as connection:
            found: list[tuple[int, str, str]] = []
            for reader in except_for(connection, addresses.c.read_by, extractor, addresses.c.body_page.is_not(None)):
                query = (
                    select(addresses.c.body_at, addresses.c.body_page, addresses.c.url)
                    .where(addresses.c.body_page.is_not(None), addresses.c.read_by == reader, _linked_in(beat))
                    .order_by(addresses.c.body_at, addresses.c.body_page)
                    .limit(limit)
                )
                found += [(at, page, url) for at, page, url in connection.execute(query)]
            found = sorted(found)[:limit]
            urls = [url for _, _, url in found]
            read = _pages(connection, [page for _, page, _ in found])
            linking = _entries(connection, beat, urls)
            previous = _previous(connection, urls)
        return tuple(
            Unread(page=read[page], entries=tuple(linking[url]), previous=previous.get(url)) for _, page, url in found
        )


def _append(connection: Connection, fetched: Sequence[Page]) -> None:
    add(connection, pages, [_page_row(page) for page in fetched])
    note_fetches(connection, fetched)
    for some in chunks(storable(page.url) for page in fetched):
        ask_again(connection, items.c.link.in_(some))


def _asking(linking: Sequence[Entry], since: datetime) -> Entry:
    """Choose the entry that made an address due: the first one as new as the demand."""
    return next((entry for entry in linking if entry.seen_at >= since), linking[-1])


def _linked_in(beat: BeatId) -> ColumnElement[bool]:
    """Tell whether an entry of the beat links to the address.

    Asked as a value with a limit, not as EXISTS: PostgreSQL would turn that into a join of all the beat's items, which
    took 600 ms instead of 4 before its first ANALYZE.
    """
    one = select(items.c.id).where(items.c.link == addresses.c.url, items.c.beat == beat).limit(1)
    return one.scalar_subquery().is_not(None)


def _entries(connection: Connection, beat: BeatId, urls: Sequence[str]) -> dict[str, list[Entry]]:
    """Return the newest wording of the entries that link to each address, by seen_at, then id."""
    found: dict[str, list[Entry]] = {}
    for some in chunks(urls):
        query = (
            select(items.c.link, entries.c.record)
            .join_from(items, entries, (entries.c.id == items.c.id) & (entries.c.content_hash == items.c.content_hash))
            .where(items.c.link.in_(some), items.c.beat == beat)
            .order_by(items.c.changed_at, items.c.id)
        )
        for url, record in connection.execute(query):
            found.setdefault(url, []).append(unpack(Entry, record))
    return found


def _pages(connection: Connection, ids: Sequence[str]) -> dict[str, Page]:
    found: dict[str, Page] = {}
    for some in chunks(ids):
        rows = connection.execute(select(pages.c.id, pages.c.record).where(pages.c.id.in_(some)))
        found |= {page: unpack(Page, record) for page, record in rows}
    return found


def _previous(connection: Connection, urls: Sequence[str]) -> dict[str, Article]:
    """Return the newest article read from each address."""
    found: dict[str, Article] = {}
    for some in chunks(urls):
        query = (
            select(pages.c.url, readings.c.record, texts.c.text)
            .join_from(pages, readings, readings.c.page == pages.c.id)
            .join(texts, texts.c.digest == readings.c.text)
            .where(pages.c.url.in_(some))
            .order_by(readings.c.read_at, readings.c.version, pages.c.fetched_at, pages.c.id)
        )
        found |= {url: whole(record, text) for url, record, text in connection.execute(query)}
    return found


def _page_row(page: Page) -> Row:
    return {"id": page.id, "url": storable(page.url), "fetched_at": micros(page.fetched_at), "record": pack(page)}
