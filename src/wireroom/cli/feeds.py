"""The commands about feeds: list, add, check, health, history, listen, import, export, pause, remove."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import FAILED, columns, complain, emit, manners, say

if TYPE_CHECKING:
    from datetime import datetime

    from wireroom.app.feed_health import FeedLine
    from wireroom.records.visits import Visit

app = typer.Typer(help="The feeds of a beat.", no_args_is_help=True)

Address = Annotated[str, typer.Argument(metavar="URL", help="The feed's address, as `feeds list` shows it.")]
VISITS = 10
"""Visits that `health URL` shows."""


@app.command("list")
def list_feeds(beat: BeatOption = None, now: NowOption = None, json: JsonOption = False) -> None:
    """List the feeds with their state and what they brought.

    Example: wireroom feeds list
    """
    with manners():
        from wireroom.app.feed_health import feed_lines

        lines = feed_lines(beat_at(beat), now)
        if json:
            for line in lines:
                emit(line)
            return
        heads = ("feed", "state", "discovered", "stored", "published", "next visit", "look")
        say(columns([_row(line) for line in lines], heads) if lines else _EMPTY)


_EMPTY = "No feeds yet. Add one: wireroom feeds add https://…"


def _row(line: "FeedLine") -> tuple[str, ...]:
    counts = (str(line.discovered), str(line.stored), str(line.published))
    return (line.title, line.state, *counts, _time(line.next_visit), line.trouble or "")


def _time(at: "datetime | None") -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else ""


@app.command()
def health(
    url: Annotated[str | None, typer.Argument(metavar="[URL]", help="Only this feed, with its newest visits.")] = None,
    beat: BeatOption = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Say of every feed when it was tried, answered, brought news, is visited next and why; troubled ones first.

    Example: wireroom feeds health
    """
    with manners():
        from wireroom.app.feed_health import feed_lines, newest_visits
        from wireroom.app.subscribing import named

        room = beat_at(beat)
        feed = named(room, url) if url else None
        lines = [line for line in feed_lines(room, now) if url in {None, line.url}]
        for line in sorted(lines, key=lambda line: line.trouble is None):
            emit(line) if json else say(_told(line))
        for visit in newest_visits(room, feed, VISITS) if feed else ():
            emit(visit) if json else say(f"  {visit.at:%Y-%m-%d %H:%M}  {visit.outcome:<12}  {_brought(visit)}")
        if not lines:
            say(_EMPTY)


def _brought(visit: "Visit") -> str:
    brought = f"{visit.entries_new} new of {visit.entries_seen}" if visit.entries_seen else visit.reason or ""
    return "; ".join(part for part in (brought, *visit.repairs) if part)


def _told(line: "FeedLine") -> str:
    """Say all that is known of a feed."""
    times = f"tried {_time(line.last_try) or 'never'}, answered {_time(line.last_success) or 'never'}"
    rows = [
        line.title if line.title == line.url else f"{line.title}  {line.url}",
        f"  {line.state}: {times}, brought news {_time(line.last_new) or 'never'}",
        f"  {line.discovered} discovered, {line.stored} stored, {line.published} published",
        f"  next visit {_time(line.next_visit)}: {line.why}" if line.next_visit else f"  {line.why}",
    ]
    rows += [f"  LOOK: {look}" for look in (line.error, line.alarm) if look]
    rows += [f"  moved to {line.moved_to}"] if line.moved_to else []
    rows += [f"  note: {line.note}"] if line.note else []
    rows += [f"  only titles and links are kept: {line.reserved}"] if line.reserved else []
    return "\n".join(rows)


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page whose feeds are looked for.")],
    query: Annotated[
        str | None,
        typer.Option(
            "--query", metavar="PLACE", help="Take URL as words to search for at: arxiv, courtlistener, govuk."
        ),
    ] = None,
    category: Annotated[str | None, typer.Option("--category", help="The group to put it in.")] = None,
    dedicated: Annotated[bool, typer.Option("--dedicated", help="Every item is about the beat's main topic.")] = False,
    beat: BeatOption = None,
    json: JsonOption = False,
) -> None:
    """Add a feed, the feeds of a page, or the feed of a search to the beat's feeds.opml.

    Example: wireroom feeds add https://harbor-ledger.example/
    """
    with manners():
        from wireroom.app.subscribing import add_feed, add_query

        room = beat_at(beat)
        if query:
            new, found = add_query(room, query, url, category=category, dedicated=dedicated), 1
        else:
            new, found = add_feed(room, url, category=category, dedicated=dedicated)
        for feed in new:
            emit(feed) if json else say(f"Added {feed.title}: {feed.url}")
        if found > len(new):
            complain(f"On the list already: {found - len(new)} of {found} feeds found there.")


