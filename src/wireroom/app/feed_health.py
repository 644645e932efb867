"""How does each feed do? What is known of it in one line, and in words where somebody should look."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from wireroom.app.beat import Beat
from wireroom.app.build import clock, opened_archive
from wireroom.intake.poll.silence import silence
from wireroom.ports.archive import FeedHealth
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import Visit


class FeedLine(Struct, frozen=True, kw_only=True):
    """A feed as `feeds list` and `feeds health` show it; discovered, stored and published are different numbers."""

    url: str
    title: str
    kind: str
    state: str
    discovered: int
    stored: int
    published: int
    last_try: datetime | None
    last_success: datetime | None
    last_new: datetime | None
    next_visit: datetime | None
    why: str
    error: str | None
    alarm: str | None
    """The feed has been silent for longer than is usual for it."""
    reserved: str | None
    moved_to: str | None
    note: str | None

    @property
    def trouble(self) -> str | None:
        """Return why somebody should look, if so."""
        return self.error or self.alarm


def feed_lines(beat: Beat, now: datetime | None = None) -> tuple[FeedLine, ...]:
    """Return every feed of the beat with what it brought."""
    with opened_archive(beat) as archive:
        known = {health.feed.id: health for health in archive.health(beat.policy.beat)}
    at = clock(now).now()
    return tuple(_line(feed, known.get(feed.id), at) for feed in beat.feeds)


def newest_visits(beat: Beat, feed: Feed, limit: int) -> tuple[Visit, ...]:
    """Return the newest visits of a feed."""
    with opened_archive(beat) as archive:
        return tuple(archive.visits(feed.id, limit))


def _line(feed: Feed, health: FeedHealth | None, now: datetime) -> FeedLine:
    state = health.state if health else None
    status = FeedStatus.PAUSED if feed.paused else state.status if state else "new"
    waits = state is not None and status == FeedStatus.ACTIVE
    return FeedLine(
        url=feed.url,
        title=feed.title or feed.url,
        kind=feed.kind,
        state=str(status),
        discovered=health.discovered if health else 0,
        stored=health.stored if health else 0,
        published=health.published if health else 0,
        last_try=state.last_tried_at if state else None,
        last_success=state.last_ok_at if state else None,
        last_new=state.last_new_at if state else None,
        next_visit=state.next_due_at if state and waits else None,
        why=state.why_next if state else "never polled",
        error=state.last_error if state else None,
        alarm=silence(state, now) if state and waits else None,
        reserved=state.reserved if state else None,
        moved_to=state.moved_to if state else None,
        note=feed.note,
    )


def silent_feeds(health: tuple[FeedHealth, ...], now: datetime) -> Iterator[str]:
    """Name the feeds that answer as ever but have stopped bringing news."""
    for one in health:
        if _answers(one.state) and not one.feed.paused and one.state and (told := silence(one.state, now)):
            yield f"{one.feed.title or one.feed.url}: {told}"


def _answers(state: FeedState | None) -> bool:
    return state is not None and state.failures == 0 and state.status == FeedStatus.ACTIVE
