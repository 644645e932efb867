"""How do documents come in? The steps that touch the web: poll, fetch, extract, illustrate.

Each takes what is pending in batches and commits a batch at a time, so a crash loses at most the batch in flight.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from wireroom.intake.extract import EXTRACTOR, extract
from wireroom.intake.fetch import absorb as absorb_page
from wireroom.intake.fetch import policy as fetch_policy
from wireroom.intake.illustrate import absorb as absorb_picture
from wireroom.intake.illustrate import plan as plan_picture
from wireroom.intake.poll import absorb as absorb_visit
from wireroom.intake.poll import schedule
from wireroom.intake.poll.documents import parts_wanted
from wireroom.records.articles import Picture, Reading
from wireroom.records.outcomes import Fetched, Outcome
from wireroom.records.pages import Page, Target
from wireroom.records.sources import Feed, FeedState
from wireroom.records.versions import Version
from wireroom.records.visits import VisitFacts
from wireroom.runner.room import Room
from wireroom.text.terms import reservation

FEEDS_AT_ONCE = 500
"""Feeds planned together: enough to keep every host busy, few enough to keep memory flat."""
PAGES_AT_ONCE = 200
READ_AT_ONCE = 50
VISITS_EVERY = 50
"""Visits per transaction; most bring nothing, so that the fixed cost of a transaction is most of theirs."""
COMMIT_EVERY = 25
"""Answers per transaction. SQLite commits in about 0.4 ms, so the loss after a crash is small and so is the cost."""

T = TypeVar("T")


def poll(room: Room) -> int:
    """Ask every feed that is due; return how many were asked."""
    beat, asked = room.policy.beat, 0
    while due := room.archive.due_feeds(beat, room.clock.now(), FEEDS_AT_ONCE):
        by_request = {schedule.plan(feed, state): (feed, state) for feed, state in due}
        for answers in batches(room.web.fetch_all(by_request), VISITS_EVERY):
            visited = [(*by_request[request], outcome) for request, outcome in answers]
            room.archive.record_visits(_visits(room, [_whole(room, *one) for one in visited]))
            asked += len(answers)
            room.report.advance(asked)
    return asked


def _whole(room: Room, feed: Feed, state: FeedState, outcome: Outcome) -> tuple[Feed, FeedState, Outcome]:
    """Follow an index of sitemaps to those that are worth reading."""
    wanted = parts_wanted(feed, outcome, state.last_ok_at)
    if not wanted or not isinstance(outcome, Fetched):
        return feed, state, outcome
    parts = tuple(part for _, part in room.web.fetch_all(map(schedule.plan_part, wanted)))
    return feed, state, msgspec.structs.replace(outcome, parts=tuple(sorted(parts, key=lambda one: one.url)))


def _visits(room: Room, answers: Sequence[tuple[Feed, FeedState, Outcome]]) -> list[VisitFacts]:
    """Absorb answers; what was known before is asked for all of them at once, and only where a document came."""
    known = room.archive.known_entries([feed.id for feed, _, outcome in answers if isinstance(outcome, Fetched)])
    return [
        absorb_visit.absorb(feed, state, outcome, known.get(feed.id, {}), room.clock.now())
        for feed, state, outcome in answers
    ]


def fetch(room: Room) -> int:
    """Fetch the pages that entries link to; return how many were asked for."""
    asked: set[str] = set()
    while targets := _untried(room, asked):
        by_request = {fetch_policy.plan(target): target for target in targets}
        asked.update(target.url for target in targets)
        answers = room.web.fetch_all(by_request)
        pages = (_page(room, by_request[request], outcome) for request, outcome in answers)
        _record(pages, room.archive.record_pages, room)
    return len(asked)


def _untried(room: Room, asked: set[str]) -> tuple[Target, ...]:
    """Return pending targets that this run has not asked for: one run asks for a page once."""
    targets = room.archive.targets(room.policy.beat, room.clock.now(), PAGES_AT_ONCE + len(asked))
    return tuple(target for target in targets if target.url not in asked)[:PAGES_AT_ONCE]


def _page(room: Room, target: Target, outcome: Outcome) -> Page:
    body = room.blobs.put(outcome.body) if isinstance(outcome, Fetched) else None
    return absorb_page.absorb(target, outcome, body, room.clock.now())


def read(room: Room) -> int:
    """Read every fetched page that the current extractor has not read; return how many."""
    count = 0
    while unread := room.archive.unread(room.policy.beat, EXTRACTOR, READ_AT_ONCE):
        readings: list[Reading] = []
        versions: list[Version] = []
        for item in unread:
            body = room.blobs.get(item.page.body) if item.page.body else None
            reading, version = extract(item, body or b"", room.policy.providers, room.clock.now())
            readings.append(_as_allowed(reading, item.page, body or b""))
            versions.extend([version] if version else [])
        room.archive.record_readings(readings, versions)
        count += len(readings)
        room.report.advance(count)
    return count


def _as_allowed(reading: Reading, page: Page, body: bytes) -> Reading:
    """Leave the text out where the publisher reserves its analysis: title, date and link stay."""
    why = reservation(page.robots_tag, body)
    if why is None or reading.article is None:
        return reading
    return msgspec.structs.replace(reading, article=reading.article.without_text(why))


def illustrate(room: Room) -> int:
    """Measure every image that was never measured; return how many."""
    count = 0
    while urls := room.archive.unmeasured(room.policy.beat, PAGES_AT_ONCE):
        by_request = {plan_picture(url): url for url in urls}
        answers = room.web.fetch_all(by_request)
        pictures: Iterable[Picture] = (
            absorb_picture(by_request[request], outcome, room.clock.now()) for request, outcome in answers
        )
        count += _record(pictures, room.archive.record_pictures, room)
    return count


def _record(items: Iterable[T], record: Callable[[list[T]], None], room: Room) -> int:
    done = 0
    for batch in batches(items, COMMIT_EVERY):
        record(batch)
        done += len(batch)
        room.report.advance(done)
    return done


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield lists of at most `size` items; what was taken is handed on even when the source ends early."""
    source = iter(items)
    while batch := list(islice(source, size)):
        yield batch
