"""How do documents come in? The steps that touch the web: fetch, extract, illustrate; polling has a module of its own.

Each takes what is pending in batches and commits a batch at a time, so a crash loses at most the batch in flight.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from wireroom.intake.extract import EXTRACTOR
from wireroom.intake.fetch import absorb as absorb_page
from wireroom.intake.fetch import policy as fetch_policy
from wireroom.intake.illustrate import absorb as absorb_picture
from wireroom.intake.illustrate import plan as plan_picture
from wireroom.records.articles import Picture, Unread
from wireroom.records.outcomes import Fetched, Outcome
from wireroom.records.pages import Page, Target
from wireroom.runner.reading import Job, PageReaders, prepare
from wireroom.runner.room import Room
from wireroom.text.terms import reservation

PAGES_AT_ONCE = 200
READ_AT_ONCE = 50
COMMIT_EVERY = 25
"""Answers per transaction. SQLite commits in about 0.4 ms, so the loss after a crash is small and so is the cost."""

T = TypeVar("T")


def fetch(room: Room) -> int:
    """Fetch the pages that entries link to; return how many were asked for."""
    asked: set[str] = set()
    while targets := _untried(room, asked):
        by_request = {fetch_policy.plan(target): target for target in targets}
        asked.update(target.url for target in targets)
        prepare()  # the pages that come are read next
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
    with PageReaders() as readers:
        while unread := room.archive.unread(room.policy.beat, EXTRACTOR, READ_AT_ONCE):
            jobs = [_job(room, item) for item in unread]
            answers = readers.read(jobs)
            readings = [reading for reading, _ in answers]
            room.archive.record_readings(readings, [version for _, version in answers if version])
            count += len(readings)
            room.report.advance(count)
    return count


def _job(room: Room, item: Unread) -> Job:
    body = (room.blobs.get(item.page.body) if item.page.body else None) or b""
    reserved = reservation(item.page.robots_tag, body)
    return Job(unread=item, body=body, providers=room.policy.providers, now=room.clock.now(), reserved=reserved)


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
