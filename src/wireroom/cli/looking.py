"""The commands that look: why, search and conflicts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import FAILED, columns, complain, emit, manners, say

if TYPE_CHECKING:
    from wireroom.desk.inquiries import Inquiry
    from wireroom.intake.extract import Conflict
    from wireroom.records.quality import Score

BRIEF = 160
"""Characters of evidence shown on one line."""


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("why")(why)
    app.command("search")(search)
    app.command("conflicts")(conflicts)


def why(
    wanted: Annotated[str, typer.Argument(metavar="URL|PATH", help="An article's address, or the path of its post.")],
    beat: BeatOption = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Tell everything that happened to one article, and the smallest change that would flip its verdict.

    Example: wireroom why _news/2026-11-20-board-votes-on-cameras.md
    """
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.desk.inquiries import inquire

        found = beat_at(beat)
        with opened_archive(found) as archive:
            answer = inquire(archive, found.policy, wanted, clock(now).now())
        if answer is None:
            complain(f"{found.policy.beat} has no article at {wanted}. Look for it: wireroom search WORDS")
            raise typer.Exit(FAILED)
        emit(answer) if json else _tell(answer)


def _tell(answer: "Inquiry") -> None:
    say(answer.title)
    say(answer.url)
    say(f"path   {answer.path or 'none yet'}")
    if answer.story:
        say(f"story  {answer.story}: {answer.story_reason}")
    for line in answer.topics:
        say(f"topic  {line}")
    if ruling := answer.ruling:
        say(f"ruling {ruling.kind} by {ruling.by}, {ruling.at:%Y-%m-%d %H:%M}: {ruling.reason}")
    for line in _of_its_page(answer):
        say(line)
    if answer.verdict:
        say()
        say(f"{answer.verdict.decision.upper()}  {answer.verdict.because}", style="red")
        say(answer.verdict.flip)
    for name, score in (("quality", answer.quality), ("heat", answer.heat)):
        if score:
            say()
            _add_up(name, score)
    say()
    say(
        columns(
            [(event.at.strftime("%Y-%m-%d %H:%M"), event.stage, _brief(event.what)) for event in answer.history],
            ("when", "stage", "what"),
        )
    )


def _of_its_page(answer: "Inquiry") -> Iterator[str]:
    """Tell what its publisher changed, states in two ways, and reserves."""
    for version in answer.versions:
        for change in version.changes:
            yield f"edited {version.seen_at:%Y-%m-%d %H:%M}, {change.field}: {change.before!r} → {change.after!r}"
    for conflict in answer.conflicts:
        yield f"conflict {_stated(conflict)}"
    for one in answer.evidence:
        if one.field == "reservation":
            yield f"reserved title, date and link are kept: {one.value}"


def _stated(conflict: "Conflict") -> str:
    """Say what a page states in more than one way, what we took first."""
    ways = " against ".join(f"{_brief(one.value)!r} ({one.source})" for one in conflict.statements)
    return f"{conflict.field}: {ways}"


def conflicts(beat: BeatOption = None, now: NowOption = None, json: JsonOption = False) -> None:
    """List the pages that contradict themselves: their headline, date or address stated in more than one way.

    Example: wireroom conflicts --json
    """
    with manners():
        from wireroom.app.build import clock, opened_archive
        from wireroom.desk.contradictions import contradictions

        found = beat_at(beat)
        with opened_archive(found) as archive:
            told = list(contradictions(archive, found.policy.beat, clock(now).now()))
        for one in told:
            if json:
                emit(one)
            else:
                say(f"{one.provider}  {one.url}")
                for conflict in one.conflicts:
                    say(f"  {_stated(conflict)}")
        if not json:
            say(f"{len(told)} pages contradict themselves." if told else "No page contradicts itself.")


def _brief(text: str) -> str:
    """Cut evidence to what a line can hold: the passage that proves a copy is long. --json prints all of it."""
    return text if len(text) <= BRIEF else f"{text[:BRIEF].rpartition(' ')[0]} …"


def _add_up(name: str, score: "Score") -> None:
    """Print a score as a sum that adds up."""
    say(f"{name} {score.value:g}  ({score.preset})")
    for term in score.terms:
        say(f"  {term.points:>+8.4g}  {term.name:<14}  {_brief(term.because)}")


def search(
    query: Annotated[list[str], typer.Argument(help='Words, "phrases", title: topic: provider: after: before: -word.')],
    beat: BeatOption = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 20,
    json: JsonOption = False,
) -> None:
    """Search the articles of a beat, newest first.

    Example: wireroom search '"school board" provider:harbor-ledger.example after:2026-11-01'
    """
    with manners():
        from wireroom.app.build import opened_archive

        found = beat_at(beat)
        with opened_archive(found) as archive:
            articles = archive.search(found.policy.beat, " ".join(query), limit)
        if json:
            for article in articles:
                emit(article)
            return
        rows = [
            (f"{one.published_at:%Y-%m-%d}" if one.published_at else "undated", one.provider.name, one.title)
            for one in articles
        ]
        say(columns(rows, ("date", "provider", "title")) if rows else "Nothing matches. Try fewer words.")
