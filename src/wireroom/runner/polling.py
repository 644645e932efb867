"""How are due feeds asked, and what they said stored? A batch of visits is one commit; a crash loses the last ones."""

from collections.abc import Iterable, Iterator

import msgspec

from wireroom.intake.poll import schedule
from wireroom.intake.poll.documents import parts_wanted
from wireroom.records.outcomes import Fetched, Outcome, Request
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import VisitFacts
from wireroom.runner.readers import Answered, Readers
from wireroom.runner.room import Room

FEEDS_AT_ONCE = 500
"""Feeds planned together: enough to keep every host busy, few enough to keep memory flat."""
BATCH = 250
WEIGHT = 10
"""A batch is full at so much weight; a document weighs ten times an answer that brings none. Most answers bring none,
and the fixed cost of a transaction is most of theirs; documents are held in memory until their batch is stored."""

Visited = tuple[Feed, FeedState, Outcome]


def poll(room: Room) -> int:
    """Ask every feed that is due; return how many were asked."""
    asked = 0
    with Readers(room.helpers) as readers:
        while due := room.archive.due_feeds(room.policy.beat, room.clock.now(), FEEDS_AT_ONCE):
            for facts in _visits(room, due, readers):
                room.archive.record_visits(facts)
                asked += len(facts)
                room.report.advance(asked)
    return asked


def _visits(room: Room, due: Iterable[tuple[Feed, FeedState]], readers: Readers) -> Iterator[list[VisitFacts]]:
    """Yield what came of asking these feeds, in batches as they are read."""
    by_request = {schedule.plan(feed, state): (feed, state) for feed, state in due}
    for answers in _batches(room.web.fetch_all(by_request)):
        yield from readers.absorb(_answered(room, [(*by_request[request], outcome) for request, outcome in answers]))
    yield from readers.rest()


def _batches(answers: Iterable[tuple[Request, Outcome]]) -> Iterator[list[tuple[Request, Outcome]]]:
    batch: list[tuple[Request, Outcome]] = []
    weight = 0
    for answer in answers:
        batch.append(answer)
        weight += WEIGHT if isinstance(answer[1], Fetched) else 1
        if weight >= BATCH:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _answered(room: Room, visited: list[Visited]) -> list[Answered]:
    """Put to each answer what was known before: asked for once, and only where a document came."""
    known = room.archive.known_entries([feed.id for feed, _, outcome in visited if isinstance(outcome, Fetched)])
    now = room.clock.now()
    return [
        Answered(
            feed=feed, state=state, outcome=_whole(room, feed, state, outcome), known=known.get(feed.id, {}), now=now
        )
        for feed, state, outcome in visited
    ]


def _whole(room: Room, feed: Feed, state: FeedState, outcome: Outcome) -> Outcome:
    """Follow an index of sitemaps to those that are worth reading."""
    wanted = parts_wanted(feed, outcome, state.last_ok_at)
    if not wanted or not isinstance(outcome, Fetched):
        return outcome
    parts = [part for _, part in room.web.fetch_all(map(schedule.plan_part, wanted))]
    return msgspec.structs.replace(outcome, parts=tuple(sorted(parts, key=lambda part: part.url)))
