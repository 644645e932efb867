"""How does an edition come about and reach its outlets? Nothing of the intake line is loaded, for it takes memory."""

from collections.abc import Iterator

from msgspec import Struct

from wireroom.edition.lineup import Frame, grants
from wireroom.edition.render import plans
from wireroom.edition.render.marks import whole_of
from wireroom.errors import DeliveryError
from wireroom.ports.outlets import Outlet
from wireroom.records.drafts import Planned, Rest
from wireroom.records.editions import Delivery, Edition, SourceLine
from wireroom.records.sources import FeedStatus
from wireroom.runner import picturing
from wireroom.runner.announcing import announce
from wireroom.runner.making import Made, final, resting_collector
from wireroom.runner.room import Room

MANY = 20_000
"""Posts above which planning is worth a rest: up to here, what is held twice is less than 50 MB."""


class Published(Struct, frozen=True, kw_only=True):
    """An edition and what delivering it changed."""

    edition: Edition
    deliveries: tuple[Delivery, ...]
    troubles: tuple[str, ...] = ()
    """What went wrong after the edition stood."""


def illustrate(room: Room) -> int:
    """Keep copies of the pictures that an edition made now would lead with; return how many are new."""
    if not room.copies_pictures:
        return 0
    return picturing.keep_copies(room, _made(room).edition)


def publish(room: Room, outlets: tuple[Outlet, ...], *, dry_run: bool = False) -> Published:
    """Make one edition and hand it to every outlet, a file at a time.

    Paths are granted before anything is written: a post's path is for life, so it must be known first. An outlet that
    fails keeps no other from having the edition; when all had their turn, its DeliveryError is raised.
    """
    room.report.begin("edition", "making the edition")
    edition = _granted(room, dry_run=dry_run)
    deliveries, failures = _delivered(room, edition, outlets, dry_run=dry_run)
    if failures and not deliveries:
        raise failures[0]
    if not dry_run:
        shown = [post.article.id for post in edition.posts if post.published]
        room.archive.record_edition(room.policy.beat, edition.made_at, edition.id, shown)
    room.report.end("edition", max((one.unchanged + len(one.written) for one in deliveries), default=0))
    troubles = () if dry_run else announce(room, deliveries)
    if failures:
        raise DeliveryError("; ".join(map(str, failures)) + "; every other outlet has its edition")
    return Published(edition=edition, deliveries=deliveries, troubles=troubles)


def _granted(room: Room, *, dry_run: bool) -> Edition:
    """Make the edition, and grant the paths of its new posts."""
    made = _made(room)
    if not dry_run:
        room.archive.record_paths(tuple(grants(made.edition, made.granted)))
    return made.edition


def _delivered(
    room: Room, edition: Edition, outlets: tuple[Outlet, ...], *, dry_run: bool
) -> tuple[tuple[Delivery, ...], tuple[DeliveryError, ...]]:
    """Bring the edition to every outlet; one that fails does not keep it from the others."""
    done: list[Delivery] = []
    failed: list[DeliveryError] = []
    whole = whole_of(edition)
    with resting_collector():
        for outlet in outlets:
            try:
                done.append(outlet.deliver(_planned(room, edition), whole=whole, dry_run=dry_run))
            except DeliveryError as error:
                failed.append(error)
    return tuple(done), tuple(failed)


def _planned(room: Room, edition: Edition) -> Iterator[Planned]:
    """Yield the files of an edition."""
    for plan in (*plans(edition), picturing.files(room, edition)):
        if len(edition.posts) > MANY:
            yield Rest()
        yield from plan


def _made(room: Room) -> Made:
    frame = Frame(policy=room.policy, masthead=room.masthead, sources=sources(room), now=room.clock.now())
    with resting_collector():
        return final(room.archive, frame, room.ring, room.spool)


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
