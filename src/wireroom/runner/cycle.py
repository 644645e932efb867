"""What is one whole cycle? Intake to the end of what is pending, then one edition."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain

from msgspec import Struct

from wireroom.edition.lineup import grants, make
from wireroom.edition.private import sealed
from wireroom.edition.render import render
from wireroom.edition.render.marks import whole_of
from wireroom.edition.shelf import shelved
from wireroom.edition.takedown import cleared
from wireroom.intake.lineup import LINEUP
from wireroom.ports.outlets import Outlet
from wireroom.records.editions import Delivery, Edition, Snapshot, SourceLine
from wireroom.records.sources import FeedStatus
from wireroom.runner import gathering, judging, picturing, polling
from wireroom.runner.announcing import announce
from wireroom.runner.room import Room

STEPS: dict[str, Callable[[Room], int]] = {
    "poll": polling.poll,
    "fetch": gathering.fetch,
    "extract": gathering.read,
    "illustrate": gathering.illustrate,
    "dedupe": judging.dedupe,
    "classify": judging.classify,
    "appraise": judging.appraise,
    "link": judging.link,
}


class Intake(Struct, frozen=True, kw_only=True):
    """How many items each stage took in this run, in the order of the line."""

    done: tuple[tuple[str, int], ...]


class Published(Struct, frozen=True, kw_only=True):
    """An edition and what delivering it changed."""

    edition: Edition
    deliveries: tuple[Delivery, ...]
    troubles: tuple[str, ...] = ()
    """What went wrong after the edition stood."""


def take_in(room: Room) -> Intake:
    """Run the intake line until nothing is pending."""
    room.archive.sync_feeds(room.policy.beat, room.feeds, room.clock.now())
    done = []
    for stage in LINEUP:
        room.report.begin(stage.name, stage.doing)
        count = STEPS[stage.name](room)
        room.report.end(stage.name, count)
        done.append((stage.name, count))
    return Intake(done=tuple(done))


def illustrate(room: Room) -> int:
    """Keep copies of the pictures that an edition made now would lead with; return how many are new."""
    if not room.copies_pictures:
        return 0
    edition, _ = _made(room)
    return picturing.keep_copies(room, edition)


def publish(room: Room, outlets: tuple[Outlet, ...], *, dry_run: bool = False) -> Published:
    """Make one edition from one snapshot and hand it to every outlet, a file at a time.

    Paths are granted before anything is written: a post's path is for life, so it must be known first.
    """
    beat, now = room.policy.beat, room.clock.now()
    room.report.begin("edition", "making the edition")
    edition, snapshot = _made(room)
    if not dry_run:
        room.archive.record_paths(grants(edition, snapshot))
    del snapshot
    if room.spool:
        edition = shelved(edition, room.spool())
    deliveries = _delivered(room, edition, outlets, dry_run=dry_run)
    if not dry_run:
        shown = [post.article.id for post in edition.posts if post.published]
        room.archive.record_edition(beat, now, edition.id, shown)
    room.report.end("edition", max((one.unchanged + len(one.written) for one in deliveries), default=0))
    troubles = () if dry_run else announce(room, deliveries)
    return Published(edition=edition, deliveries=deliveries, troubles=troubles)


def _delivered(room: Room, edition: Edition, outlets: tuple[Outlet, ...], *, dry_run: bool) -> tuple[Delivery, ...]:
    whole = whole_of(edition)
    with _resting_collector():
        return tuple(
            outlet.deliver(chain(render(edition), picturing.files(room, edition)), whole=whole, dry_run=dry_run)
            for outlet in outlets
        )


def _made(room: Room) -> tuple[Edition, Snapshot]:
    now = room.clock.now()
    with _resting_collector():
        snapshot = room.archive.snapshot(room.policy.beat, now)
        edition = make(snapshot, room.policy, room.masthead, sources(room), now)
        return sealed(cleared(edition, snapshot), snapshot, room.ring), snapshot


@contextmanager
def _resting_collector() -> Iterator[None]:
    """Collect no garbage: records hold no cycles, and looking for them took half the time of making 10,000 posts.

    An edition outlives its delivery, too: collections would walk it again and again, a third of the time of planning.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def sources(room: Room) -> tuple[SourceLine, ...]:
    """Say of every feed how it does, for the about page."""
    return tuple(
        SourceLine(
            title=health.feed.title or health.feed.url,
            url=health.feed.url,
            site_url=health.feed.site_url,
            state=_state(health.state.status if health.state else FeedStatus.ACTIVE, paused=health.feed.paused),
            note=(health.state.last_error if health.state else None) or health.feed.note,
        )
        for health in room.archive.health(room.policy.beat)
    )


def _state(status: FeedStatus, *, paused: bool) -> str:
    return FeedStatus.PAUSED if paused else status
