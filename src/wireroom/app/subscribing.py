"""How are a beat's feeds looked at and changed? Wires the desk to the beat folder, the archive and the web."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from msgspec import structs

from wireroom.app.beat import BEAT_FILE, Beat
from wireroom.app.build import clock, opened_archive, opened_room, opened_web
from wireroom.desk import subscriptions
from wireroom.desk.scouting import Checked, check, scout
from wireroom.errors import UsageError
from wireroom.intake.poll import queries
from wireroom.intake.poll.opml import Outline, read_opml, write_opml
from wireroom.records.sources import Feed
from wireroom.runner.history import read_back


def add_feed(
    beat: Beat, url: str, *, category: str | None, dedicated: bool, detour: Mapping[str, str] | None = None
) -> tuple[tuple[Outline, ...], int]:
    """Put the feeds at an address on the list; return those that were new, and how many were found."""
    with opened_web(beat, detour=detour) as web:
        found, why = scout(web, url)
    if not found:
        raise UsageError(f"{url} leads to no feed ({why}). Name the feed's own address if you know it")
    marked = [structs.replace(feed, category=category, dedicated=dedicated) for feed in found]
    return _edit(beat, lambda opml: subscriptions.with_feeds(opml, marked)), len(found)


def add_query(beat: Beat, place: str, words: str, *, category: str | None, dedicated: bool) -> tuple[Outline, ...]:
    """Put the feed of a search on the list; it is asked for the first time when it is polled."""
    if place not in queries.names():
        raise UsageError(f"there is no search at '{place}'; these are known: {', '.join(queries.names())}")
    if not words.replace('"', " ").strip():
        raise UsageError("there is nothing to search for; give words: wireroom feeds add WORDS --query " + place)
    feed = structs.replace(queries.query_feed(place, words), category=category, dedicated=dedicated)
    return _edit(beat, lambda opml: subscriptions.with_feeds(opml, [feed]))


def check_feeds(beat: Beat, urls: Sequence[str] = (), *, detour: Mapping[str, str] | None = None) -> Iterator[Checked]:
    """Ask these feeds once, or every feed that is not paused."""
    feeds = [named(beat, url) for url in urls] or [feed for feed in beat.feeds if not feed.paused]
    with opened_web(beat, detour=detour) as web:
        yield from check(web, feeds)


def named(beat: Beat, url: str) -> Feed:
    """Return the feed with this address; raise UsageError when the beat does not read it."""
    for feed in beat.feeds:
        if feed.url == url:
            return feed
    raise UsageError(f"{url} is not on the list. See it: wireroom feeds list")


def import_opml(beat: Beat, file: Path) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """Add the feeds of an OPML file; return the new ones and what had to be mended to read it."""
    try:
        found = read_opml(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    if not found.feeds:
        raise UsageError(f"{file} lists no feeds: {'; '.join(found.repairs) or 'no outline in it has an xmlUrl'}")
    return _edit(beat, lambda opml: subscriptions.with_feeds(opml, found.feeds)), found.repairs


def export_opml(beat: Beat) -> bytes:
    """Return the beat's feeds as OPML."""
    return write_opml(beat.masthead.name, subscriptions.listed(_file(beat).read_bytes()))


def pause_feed(beat: Beat, url: str, *, paused: bool, note: str | None) -> None:
    """Pause a feed or wake it; one that was blocked or retired is asked again when it is woken."""
    _refuse_page(beat, url)
    _edit(beat, lambda opml: (subscriptions.with_pause(opml, url, paused=paused, note=note), ()))
    if not paused:
        _wake(beat, url)


def _wake(beat: Beat, url: str) -> None:
    """Make the feed due. In the archive, only what was paused can wake, so it is paused first."""
    awake = [structs.replace(feed, paused=feed.paused and feed.url != url) for feed in beat.feeds]
    asleep = [structs.replace(feed, paused=feed.paused or feed.url == url) for feed in awake]
    now = clock(None).now()
    with opened_archive(beat) as archive:
        archive.sync_feeds(beat.policy.beat, asleep, now)
        archive.sync_feeds(beat.policy.beat, awake, now)


def remove_feed(beat: Beat, url: str) -> None:
    """Take a feed off the list."""
    _refuse_page(beat, url)
    _edit(beat, lambda opml: (subscriptions.without_feed(opml, url), ()))


def read_history(
    beat: Beat, url: str, documents: int, now: datetime | None, *, detour: Mapping[str, str] | None = None
) -> tuple[int, bool]:
    """Read archive documents of a feed; return how many entries were new, and whether there is more."""
    feed = named(beat, url)
    with opened_room(beat, now=now, detour=detour) as room:
        states = {one.feed.id: one.state for one in room.archive.health(beat.policy.beat)}
        state = states.get(feed.id)
        if state is None or state.older is None:
            raise UsageError(f"{url} names no archive (a link rel=prev-archive or rel=next), or was never read")
        new, state = read_back(room, feed, state, documents)
    return new, bool(state.older)


def _refuse_page(beat: Beat, url: str) -> None:
    if any(feed.url == url and feed.kind == "page" for feed in beat.feeds):
        raise UsageError(f'{url} is a page, not a feed: change [pages."{url}"] in {beat.folder / BEAT_FILE}')


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
