"""Which feeds does a beat read, when is each due, and what did its visits bring?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import attrgetter

import msgspec
from sqlalchemy import Connection, Executable, func, select, update

from wireroom.adapters.archive.addresses import ask_again, ask_for
from wireroom.adapters.archive.engine import Spoken, Store
from wireroom.adapters.archive.rows import chunks, micros, pack, storable, unpack
from wireroom.adapters.archive.schema import entries, feed_states, feeds, items, visits
from wireroom.adapters.archive.sightings import sight
from wireroom.adapters.archive.statements import Row, add, insert, put
from wireroom.adapters.archive.sweeping import WORTH_SWEEPING
from wireroom.adapters.archive.visiting import Due, due_feeds, keep_visits
from wireroom.records.entries import Entry
from wireroom.records.ids import BeatId, FeedId
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import Visit, VisitFacts


class Feeds(Store):
    """The part of the archive that polling reads and appends."""

    def sync_feeds(self, beat: BeatId, feeds: Sequence[Feed], now: datetime) -> None:
        """Make the beat's feeds these: new ones are due at once, missing ones are retired, their facts stay."""
        with self.writing() as connection:
            held = _held(connection, beat)
            put(connection, _upsert_feed(connection), [_feed_row(feed) for feed in feeds])
            states = [new for feed in feeds if (new := _state_on_list(feed, held.get(feed.id), now))]
            put(connection, _upsert_state(connection), [{"beat": beat, **_state_row(state)} for state in states])
            kept = {feed.id for feed in feeds}
            gone = [state for feed, (listed, state) in held.items() if listed and feed not in kept]
            _retire(connection, beat, gone)

    def due_feeds(self, beat: BeatId, now: datetime, limit: int) -> Due:
        """Return active feeds with next_due_at <= now, longest due first, then id."""
        with self.reading() as connection:
            return due_feeds(Spoken(connection), beat, now, limit)

    def known_entries(self, feeds: Sequence[FeedId]) -> dict[FeedId, dict[str, str]]:
        """Return for each of these feeds item key → content hash of the newest entry, for every entry of it."""
        known: dict[FeedId, dict[str, str]] = {feed: {} for feed in feeds}
        query = select(items.c.feed, items.c.key, items.c.content_hash)
        with self.reading() as connection:
            for some in chunks(feeds):
                for feed, key, content_hash in connection.execute(query.where(items.c.feed.in_(some))):
                    known[feed][key] = content_hash
        return known

    def record_visits(self, facts: Sequence[VisitFacts]) -> int:
        """Append visits with their entries and replace the states; return the number of new entries."""
        with self.writing() as connection:
            beats = keep_visits(Spoken(connection), facts)
            new = _add_entries(connection, [entry for fact in facts for entry in fact.entries], beats)
        if new >= WORTH_SWEEPING:
            self.sweeper.sweep()
        return new

    def visits(self, feed: FeedId, limit: int) -> Iterator[Visit]:
        """Yield the newest visits of a feed."""
        query = (
            select(visits.c.record).where(visits.c.feed == feed).order_by(visits.c.at.desc(), visits.c.id).limit(limit)
        )
        with self.reading() as connection:
            rows = connection.execute(query).scalars().all()
        return (unpack(Visit, row) for row in rows)


# ---- the list of feeds ----------------------------------------------------------------------------------------------


def _held(connection: Connection, beat: BeatId) -> dict[FeedId, tuple[bool, FeedState]]:
    query = select(feeds.c.id, feeds.c.listed, feed_states.c.record).join_from(feeds, feed_states)
    rows = connection.execute(query.where(feeds.c.beat == beat))
    return {FeedId(feed): (listed, unpack(FeedState, record)) for feed, listed, record in rows}


def _state_on_list(feed: Feed, held: tuple[bool, FeedState] | None, now: datetime) -> FeedState | None:
    """Return the state of a feed that stands on the list, or None when it keeps the one it has."""
    status = FeedStatus.PAUSED if feed.paused else FeedStatus.ACTIVE
    if held is None:
        return FeedState(feed=feed.id, status=status, next_due_at=now)
    listed, state = held
    if feed.paused:
        return None if state.status == FeedStatus.PAUSED else _become(state, FeedStatus.PAUSED, "paused by the desk")
    if state.status == FeedStatus.PAUSED or not listed:
        woken = _become(state, FeedStatus.ACTIVE, "back on the list")
        return msgspec.structs.replace(woken, next_due_at=now)
    return None


