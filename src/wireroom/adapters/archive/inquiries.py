"""What can an editor ask of one article or of the whole beat? Reads only."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, Table, distinct, exists, func, select, union

from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import storable, unpack, whole
from wireroom.adapters.archive.schema import (
    addresses,
    article_addresses,
    articles,
    beat_articles,
    copies,
    entries,
    feed_states,
    feeds,
    items,
    kept_files,
    links,
    pages,
    paths,
    published,
    qualities,
    readings,
    rulings,
    sightings,
    texts,
    topics,
    versions,
    visits,
)
from wireroom.adapters.archive.words import matching, phrases
from wireroom.ports.archive import Dossier, FeedHealth, Totals
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.editions import PathGrant
from wireroom.records.entries import Entry
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.pages import Page
from wireroom.records.quality import QualityJudgement
from wireroom.records.rulings import Ruling
from wireroom.records.sources import Feed, FeedState
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicJudgement
from wireroom.records.versions import Version

R = TypeVar("R", bound=Struct)


class Inquiries(Store):
    """The part of the archive that answers questions."""

    def find_article(self, beat: BeatId, url_or_path: str) -> ArticleId | None:
        """Find an article by canonical, original or AMP address, by post path, or by its id."""
        asked = storable(url_or_path)
        with self.reading() as connection:
            for query in _ways(beat, asked):
                found = connection.execute(query.limit(1)).scalar()
                if found is not None:
                    return ArticleId(found)
        return None

    def dossier(self, beat: BeatId, article: ArticleId) -> Dossier:
        """Return everything that happened to an article."""
        with self.reading() as connection:
            grants = _parts(connection, paths, PathGrant, beat, article)
            return Dossier(
                readings=_readings(connection, article),
                entries=_entries(connection, beat, article),
                pages=_pages(connection, article),
                versions=_versions(connection, article),
                copies=_parts(connection, copies, CopyJudgement, beat, article),
                topics=_parts(connection, topics, TopicJudgement, beat, article),
                qualities=_parts(connection, qualities, QualityJudgement, beat, article),
                links=_parts(connection, links, StoryLink, beat, article),
                rulings=_parts(connection, rulings, Ruling, beat, article),
                path=grants[0] if grants else None,
            )

    def search(self, beat: BeatId, query: str, limit: int) -> tuple[Article, ...]:
        """Return latest readings that match plain words and "quoted phrases", newest first."""
        wanted = phrases(storable(query))
        if not wanted:
            return ()
        with self.reading() as connection:
            found, parameters = matching(connection, wanted)
            numbers = found.columns(articles.c.number).subquery()
            chosen = (
                select(articles.c.record, texts.c.text)
                .join_from(numbers, articles, articles.c.number == numbers.c.number)
                .join(beat_articles, beat_articles.c.article == articles.c.id)
                .join(texts, texts.c.digest == articles.c.text)
                .where(beat_articles.c.beat == beat)
                .order_by(beat_articles.c.at.desc(), articles.c.id)
                .limit(limit)
            )
            return tuple(whole(record, text) for record, text in connection.execute(chosen, parameters))

    def health(self, beat: BeatId) -> tuple[FeedHealth, ...]:
        """Return every feed of the beat with its counts, by title, then address."""
        with self.reading() as connection:
            discovered = _counts(connection, _discovered(beat))
            stored = _counts(connection, _stored(beat))
            shown = _counts(connection, _stored(beat).where(_published(beat)))
            query = select(feeds.c.record, feed_states.c.record).outerjoin_from(feeds, feed_states)
            rows = connection.execute(query.where(feeds.c.beat == beat)).all()
        lines = [
            FeedHealth(
                feed=(feed := unpack(Feed, record)),
                state=unpack(FeedState, state) if state else None,
                discovered=discovered.get(feed.id, 0),
                stored=stored.get(feed.id, 0),
                published=shown.get(feed.id, 0),
            )
            for record, state in rows
        ]
        return tuple(sorted(lines, key=lambda line: (line.feed.title, line.feed.url)))

    def totals(self, beat: BeatId) -> Totals:
        """Count what the archive holds for a beat."""
        of_beat = select(feeds.c.id).where(feeds.c.beat == beat)
        linked = select(items.c.link).where(items.c.beat == beat)
        with self.reading() as connection:

            def count(query: Select[int]) -> int:
                return connection.execute(query).scalar_one()

            return Totals(
                feeds=count(select(func.count()).where(feeds.c.beat == beat, feeds.c.listed)),
                visits=count(select(func.count()).where(visits.c.feed.in_(of_beat))),
                entries=count(select(func.count()).where(items.c.beat == beat)),
                pages=count(select(func.count()).where(addresses.c.url.in_(linked), addresses.c.page.is_not(None))),
                articles=count(select(func.count()).where(beat_articles.c.beat == beat)),
                stories=_stories(connection, beat),
            )

    def beats(self) -> tuple[BeatId, ...]:
        """Return the beats that have records here."""
        with self.reading() as connection:
            known = union(select(feeds.c.beat), select(kept_files.c.beat)).order_by("beat")
            return tuple(BeatId(beat) for beat in connection.execute(known).scalars())


def _ways(beat: BeatId, asked: str) -> Iterator[Select[str]]:
    """Yield the ways to find an article, the surest first."""
    of_beat = select(beat_articles.c.article).where(beat_articles.c.beat == beat)
    yield of_beat.where(beat_articles.c.article == asked)
    yield select(paths.c.article).where(paths.c.beat == beat, paths.c.path == asked.lstrip("/"))
    named = select(article_addresses.c.article).where(article_addresses.c.url == asked)
    yield of_beat.where(beat_articles.c.article.in_(named)).order_by(beat_articles.c.article)
    linked = select(sightings.c.article).join_from(items, sightings).where(items.c.link == asked)
    yield of_beat.where(beat_articles.c.article.in_(linked)).order_by(beat_articles.c.article)


# ---- parts of a dossier ---------------------------------------------------------------------------------------------


def _parts(connection: Connection, table: Table, kind: type[R], beat: BeatId, article: ArticleId) -> tuple[R, ...]:
    order = [table.c[name] for name in ("at", "judged_at", "number") if name in table.c]
    query = select(table.c.record).where(table.c.beat == beat, table.c.article == article).order_by(*order)
    return tuple(unpack(kind, record) for record in connection.execute(query).scalars())


def _readings(connection: Connection, article: ArticleId) -> tuple[Article, ...]:
    query = (
        select(readings.c.record, texts.c.text)
        .join_from(readings, texts)
        .where(readings.c.article == article)
        .order_by(readings.c.read_at, readings.c.version, readings.c.page, readings.c.extractor)
    )
    return tuple(whole(record, text) for record, text in connection.execute(query))


def _entries(connection: Connection, beat: BeatId, article: ArticleId) -> tuple[tuple[Feed, Entry], ...]:
    query = (
        select(feeds.c.record, entries.c.record)
        .join_from(sightings, items)
        .join(feeds)
        .join(entries, entries.c.id == items.c.id)
        .where(sightings.c.article == article, feeds.c.beat == beat)
        .order_by(entries.c.seen_at, entries.c.id, entries.c.content_hash)
    )
    return tuple((unpack(Feed, feed), unpack(Entry, entry)) for feed, entry in connection.execute(query))


def _pages(connection: Connection, article: ArticleId) -> tuple[Page, ...]:
    urls = (
        select(pages.c.url)
        .join_from(readings, pages, pages.c.id == readings.c.page)
        .where(readings.c.article == article)
    )
    query = select(pages.c.record).where(pages.c.url.in_(urls)).order_by(pages.c.fetched_at, pages.c.id)
    return tuple(unpack(Page, record) for record in connection.execute(query).scalars())


def _versions(connection: Connection, article: ArticleId) -> tuple[Version, ...]:
    query = select(versions.c.record).where(versions.c.article == article).order_by(versions.c.number)
    return tuple(unpack(Version, record) for record in connection.execute(query).scalars())


# ---- counts ---------------------------------------------------------------------------------------------------------


def _discovered(beat: BeatId) -> Select[str, int]:
    return select(items.c.feed, func.count()).where(items.c.beat == beat).group_by(items.c.feed)


def _stored(beat: BeatId) -> Select[str, int]:
    return (
        select(items.c.feed, func.count(distinct(sightings.c.article)))
        .join_from(items, sightings)
        .where(items.c.beat == beat)
        .group_by(items.c.feed)
    )


def _published(beat: BeatId) -> ColumnElement[bool]:
    # Asked of each sighting: in a join, SQLite held every item against every published article.
    return exists().where(published.c.beat == beat, published.c.article == sightings.c.article)


def _counts(connection: Connection, query: Select[str, int]) -> dict[str, int]:
    return dict(connection.execute(query).all())


def _stories(connection: Connection, beat: BeatId) -> int:
    """Count the stories that newest links name."""
    newest = (
        select(
            links.c.record,
            func.row_number().over(partition_by=links.c.article, order_by=links.c.judged_at.desc()).label("place"),
        )
        .where(links.c.beat == beat)
        .subquery()
    )
    rows = connection.execute(select(newest.c.record).where(newest.c.place == 1)).scalars()
    return len({unpack(StoryLink, record).story for record in rows})
