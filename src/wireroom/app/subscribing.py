"""How are a beat's feeds looked at and changed? Wires the desk to the beat folder, the archive and the web."""

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct, structs

from wireroom.app.beat import Beat
from wireroom.app.build import opened_archive, opened_web
from wireroom.desk import subscriptions
from wireroom.desk.scouting import ask, check, scout, told
from wireroom.desk.subscriptions import Checked
from wireroom.errors import UsageError
from wireroom.intake.poll.opml import Outline, read_opml, write_opml
from wireroom.records.sources import FeedStatus


class FeedLine(Struct, frozen=True, kw_only=True):
    """A feed as `feeds list` shows it; discovered, stored and published are three different numbers."""

    url: str
    title: str
    state: str
    discovered: int
    stored: int
    published: int
    next_visit: str
    error: str | None


def feed_lines(beat: Beat) -> tuple[FeedLine, ...]:
    """Return every feed of the beat with what it brought."""
    with opened_archive(beat) as archive:
        known = {health.feed.id: health for health in archive.health(beat.policy.beat)}
    lines = []
    for feed in beat.feeds:
        health = known.get(feed.id)
        state = health.state if health else None
        status = FeedStatus.PAUSED if feed.paused else state.status if state else "new"
        waits = state is not None and status == FeedStatus.ACTIVE
        lines.append(
            FeedLine(
                url=feed.url,
                title=feed.title or feed.url,
                state=str(status),
                discovered=health.discovered if health else 0,
                stored=health.stored if health else 0,
                published=health.published if health else 0,
                next_visit=f"{state.next_due_at:%Y-%m-%d %H:%M} ({state.why_next})" if state and waits else "",
                error=state.last_error if state else feed.note,
            )
        )
    return tuple(lines)


def add_feed(beat: Beat, url: str, *, category: str | None, dedicated: bool) -> tuple[Outline, ...]:
    """Find the feeds at an address and put those that are new on the list."""
    with opened_web(beat) as web:
        found = scout(web, url)
        why = "" if found else told(ask(web, url))
    if not found:
        raise UsageError(f"{url} leads to no feed ({why}). Name the feed's own address if you know it")
    marked = [structs.replace(feed, category=category, dedicated=dedicated) for feed in found]
    return _edit(beat, lambda opml: subscriptions.with_feeds(opml, marked))


def check_feeds(beat: Beat) -> Iterator[Checked]:
    """Ask every feed that is not paused once."""
    feeds = subscriptions.listed(_file(beat).read_bytes())
    with opened_web(beat) as web:
        yield from check(web, [feed for feed in feeds if not feed.paused])


def import_opml(beat: Beat, file: Path) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """Add the feeds of an OPML file; return the new ones and what had to be mended to read it."""
    try:
        found = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    return _edit(beat, lambda opml: subscriptions.with_feeds(opml, found.feeds)), found.repairs


def export_opml(beat: Beat) -> bytes:
    """Return the beat's feeds as OPML."""
    return write_opml(beat.masthead.name, subscriptions.listed(_file(beat).read_bytes()))


def pause_feed(beat: Beat, url: str, *, paused: bool, note: str | None) -> None:
    """Pause a feed or wake it."""
    _edit(beat, lambda opml: (subscriptions.with_pause(opml, url, paused=paused, note=note), ()))


def remove_feed(beat: Beat, url: str) -> None:
    """Take a feed off the list."""
    _edit(beat, lambda opml: (subscriptions.without_feed(opml, url), ()))


def _file(beat: Beat) -> Path:
    return beat.folder / "feeds.opml"


def _edit(beat: Beat, change: Callable[[bytes], tuple[bytes, tuple[Outline, ...]]]) -> tuple[Outline, ...]:
    """Rewrite the list whole: it is written beside itself first, so a crash leaves the old one."""
    file = _file(beat)
    body, new = change(file.read_bytes())
    beside = file.with_suffix(".opml.new")
    beside.write_bytes(body)
    beside.replace(file)
    return new
