"""The command that tries rules on the past: replay."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at, parse_time
from wireroom.cli.terminal import columns, manners, say

if TYPE_CHECKING:
    from wireroom.edition.agreement import Agreement
    from wireroom.edition.changes import Change, Day
    from wireroom.runner.replay import Replay

HEADS = ("day", "articles", "before", "after", "gained", "missed", "moved")


def parse_end(text: str | datetime) -> datetime:
    """Read the end of a span; a day without a time is taken in whole."""
    at = parse_time(text)
    return at + timedelta(days=1) if isinstance(text, str) and len(text) == len("2026-11-20") else at


Since = Annotated[
    datetime, typer.Option("--from", parser=parse_time, metavar="TIME", help="Begin of the span, e.g. 2026-11-01.")
]
Until = Annotated[
    datetime, typer.Option("--to", parser=parse_end, metavar="TIME", help="End of the span; a day is taken in whole.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("replay")(replay)


def replay(
    since: Since,
    until: Until,
    preset: Annotated[
        str | None, typer.Option("--preset", metavar="P", help="classic, modern, or a preset file (.toml).")
    ] = None,
    rules: Annotated[
        Path | None, typer.Option("--rules", metavar="DIR", help="Try the topics and terms of this beat folder.")
    ] = None,
    beat: BeatOption = None,
    now: NowOption = None,
    limit: Annotated[int, typer.Option("--limit", min=0, help="Lines per list in the table.")] = 20,
    json: JsonOption = False,
) -> None:
    """Judge past days under other rules: what would be published, missed, moved. The archive is only read.

    Without --preset or --rules, the rules are those that the beat folder holds now: what the next run would change.

    Example: wireroom replay --from 2026-11-01 --to 2026-11-20 --preset classic
    """
    from wireroom.app.replaying import Trial, replay_beat, write_replay

    with manners():
        trial, found = Trial(since=since, until=until, preset=preset, rules=rules), beat_at(beat)
        if json:
            write_replay(sys.stdout.buffer, found, trial, now=now)
        else:
            _tell(replay_beat(found, trial, now=now, keep=limit))


def _tell(answer: "Replay") -> None:
    changes = answer.changes
    say(f"{answer.since:%Y-%m-%d %H:%M} to {answer.until:%Y-%m-%d %H:%M} UTC under {answer.rules.quality}")
    say()
    say(columns([_row(day) for day in (*changes.days, changes.total)], HEADS))
    for name, heading in (
        ("gained", "Would be published"),
        ("missed", "Would be missed"),
        ("moved", "Would move"),
    ):
        _list(heading, getattr(changes, name), getattr(changes.total, name))
    say()
    _rulings("before", answer.rulings.before)
    _rulings("after", answer.rulings.after)


def _row(day: "Day") -> tuple[str, ...]:
    return (day.day, *(str(getattr(day, name)) for name in HEADS[1:]))


def _list(heading: str, changes: "tuple[Change, ...]", number: int) -> None:
    if not number:
        return
    say()
    say(f"{heading} ({number})", style="red")
    for change in changes:
        say(f"{change.before.peak:>5g} → {change.after.peak:<5g} {change.title}")
        say(f"              {_told(change)}")
    if number > len(changes):
        say(f"and {number - len(changes)} more: --limit {number} or --json")


def _told(change: "Change") -> str:
    """Say what is otherwise: the topics where they differ, else the reason."""
    if change.before.topics == change.after.topics:
        return change.after.because
    old, new = ", ".join(change.before.topics) or "none", ", ".join(change.after.topics) or "none"
    return f"{change.after.because}; topics {old} → {new}"


def _rulings(name: str, found: "Agreement") -> None:
    if not found.rulings:
        if name == "after":
            say("No rulings on articles of this span, so nothing to hold the rules against.")
        return
    figures = (("precision", found.precision), ("recall", found.recall), ("disagreement", found.disagreement))
    shown = ", ".join(f"{label} {'–' if value is None else f'{value:.0%}'}" for label, value in figures)
    say(f"{name:<7} against {found.rulings} rulings: {shown}")
