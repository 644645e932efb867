"""Which feeds are due, and what became of the visits to them? All that a poll asks which brings nothing new.

Most polls bring nothing, and loading SQLAlchemy takes longer than such a poll: these statements are plain SQL as both
databases read it, with `?` where a value stands. Whoever talks to the database passes them on.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from wireroom.adapters.archive.rows import chunks, micros, pack, unpack
from wireroom.errors import ArchiveError
from wireroom.records.ids import BeatId, FeedId
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import VisitFacts

Values = tuple[Any, ...]
Due = tuple[tuple[Feed, FeedState], ...]

_DUE = """SELECT feeds.record, feed_states.record FROM feed_states JOIN feeds ON feeds.id = feed_states.feed
          WHERE feed_states.beat = ? AND feed_states.status = ? AND feed_states.next_due_at <= ?
          ORDER BY feed_states.next_due_at, feed_states.feed LIMIT ?"""
_REPLACE_STATE = "UPDATE feed_states SET status = ?, next_due_at = ?, record = ? WHERE feed = ?"
_ADD_VISIT = "INSERT INTO visits (id, feed, at, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
_BEATS = "SELECT id, beat FROM feeds WHERE id IN ({})"


class Teller(Protocol):
    """Talks to the database within one transaction."""

    def ask(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        """Return the rows that a query finds."""
        ...

    def tell(self, statement: str, rows: Sequence[Values]) -> int:
        """Run a statement once for each row of values; return how many rows of the table it changed."""
        ...


def due_feeds(teller: Teller, beat: BeatId, now: datetime, limit: int) -> Due:
    """Return active feeds with next_due_at <= now, longest due first, then id."""
    rows = teller.ask(_DUE, (beat, FeedStatus.ACTIVE.value, micros(now), limit))
    return tuple((unpack(Feed, feed), unpack(FeedState, state)) for feed, state in rows)


def keep_visits(teller: Teller, facts: Sequence[VisitFacts]) -> dict[FeedId, BeatId]:
    """Append visits and replace the states of their feeds; return the beats of the feeds that brought entries.

    Raise ArchiveError when a feed was never synced.
    """
    states = sorted((_state_row(fact.state) for fact in facts), key=lambda row: str(row[-1]))
    replaced = teller.tell(_REPLACE_STATE, states)
    # Most visits bring nothing: beats are looked up only where something came, or a feed is not known.
    asked = [fact.visit.feed for fact in facts if fact.entries or replaced != len(states)]
    beats = dict(_beats(teller, asked))
    for feed in asked:
        if feed not in beats:
            raise ArchiveError(f"feed {feed} is not in the archive; sync the beat's feeds before recording visits")
    visits = (fact.visit for fact in facts)
    teller.tell(_ADD_VISIT, [(visit.id, visit.feed, micros(visit.at), pack(visit)) for visit in visits])
    return beats


def _state_row(state: FeedState) -> Values:
    return state.status.value, micros(state.next_due_at), pack(state), state.feed


def _beats(teller: Teller, wanted: Sequence[FeedId]) -> Iterator[tuple[FeedId, BeatId]]:
    for some in chunks(wanted):
        for feed, beat in teller.ask(_BEATS.format(", ".join("?" * len(some))), tuple(some)):
            yield FeedId(feed), BeatId(beat)
