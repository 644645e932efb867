"""The commands for stories: list, show, split, merge, undo."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import columns, emit, manners, say

if TYPE_CHECKING:
    from wireroom.desk.review import Words
    from wireroom.desk.stories import StoryLine, StoryView
    from wireroom.edition.gather import Happening
    from wireroom.edition.stock import Stock
    from wireroom.ports.archive import Archive
    from wireroom.records.ids import BeatId

app = typer.Typer(help="See which reports tell one happening, and overrule it.", no_args_is_help=True)

Wanted = Annotated[
    str, typer.Argument(metavar="STORY", help="A story's id or the beginning of it, or a report's address.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stands in the history of every report concerned.")]
By = Annotated[str, typer.Option("--by", help="Who rules. Default: your user name.")]


@app.command("list")
def list_(
    beat: BeatOption = None,
    now: NowOption = None,
    ambiguous: Annotated[
        bool, typer.Option("--ambiguous", help="Only stories that may be the same as another.")
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")] = 30,
    json: JsonOption = False,
) -> None:
    """List stories told by more than one report, latest first.

    Example: wireroom stories list --ambiguous
    """
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.app.drafting import stocked
        from wireroom.desk import stories

        found = beat_at(beat)
        with opened_archive(found) as archive:
            stock = stocked(found, archive, clock(now).now())
        lines = stories.listed(stock, ambiguous=ambiguous, limit=limit)
        if json:
            for line in lines:
                emit(line)
            return
        rows = [_row(one) for one in lines]
        say(columns(rows, ("story", "last", "sources", "copies", "title", "")) if rows else "There are none.")


def _row(one: "StoryLine") -> tuple[str, ...]:
    marks = _marks(one.near, oversized=one.oversized)
    return one.id[:8], f"{one.last_at:%Y-%m-%d}", str(one.independent), str(one.copies), one.title, marks


def _marks(near: tuple[str, ...], *, oversized: bool) -> str:
    """Say what an editor should look at."""
    marks = ["larger than any before: is it one happening?"] if oversized else []
    return "; ".join([*marks, *(f"near {name[:8]}" for name in near)])


@app.command()
def show(wanted: Wanted, beat: BeatOption = None, now: NowOption = None, json: JsonOption = False) -> None:
    """Show a story: its reports and why each belongs, copies with their proof, what was new when, and its thread.

    Example: wireroom stories show 3fa9c2d1
    """
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.app.drafting import stocked
        from wireroom.desk import stories

        found = beat_at(beat)
        with opened_archive(found) as archive:
            stock = stocked(found, archive, clock(now).now())
            view = stories.viewed(stock, stories.found(stock, archive, wanted))
        emit(view) if json else _tell(view)


def _tell(view: "StoryView") -> None:
    line = view.line
    say(line.title)
    many = f"{line.independent} independent source{'s' if line.independent != 1 else ''}"
    say(f"{line.id}: {many}, {line.copies} cop{'ies' if line.copies != 1 else 'y'}")
    for name, values in (("also", view.formerly), ("thread", view.thread), ("near", line.near)):
        if values:
            say(f"{name:<7}{' '.join(values)}")
    if view.things:
        say(f"names  {', '.join(thing.name for thing in view.things)}")
    for report in view.reports:
        say()
        say(f"{report.at:%Y-%m-%d %H:%M}  {report.provider}: {report.title}")
        say(f"    {report.kind}: {report.because}")
        if report.proof:
            say(f"    proof: {report.proof}")
        for near in report.near:
            say(f"    may belong to {near.story[:8]} ({near.score:.2f}): {near.because}")


class _Desk(NamedTuple):
    """What a ruling on stories works with."""

    archive: "Archive"
    beat: "BeatId"
    stock: "Stock"
    words: "Words"

    def find(self, wanted: str) -> "Happening":
        """Return the story of an id, the beginning of one, or a report's address."""
        from wireroom.desk import stories

        return stories.found(self.stock, self.archive, wanted)


@contextmanager
def _ruling(beat: Path | None, reason: str, by: str, now: datetime | None) -> Iterator[_Desk]:
    """Open the archive for one ruling, which is written down with its words."""
    from wireroom.app.build import clock, opened_archive
    from wireroom.app.drafting import stocked
    from wireroom.desk.review import Words

    found = beat_at(beat)
    words = Words(by=by or getpass.getuser(), reason=reason, at=clock(now).now())
    with opened_archive(found) as archive:
        yield _Desk(archive, found.policy.beat, stocked(found, archive, words.at), words)


@app.command()
def split(
    wanted: Wanted,
    articles: Annotated[list[str], typer.Argument(metavar="URL|PATH…", help="The reports that tell something else.")],
    reason: Reason,
    beat: BeatOption = None,
    by: By = "",
    now: NowOption = None,
) -> None:
    """Take reports out of a story into one of their own; their copies go along.

    Example: wireroom stories split 3fa9c2d1 https://harbor-ledger.example/roof --reason "another meeting"
    """
    with manners():
        from wireroom.desk import placing
        from wireroom.errors import UsageError

        with _ruling(beat, reason, by, now) as desk:
            story = desk.find(wanted)
            names = [desk.archive.find_article(desk.beat, one) for one in articles]
            held = {member.article.id for member in story.members}
            for given, name in zip(articles, names, strict=True):
                if name not in held:
                    raise UsageError(f"{given} is no report of story {story.id}. See: wireroom stories show {story.id}")
            own = placing.split(desk.archive, story, [name for name in names if name], desk.words)
        say(f"Split: story {own}. The next edition obeys: wireroom edition")


@app.command()
def merge(
    kept: Annotated[str, typer.Argument(metavar="STORY", help="The story that stays.")],
    gone: Annotated[str, typer.Argument(metavar="OTHER", help="The story that goes into it; its id leads there.")],
    reason: Reason,
    beat: BeatOption = None,
    by: By = "",
    now: NowOption = None,
) -> None:
    """Make one story of two.

    Example: wireroom stories merge 3fa9c2d1 77b0e4aa --reason "the same vote"
    """
    with manners():
        from wireroom.desk import placing

        with _ruling(beat, reason, by, now) as desk:
            one, other = desk.find(kept), desk.find(gone)
            placing.merge(desk.archive, one, other, desk.words)
        say(f"Merged: {other.id} leads to {one.id} now. The next edition obeys: wireroom edition")


@app.command()
def undo(
    wanted: Wanted, reason: Reason = "undone", beat: BeatOption = None, by: By = "", now: NowOption = None
) -> None:
    """Take the newest split or merge of a story back.

    Example: wireroom stories undo 3fa9c2d1
    """
    with manners():
        from wireroom.desk import placing

        with _ruling(beat, reason, by, now) as desk:
            count = placing.undo(desk.archive, desk.beat, desk.find(wanted).id, desk.words)
        say(f"Undone for {count} report{'s' if count != 1 else ''}. The next edition obeys: wireroom edition")
