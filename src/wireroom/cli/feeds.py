"""The commands about feeds: list, add, check, import, export, pause, remove."""

from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, beat_at
from wireroom.cli.terminal import FAILED, columns, complain, emit, manners, say

app = typer.Typer(help="The feeds of a beat.", no_args_is_help=True)

Address = Annotated[str, typer.Argument(metavar="URL", help="The feed's address, as `feeds list` shows it.")]


@app.command("list")
def list_feeds(beat: BeatOption = None, json: JsonOption = False) -> None:
    """List the feeds with their state and what they brought.

    Example: wireroom feeds list
    """
    with manners():
        from wireroom.app.subscribing import feed_lines

        lines = feed_lines(beat_at(beat))
        if json:
            for line in lines:
                emit(line)
            return
        rows = [
            (one.title, one.state, str(one.discovered), str(one.stored), str(one.published), one.next_visit)
            for one in lines
        ]
        heads = ("feed", "state", "discovered", "stored", "published", "next visit")
        say(columns(rows, heads) if rows else "No feeds yet. Add one: wireroom feeds add https://…")


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page whose feeds are looked for.")],
    category: Annotated[str | None, typer.Option("--category", help="The group to put it in.")] = None,
    dedicated: Annotated[bool, typer.Option("--dedicated", help="Every item is about the beat's main topic.")] = False,
    beat: BeatOption = None,
) -> None:
    """Add a feed, or the feeds of a page, to the beat's feeds.opml.

    Example: wireroom feeds add https://harbor-ledger.example/
    """
    with manners():
        from wireroom.app.subscribing import add_feed

        for feed in add_feed(beat_at(beat), url, category=category, dedicated=dedicated):
            say(f"Added {feed.title}: {feed.url}")


@app.command()
def check(beat: BeatOption = None, json: JsonOption = False) -> None:
    """Ask every feed once, now, and say how it does; nothing is recorded.

    Example: wireroom feeds check
    """
    with manners():
        from wireroom.app.subscribing import check_feeds

        silent = 0
        for line in check_feeds(beat_at(beat)):
            silent += not line.ok
            emit(line) if json else say(f"{'ok  ' if line.ok else 'LOOK'}  {line.title}: {line.told}")
        if silent:
            complain(f"{silent} feeds could not be read.")
            raise typer.Exit(FAILED)


@app.command("import")
def import_feeds(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.")],
    beat: BeatOption = None,
) -> None:
    """Add the feeds of an OPML file that the beat does not read yet.

    Example: wireroom feeds import subscriptions.opml
    """
    with manners():
        from wireroom.app.subscribing import import_opml

        new, repairs = import_opml(beat_at(beat), file)
        for repair in repairs:
            complain(f"{file}: {repair}")
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

        body = export_opml(beat_at(beat))
        if file == "-":
            typer.echo(body.decode(), nl=False)
        else:
            Path(file).write_bytes(body)


@app.command()
def pause(
    url: Address,
    note: Annotated[str | None, typer.Option("--note", help="Why; shown beside the feed.")] = None,
    wake: Annotated[bool, typer.Option("--wake", help="Read it again.")] = False,
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
