"""The commands that bring things in: an existing archive of posts, a list of feeds."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption
from wireroom.cli.terminal import FAILED, complain, emit, manners, say

if TYPE_CHECKING:
    from wireroom.desk.imports import Imported

app = typer.Typer(help="Bring in what exists already.", no_args_is_help=True)


@app.command()
def posts(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A Jekyll folder that holds _news.")],
    beat: BeatOption = None,
    address: Annotated[
        str | None, typer.Option("--address", help="Of a beat that is made: the address of its site.")
    ] = None,
    locale: Annotated[str | None, typer.Option("--locale", help="Of a beat that is made; default en-us.")] = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Import an existing archive of posts; paths, scores, dates and bytes stay. Importing again changes nothing.

    A --beat DIR that does not exist yet is made from the folder; without --beat, an empty current folder becomes it.

    Example: wireroom import posts ../old-site --beat beats/old-site
    """
    from wireroom.app.importing import Wish, beat_here, import_posts

    with manners():
        arrival = import_posts(folder, beat or beat_here(), Wish(address=address, locale=locale), now)
        result = arrival.result
        for one in result.malformed:
            complain(f"{folder / one.path}: {one.reason}")
        if json:
            emit(arrival)
        else:
            if arrival.made_beat:
                say(f"Made {arrival.beat} from {folder}")
            for name in result.unknown_topics:
                complain(f"The beat has no topic “{name}”, which posts name; add a file to {arrival.beat}/topics")
            say(_counts(result))
            say(f"Next: wireroom edition --beat {arrival.beat}")
        if result.malformed:
            raise typer.Exit(FAILED)


def _counts(result: "Imported") -> str:
    changed = f"{result.changed} changed, " if result.changed else ""
    malformed = f", {len(result.malformed)} malformed" if result.malformed else ""
    return f"{result.new} new, {changed}{result.unchanged} unchanged{malformed}"


@app.command()
def opml(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.")],
    beat: BeatOption = None,
) -> None:
    """Add the feeds of an OPML file that the beat does not read yet; the same as `feeds import`.

    Example: wireroom import opml subscriptions.opml
    """
    from wireroom.cli.feeds import import_feeds

    import_feeds(file, beat)