def _become(state: FeedState, status: FeedStatus, why: str) -> FeedState:
    return msgspec.structs.replace(state, status=status, why_next=why)


def _retire(connection: Connection, beat: BeatId, states: Sequence[FeedState]) -> None:
    rows = [_state_row(_become(state, FeedStatus.RETIRED, "no longer on the beat's list")) for state in states]
    put(connection, _upsert_state(connection), [{"beat": beat, **row} for row in rows])
    for some in chunks(state.feed for state in states):
        connection.execute(update(feeds).where(feeds.c.id.in_(some)).values(listed=False))


def _feed_row(feed: Feed) -> Row:
    return {
        "id": feed.id,
        "beat": feed.beat,
        "url": storable(feed.url),
        "listed": True,
        "dedicated": feed.dedicated,
        "record": pack(feed),
    }


def _upsert_feed(connection: Connection) -> Executable:
    statement = insert(connection, feeds)
    new = statement.excluded
    changes = {"listed": new.listed, "dedicated": new.dedicated, "record": new.record}
    return statement.on_conflict_do_update(index_elements=["id"], set_=changes)


# ---- states ---------------------------------------------------------------------------------------------------------


def _state_row(state: FeedState) -> Row:
    return {
        "feed": state.feed,
        "status": state.status.value,
        "next_due_at": micros(state.next_due_at),
        "record": pack(state),
    }


def _upsert_state(connection: Connection) -> Executable:
    statement = insert(connection, feed_states)
    new = statement.excluded
    changes = {"status": new.status, "next_due_at": new.next_due_at, "record": new.record}
    return statement.on_conflict_do_update(index_elements=["feed"], set_=changes)


# ---- entries --------------------------------------------------------------------------------------------------------


def _add_entries(connection: Connection, found: Sequence[Entry], beats: dict[FeedId, BeatId]) -> int:
    if not found:
        return 0
    found = sorted(sorted(found, key=attrgetter("id")), key=attrgetter("seen_at"))
    seen = [(entry, micros(entry.seen_at)) for entry in found]
    new = add(connection, entries, [_entry_row(entry, at) for entry, at in seen])
    put(connection, _upsert_item(connection), [_item_row(entry, beats[entry.feed], at) for entry, at in seen])
    linked = [entry for entry in found if entry.item.link]
    links = [(storable(entry.item.link), at) for entry, at in seen if entry.item.link]
    if ask_for(connection, links) == len({link for link, _ in links}):
        return new  # nobody has heard of any of these addresses: there is no fetch or reading that they could change
    for some in chunks(entry.id for entry in linked):
        ask_again(connection, items.c.id.in_(some))
        sight(connection, items.c.id.in_(some))
    return new


def _entry_row(entry: Entry, seen_at: int) -> Row:
    return {
        "id": entry.id,
        "content_hash": entry.content_hash,
        "seen_at": seen_at,
        "record": pack(entry),
    }


def _item_row(entry: Entry, beat: BeatId, seen_at: int) -> Row:
    return {
        "id": entry.id,
        "beat": beat,
        "feed": entry.feed,
        "key": storable(entry.item.key),
        "link": storable(entry.item.link) if entry.item.link else None,
        "content_hash": entry.content_hash,
        "first_seen_at": seen_at,
        "changed_at": seen_at,
    }


def _upsert_item(connection: Connection) -> Executable:
    """Remember the newest wording; a wording seen before (titles that flip to and fro) is no new change."""
    statement = insert(connection, items)
    new = statement.excluded
    changed_at = select(func.max(entries.c.seen_at)).where(entries.c.id == items.c.id).scalar_subquery()
    return statement.on_conflict_do_update(
        index_elements=["id"],
        set_={"content_hash": new.content_hash, "link": new.link, "changed_at": changed_at},
        where=(new.content_hash != items.c.content_hash) & (new.changed_at > items.c.changed_at),
    )
