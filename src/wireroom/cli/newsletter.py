"""The commands about the newsletter: make an issue."""

from pathlib import Path
from typing import Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import emit, manners, say

app = typer.Typer(help="The newsletter.", no_args_is_help=True)


@app.command()
def make(
    beat: BeatOption = None,
    daily: Annotated[bool, typer.Option("--daily", help="News of the last 24 hours, not of the last 7 days.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the issue into this folder and do not keep it.")
    ] = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Make the issue of the day and keep it, so that editions carry it; without news there is none.

    Example: wireroom newsletter make --beat beats/ai-watch --daily
    """
    with manners():
        from wireroom.app.issues import make_issue
        from wireroom.edition.render.classic_issue import Period

        made = make_issue(beat_at(beat), Period.DAILY if daily else Period.WEEKLY, now=now, out=out)
        if json:
            emit(made)
            return
        say(f"{made.path}: {made.because}" if made.made else f"No issue {made.path}: {made.because}")
        for title in made.titles:
            say(f"  {title}")
