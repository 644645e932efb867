"""The commands that make something: new, run, demo, edition."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import Bars, emit, manners, say

if TYPE_CHECKING:
    from wireroom.app.newsroom import Summary

OutOption = Annotated[
    Path | None, typer.Option("--out", help="Write the edition into this folder instead of the beat's outlets.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("new")(new)
    app.command("run")(run)
    app.command("demo")(demo)
    app.command("edition")(edition)


def new(
    folder: Annotated[Path, typer.Argument(help="The folder to make.")],
    source: Annotated[str, typer.Option("--from", help="What to start from: ai-watch or blank.")] = "ai-watch",
) -> None:
    """Make a beat folder to edit.

    Example: wireroom new beats/school-cameras --from ai-watch
    """
    with manners():
        from wireroom.app.starting import start_beat

        start_beat(folder, source)
        say(f"Made {folder}. Edit {folder}/beat.toml and {folder}/feeds.opml, then: wireroom run --beat {folder}")


def run(
    beat: BeatOption = None,
    now: NowOption = None,
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """Run one whole cycle: poll what is due, fetch, read, judge, link, make the edition, deliver.

    Example: wireroom run --beat beats/ai-watch
    """
    with manners(), Bars() as bars:
        from wireroom.app.newsroom import run_cycle

        found = beat_at(beat)
        summary = run_cycle(found, now=now, out=out, report=bars)
        bars.stop()
        _show(summary, json=json)


def demo(
    folder: Annotated[
        Path | None,
        typer.Option("--dir", help="Where the demo keeps its beat. Default: a scratch folder in the system's cache."),
    ] = None,
    json: JsonOption = False,
) -> None:
    """Run one whole cycle over the bundled newsstand: invented outlets on this machine, no network.

    A second run in the same folder goes on where the first one ended.

    Example: wireroom demo --dir demo
    """
    with manners(), Bars() as bars:
        from wireroom.app.demo import run_demo

        summary = run_demo(folder, report=bars)
        bars.stop()
        _show(summary, json=json)


def edition(
    beat: BeatOption = None,
    now: NowOption = None,
    out: OutOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would change; write nothing.")] = False,
    json: JsonOption = False,
) -> None:
    """Make and deliver the edition from the archive as it is.

    Example: wireroom edition --out site --dry-run
    """
    with manners(), Bars() as bars:
        from wireroom.app.newsroom import make_edition

        summary = make_edition(beat_at(beat), now=now, out=out, dry_run=dry_run, report=bars)
        bars.stop()
        if dry_run and not json:
            _show_plan(summary)
            return
        _show(summary, json=json)


def _show_plan(summary: "Summary") -> None:
    """List what a delivery would change."""
    for delivery in summary.deliveries:
        for path in delivery.written:
            say(f"write   {path}")
        for path in delivery.removed:
            say(f"remove  {path}")
        counts = f"{len(delivery.written)} to write, {len(delivery.removed)} to remove, {delivery.unchanged} unchanged"
        say(f"{delivery.where}: {counts}; nothing was written")


def _told(independent: int, reports: int) -> str:
    """Say how many tell a story: `1 report`, `3 reports`, `20 reports, 9 of them independent`."""
    counted = "1 report" if reports == 1 else f"{reports} reports"
    return counted if independent == reports else f"{counted}, {independent} of them independent"


def _show(summary: "Summary", *, json: bool) -> None:
    """End a run with three numbers, the top stories, and where to look."""
    if json:
        emit(summary)
        return
    say()
    counts = ("discovered", "stored", "published", "stories")
    say("   ".join(f"{name} {getattr(summary, name)}" for name in counts))
    for note in summary.notes:
        say(f"  {note}")
    if summary.top:
        say()
        say("Top stories")
    for line in summary.top:
        say(f"{line.heat:>5}  {line.title}")
        say(f"       {_told(line.independent, line.reports)} · first {line.first_at}")
    say()
    for delivery in summary.deliveries:
        say(f"{len(delivery.written)} files written, {len(delivery.removed)} removed, {delivery.unchanged} unchanged")
        say(f"Open  {delivery.where}/index.html")
