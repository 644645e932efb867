"""How are due feeds asked, and what they said stored? A batch of visits is one commit; a crash loses the last ones."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TypeVar

import msgspec

from wireroom.intake.poll import schedule
from wireroom.records.outcomes import Fetched, Outcome, Request
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import VisitFacts
from wireroom.runner.readers import Answered, Readers
from wireroom.runner.room import Room

FEEDS_AT_ONCE = 2_000
"""Feeds planned together: enough to keep every host busy, few enough to keep memory flat."""
READ_AT = 200
STORE_AT = 1_000
"""Answers are read in lots and stored in batches, each full at its weight; a document weighs 16 times an answer that
brings none. Most answers bring none, and then the fixed cost of a transaction is most of theirs: each writes the pages
of the indexes again, so that batches of 250 are stored at two thirds of the speed of 1,000. Documents are held in
memory until they are stored."""
WEIGHT = 16

T = TypeVar("T")
Visited = tuple[Feed, FeedState, Outcome]


def poll(room: Room) -> int:
    """Ask every feed that is due; return how many were asked."""
    asked = 0
    with Readers(room.helpers) as readers:
        while due := room.archive.due_feeds(room.policy.beat, room.clock.now(), FEEDS_AT_ONCE):
            for facts in _batches(_visits(room, due, readers), STORE_AT, _has_document):
                room.archive.record_visits(facts)
                asked += len(facts)
                room.report.advance(asked)
    return asked


def _visits(room: Room, due: Iterable[tuple[Feed, FeedState]], readers: Readers) -> Iterator[VisitFacts]:
    """Yield what came of asking these feeds, as it is read."""
    by_request = {schedule.plan(feed, state): (feed, state) for feed, state in due}
    for answers in _batches(room.web.fetch_all(by_request), READ_AT, _is_document):
        lot = _answered(room, [(*by_request[request], outcome) for request, outcome in answers])
        yield from chain.from_iterable(readers.absorb(lot))
    yield from chain.from_iterable(readers.rest())


def _is_document(answer: tuple[Request, Outcome]) -> bool:
    return isinstance(answer[1], Fetched)


def _has_document(facts: VisitFacts) -> bool:
    return bool(facts.entries)


def _batches(source: Iterable[T], full: int, is_document: Callable[[T], bool]) -> Iterator[list[T]]:
    batch: list[T] = []
    weight = 0
    for one in source:
        batch.append(one)
        weight += WEIGHT if is_document(one) else 1
        if weight >= full:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _answered(room: Room, visited: list[Visited]) -> list[Answered]:
    """Put to each answer what was known before: asked for once, only where a document came that is not the first."""
    wanted = [feed.id for feed, state, outcome in visited if isinstance(outcome, Fetched) and state.last_ok_at]
    known = room.archive.known_entries(wanted) if wanted else {}
    now = room.clock.now()
    return [
        Answered(
            feed=feed, state=state, outcome=_whole(room, feed, state, outcome), known=known.get(feed.id, {}), now=now
        )
        for feed, state, outcome in visited
    ]


def _whole(room: Room, feed: Feed, state: FeedState, outcome: Outcome) -> Outcome:
    """Follow an index of sitemaps to those that are worth reading."""
    if not isinstance(outcome, Fetched):
        return outcome
    from wireroom.intake.poll.documents import parts_wanted  # noqa: PLC0415 - most polls bring no document

    wanted = parts_wanted(feed, outcome, state.last_ok_at)
    if not wanted:
        return outcome
    parts = [part for _, part in room.web.fetch_all(map(schedule.plan_part, wanted))]
    return msgspec.structs.replace(outcome, parts=tuple(sorted(parts, key=lambda part: part.url)))
