"""What does a user get when they say `run` or `edition`? Opens the room, runs the lines, sums up."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from wireroom.app.beat import Beat
from wireroom.app.build import opened_room, outlets
from wireroom.app.feed_health import silent_feeds
from wireroom.desk.stories import usual_size
from wireroom.records.editions import Delivery, Edition
from wireroom.records.sources import FeedState, FeedStatus
from wireroom.records.stories import Story
from wireroom.runner.publishing import Published, illustrate, publish
from wireroom.runner.room import Report, Room, Silent

TOP = 5
LISTED = 12
"""Troubled feeds that a summary names."""


class TopLine(Struct, frozen=True, kw_only=True):
    """A story as the summary names it."""

    title: str
    heat: int
    """Cooled: how much it matters now."""
    independent: int
    reports: int
    first_at: str


class Summary(Struct, frozen=True, kw_only=True):
    """How a run ended: discovered, stored and published are three different numbers."""

    beat: str
    made_at: datetime
    discovered: int
    stored: int
    published: int
    stories: int
    notes: tuple[str, ...] = ()
    top: tuple[TopLine, ...] = ()
    deliveries: tuple[Delivery, ...] = ()


def run_cycle(
    beat: Beat,
    *,
    now: datetime | None = None,
    out: Path | None = None,
    report: Report | None = None,
    detour: Mapping[str, str] | None = None,
) -> Summary:
    """Run intake to the end of what is pending, then make and deliver one edition."""
    from wireroom.runner.cycle import take_in  # noqa: PLC0415 - who only makes an edition does not load the intake line

    with opened_room(beat, now=now, report=report or Silent(), detour=detour) as room:
        take_in(room)
        illustrate(room)
        return _sum_up(room, publish(room, outlets(beat, out)))


def make_edition(
    beat: Beat,
    *,
    now: datetime | None = None,
    out: Path | None = None,
    dry_run: bool = False,
    report: Report | None = None,
) -> Summary:
    """Make and deliver the edition from the archive as it is."""
    with opened_room(beat, now=now, report=report or Silent()) as room:
        room.archive.sync_feeds(beat.policy.beat, beat.feeds, room.clock.now())
        return _sum_up(room, publish(room, outlets(beat, out), dry_run=dry_run))


def _sum_up(room: Room, result: Published) -> Summary:
    totals = room.archive.totals(room.policy.beat)
    edition = result.edition
    return Summary(
        beat=edition.masthead.beat,
        made_at=edition.made_at,
        discovered=totals.entries,
        stored=totals.articles,
        published=sum(post.published for post in edition.posts),
        stories=len(edition.stories),
        notes=(*_swollen(edition), *_trouble(room), *result.troubles),
        top=tuple(_top_line(edition, story) for story in edition.stories[:TOP]),
        deliveries=result.deliveries,
    )


def _top_line(edition: Edition, story: Story) -> TopLine:
    lead = next(post for post in edition.posts if post.article.id == story.lead)
    return TopLine(
        title=story.title,
        heat=int(lead.warm),
        independent=story.independent,
        reports=len(story.articles),
        first_at=story.first_at.strftime("%d %b %H:%M UTC"),
    )


def _swollen(edition: Edition) -> tuple[str, ...]:
    """Warn of a story that has grown beyond what the beat has ever seen: it may have swallowed others."""
    usual = usual_size(len(story.articles) for story in edition.stories)
    return tuple(
        f"“{story.title}” has {len(story.articles)} reports, more than any story before. Is it one happening? "
        f"wireroom stories show {story.id}"
        for story in edition.stories
        if len(story.articles) > usual
    )


def _trouble(room: Room) -> tuple[str, ...]:
    """Name, calmly, the feeds that did not answer; a long list is cut, and says where the rest stands."""
    health = [one for one in room.archive.health(room.policy.beat) if one.state and not one.feed.paused]
    stopped = tuple(silent_feeds(tuple(health), room.clock.now()))
    stopped = (f"{len(stopped)} feeds have fallen silent:", *_cut(list(stopped))) if stopped else ()
    lines = [
        f"{one.feed.title or one.feed.url}: {one.state.last_error}"
        for one in health
        if one.state and _silent(one.state)
    ]
    if not lines:
        return stopped
    if len(lines) == len(health):
        return ("No feed answered. Is this machine connected?", *_cut(lines))
    return (f"{len(lines)} of {len(health)} feeds did not answer:", *_cut(lines), *stopped)


def _silent(state: FeedState) -> bool:
    return state.failures > 0 or state.status in {FeedStatus.BLOCKED, FeedStatus.RETIRED}


def _cut(lines: list[str]) -> tuple[str, ...]:
    rest = len(lines) - LISTED
    return (*lines[:LISTED], f"and {rest} more: wireroom feeds list") if rest > 1 else tuple(lines)
