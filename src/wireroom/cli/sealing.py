"""The commands about private payloads: keygen, open, reseal."""

from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import JsonOption, NowOption
from wireroom.cli.terminal import FAILED, complain, emit, manners, say

app = typer.Typer(
    help="Private data inside posts. Keys come from WIREROOM_KEYS, or from a file with mode 0600: WIREROOM_KEY_FILE.",
    no_args_is_help=True,
)

Places = Annotated[list[Path], typer.Argument(metavar="FILE|DIR…", help="Post files, or folders of them.")]


@app.command()
def keygen(
    name: Annotated[str | None, typer.Option("--id", help="The key's id. Default: today's date.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", help="Append it to this key file (mode 0600) instead of printing it.")
    ] = None,
    now: NowOption = None,
) -> None:
    """Make a key: `id:key`, the newest of the ring it is put at the end of.

    Example: wireroom seal keygen --file ~/.config/wireroom/keys
    """
    from wireroom.app.build import clock
    from wireroom.app.keys import make_key

    with manners():
        made = make_key(name, clock(now).now(), file)
        say(f"{file} has a new key: {made}. Seal with it: wireroom seal reseal DIR" if file else made)


@app.command("open")
def open_payloads(
    places: Places,
    path: Annotated[
        str | None, typer.Option("--path", help="The record's path in its site, when the file lies elsewhere now.")
    ] = None,
) -> None:
    """Show what is sealed in posts, as JSON Lines.

    Example: wireroom seal open _news/2026-11-20-board-votes-on-cameras.md
    """
    from wireroom.app.keys import held_keys
    from wireroom.app.sealing import Unopened, open_file, posts_in

    with manners():
        ring, failed = held_keys(), 0
        for file in posts_in(places):
            line = open_file(file, path, ring)
            failed += isinstance(line, Unopened)
            emit(line)
        if failed:
            raise typer.Exit(FAILED)


@app.command()
def reseal(places: Places, json: JsonOption = False) -> None:
    """Seal what older keys have sealed with the newest one; files change in that field and nowhere else.

    Example: wireroom seal reseal _news
    """
    from wireroom.app.keys import held_keys
    from wireroom.app.sealing import Unopened, posts_in, reseal_file

    with manners():
        ring, failed, changed, stayed = held_keys(), 0, 0, 0
        for file in posts_in(places):
            line = reseal_file(file, ring)
            if json:
                emit(line)
            if isinstance(line, Unopened):
                failed += 1
                complain(f"{line.input}: {line.error}")
            else:
                changed += line.resealed
                stayed += not line.resealed
        if not json:
            say(f"{changed} sealed anew, {stayed} unchanged, {failed} failed")
        if failed:
            raise typer.Exit(FAILED)