@app.command()
def check(
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL]…", help="Only these feeds.")] = None,
    beat: BeatOption = None,
    json: JsonOption = False,
) -> None:
    """Ask every feed once, now, and say how it does; nothing is recorded.

    Example: wireroom feeds check
    """
    with manners():
        from wireroom.app.subscribing import check_feeds

        found = beat_at(beat)
        if not found.feeds and not json:
            say(_EMPTY)
        silent = 0
        for line in check_feeds(found, urls or ()):
            silent += not line.ok
            emit(line) if json else say(f"{'ok  ' if line.ok else 'LOOK'}  {line.title}: {line.told}")
        if silent:
            complain("1 feed could not be read." if silent == 1 else f"{silent} feeds could not be read.")
            raise typer.Exit(FAILED)


@app.command()
def history(
    url: Address,
    documents: Annotated[int, typer.Option("--documents", min=1, max=500, help="Archive documents to read.")] = 10,
    beat: BeatOption = None,
    now: NowOption = None,
) -> None:
    """Read what a feed carried before, where it names archive documents (RFC 5005).

    Example: wireroom feeds history https://harbor-ledger.example/feed.xml --documents 20
    """
    with manners():
        from wireroom.app.subscribing import read_history

        new, more = read_history(beat_at(beat), url, documents, now)
        say(f"{new} earlier entries discovered; {'there is more' if more else 'this was the oldest'}.")


@app.command()
def listen(
    at: Annotated[
        str, typer.Option("--at", metavar="URL", help="The public address under which hubs reach this port.")
    ],
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on 127.0.0.1 to listen at.")] = 8124,
    beat: BeatOption = None,
) -> None:
    """Be told of news by the hubs that feeds name (WebSub) until interrupted; others are polled as ever.

    Example: wireroom feeds listen --at https://hooks.ai-watch.example/
    """
    with manners():
        from wireroom.app.listening import Ear
        from wireroom.web.hooks import hooks
        from wireroom.web.site import listen as serve_until_interrupted

        ear = Ear(beat_at(beat), at)
        told = f"Listening on 127.0.0.1:{port} for what hubs send to {at}"
        serve_until_interrupted(hooks(ear, say), port, lambda _: say(told))


@app.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.")],
    beat: BeatOption = None,
    json: JsonOption = False,
) -> None:
    """Add the feeds of an OPML file that the beat does not read yet.

    Example: wireroom feeds import subscriptions.opml
    """
    with manners():
        from wireroom.app.subscribing import import_opml

        new, repairs = import_opml(beat_at(beat), file)
        for repair in repairs:
            complain(f"{file}: {repair}")
        for feed in new if json else ():
            emit(feed)
        if not json:
            say(f"{len(new)} feeds added from {file}")


@app.command("export")
def export_feeds(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Where to write OPML; - is stdout.")],
    beat: BeatOption = None,
) -> None:
    """Write the beat's feeds as OPML for another reader.

    Example: wireroom feeds export feeds.opml
    """
    with manners():
        from wireroom.app.subscribing import export_opml
        from wireroom.errors import UsageError

        body = export_opml(beat_at(beat))
        if file == "-":
            typer.echo(body.decode(), nl=False)
            return
        try:
            Path(file).write_bytes(body)
        except OSError as error:
            raise UsageError(f"{file} cannot be written: {error.strerror}") from None


@app.command()
def pause(
    url: Address,
    note: Annotated[str | None, typer.Option("--note", help="Why; shown beside the feed.")] = None,
    wake: Annotated[bool, typer.Option("--wake", help="Read it again, also one that was blocked.")] = False,
    beat: BeatOption = None,
) -> None:
    """Stop reading a feed for now, or wake it with --wake.

    Example: wireroom feeds pause https://harbor-ledger.example/feed.xml --note "asks us to stop"
    """
    with manners():
        from wireroom.app.subscribing import pause_feed

        pause_feed(beat_at(beat), url, paused=not wake, note=note)
        say(f"{'Reading' if wake else 'Paused'} {url}")


@app.command()
def remove(url: Address, beat: BeatOption = None) -> None:
    """Take a feed off the list; what it brought stays in the archive.

    Example: wireroom feeds remove https://harbor-ledger.example/feed.xml
    """
    with manners():
        from wireroom.app.subscribing import remove_feed

        remove_feed(beat_at(beat), url)
        say(f"Removed {url}")
