"""The commands that learn from people: learn, topics report and topics label."""

import getpass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from wireroom.cli.options import BeatOption, JsonOption, NowOption, beat_at
from wireroom.cli.terminal import columns, complain, emit, manners, say
from wireroom.errors import UsageError

if TYPE_CHECKING:
    from wireroom.edition.agreement import Agreement
    from wireroom.runner.labels import Figures, TopicLine, TopicReport
    from wireroom.runner.learning import Lesson

topics = typer.Typer(help="The taxonomy against labels that people gave.", no_args_is_help=True)

LABEL_HEADS = ("topic", "labels", "precision", "recall", "F1", "learned", "offered")
NEEDED = "learning needs scikit-learn: pip install 'wireroom[ml]'"


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command("learn")(learn)
    app.add_typer(topics, name="topics")


def learn(
    yes: Annotated[bool, typer.Option("--yes", help="Switch on what is better without asking.")] = False,
    beat: BeatOption = None,
    now: NowOption = None,
    json: JsonOption = False,
) -> None:
    """Learn from the desk's rulings and labels; show what it would change, and ask before it is switched on.

    Example: wireroom learn
    """
    with manners():
        learning = _learning()
        found = beat_at(beat)
        lesson = learning.lesson_of(found, now=now)
        if json:
            emit(lesson)
        else:
            _tell(lesson)
        if not lesson.worth_it:
            complain("Nothing that was learned is better than the rules as they are; nothing is switched on.")
        elif yes or (not json and typer.confirm("Switch it on?", default=False)):
            path = learning.switch_on(found, lesson)
            complain(f"Switched on: {path}. The next run judges by it; delete the file to forget.")


@topics.command("report")
def report(
    labels: Annotated[
        list[Path] | None, typer.Option("--labels", help="Labels to use instead of the beat's own (JSON Lines).")
    ] = None,
    beat: BeatOption = None,
    fooled: Annotated[int, typer.Option("--fooled", min=0, help="Sentences shown of each topic.")] = 3,
    json: JsonOption = False,
) -> None:
    """Show precision, recall and F1 of each topic on labels, by rule and learned, and what fooled the rule.

    Example: wireroom topics report --labels labels/2026-11.jsonl
    """
    with manners():
        found = _learning().topic_report(beat_at(beat), *(labels or ()))
        emit(found) if json else _tell_topics(found, fooled)


@topics.command("label")
def label(
    wanted: Annotated[str, typer.Argument(metavar="URL|PATH", help="An article's address, or the path of its post.")],
    names: Annotated[list[str], typer.Argument(metavar="TOPIC…", help="Ids or names; `none` for no topic at all.")],
    by: Annotated[str, typer.Option("--by", help="Who says so. Default: your user name.")] = "",
    beat: BeatOption = None,
) -> None:
    """Note what an article is about, for the report and for learning.

    Example: wireroom topics label https://harbor-ledger.example/vote fr-schools fr-bans
    """
    with manners():
        topics = () if names == ["none"] else tuple(names)
        path = _learning().add_label(beat_at(beat), wanted, topics, by or getpass.getuser())
        say(f"Noted in {path}.")


def _learning() -> ModuleType:
    """Return the module that learns; it needs libraries that may be missing."""
    try:
        from wireroom.app import learning
    except ModuleNotFoundError as error:
        raise UsageError(f"{NEEDED} ({error.name} is missing)") from None
    return learning


def _tell(lesson: "Lesson") -> None:
    _rulings("now", lesson.before)
    if lesson.after:
        _rulings("learned", lesson.after)
    else:
        say("Too few rulings, or too few of one kind, to learn what your desk publishes: it takes about twenty.")
    if better := [line for line in lesson.topics.lines if line.better]:
        say()
        say("Topics that learning gives better than their keywords, on labels that it had not seen:")
        say(columns([_row(line) for line in better], LABEL_HEADS))
    if changes := lesson.changes:
        say()
        total = changes.total
        say(f"Over the last 30 days it would publish {total.gained}, drop {total.missed} and move {total.moved}:")
        for sign, part in (("+", changes.gained), ("−", changes.missed)):
            for change in part[:10]:
                say(f"  {sign} {change.title}")


def _rulings(name: str, found: "Agreement") -> None:
    if found.disagreement is None:
        say("There are no rulings yet. They come from the desk: wireroom desk publish|hold|spike URL")
        return
    figures = (("precision", found.precision), ("recall", found.recall))
    shown = ", ".join(f"{label} {'–' if value is None else f'{value:.0%}'}" for label, value in figures)
    say(f"{name:<8} we disagree with the machine in {found.disagreement:.0%} of {found.rulings} rulings; {shown}")


def _tell_topics(found: "TopicReport", fooled: int) -> None:
    say(f"{found.labels} labels")
    say()
    say(columns([_row(line) for line in found.lines if line.labels or line.rule.wrong], LABEL_HEADS))
    for line in found.lines:
        if line.fooled[:fooled]:
            say()
            say(f"{line.topic}: {line.rule.wrong} wrongly given, {line.rule.missed} missed", style="red")
            for one in line.fooled[:fooled]:
                say(f"  {'given ' if one.given else 'missed'} {one.title}")
                say(f"         “{one.sentence}”")
                say(f"         {one.because}")


def _row(line: "TopicLine") -> tuple[str, ...]:
    rule, learned = line.rule, line.learned
    return (
        line.topic,
        str(line.labels),
        *_shown(rule),
        f"{learned.f1:.3f}" if learned else "–",
        "yes" if line.better else "",
    )


def _shown(figures: "Figures") -> tuple[str, ...]:
    """Write figures; of what was never given, or never wanted, there is no share."""
    given, wanted = figures.right + figures.wrong, figures.right + figures.missed
    pairs = ((figures.precision, given), (figures.recall, wanted), (figures.f1, given + wanted))
    return tuple(f"{value:.3f}" if number else "–" for value, number in pairs)
