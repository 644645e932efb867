"""How did a story unfold: what was new in each report, who corrected what, how many confirmed it?

Read from what links say the reports tell; nothing is searched for in texts here.
"""

from collections.abc import Iterable

from msgspec import structs

from wireroom.edition.forms import Names, gathered
from wireroom.edition.gather import Happening, depends, moment, publisher
from wireroom.records.editions import Candidate
from wireroom.records.stories import Step, StepKind, Thing, Told
from wireroom.records.versions import Change
from wireroom.text.tokens import fold

LONGEST = 80
"""Lines of a timeline. Beyond, reports that add nothing are left out, then the latest: every post carries it."""
MOST_THINGS = 8
SHOWN = 120
"""Characters of a changed field that a line shows."""


def timeline(happening: Happening) -> tuple[Step, ...]:
    """Return the lines of a story's timeline, oldest first."""
    steps = _counted(
        sorted((*_reports(happening), *_corrections(happening)), key=lambda step: (step.at, step.article, step.kind))
    )
    if len(steps) <= LONGEST:
        return tuple(steps)
    telling = [step for step in steps if step.kind is not StepKind.COPY and (step.new != Told() or step.changed)]
    return tuple(telling[:LONGEST])


def _counted(steps: Iterable[Step]) -> list[Step]:
    """Let each correction say how many sources there were when it was seen."""
    counted: list[Step] = []
    for step in steps:
        known = counted[-1].independent if counted else 0
        counted.append(structs.replace(step, independent=known) if step.kind is StepKind.CORRECTION else step)
    return counted


def _reports(happening: Happening) -> Iterable[Step]:
    known = _Known()
    sources: set[str] = set()
    confirming = {member.article.id for member in happening.independent}
    for number, member in enumerate(happening.members):
        told = member.link.told if member.link else Told()
        copied = depends(member)
        if member.article.id in confirming:
            sources.add(publisher(member))
        kind = StepKind.COPY if copied else StepKind.REPORT if number else StepKind.FIRST
        new = Told() if copied else known.beyond(told)
        yield structs.replace(_line(member), kind=kind, new=new, independent=len(sources))
        known.add(told)


class _Known:
    """What the reports so far have told."""

    def __init__(self) -> None:
        self._names = Names()
        self._said: set[str] = set()
        """Numbers by their figures, "14.000" is "14,000", and quotes by their words."""

    def beyond(self, told: Told) -> Told:
        """Return what is told and was not known."""
        return Told(
            things=tuple(thing for thing in told.things if not self._names.has(thing)),
            numbers=tuple(number for number in told.numbers if _figures(number) not in self._said),
            quotes=tuple(quote for quote in told.quotes if fold(quote) not in self._said),
        )

    def add(self, told: Told) -> None:
        """Take in what a report tells."""
        self._names.add(told.things)
        self._said.update(map(_figures, told.numbers), map(fold, told.quotes))


def _figures(number: str) -> str:
    return number.replace(".", "").replace(",", "")


def _corrections(happening: Happening) -> Iterable[Step]:
    """Yield what publishers changed after publication."""
    for member in happening.members:
        for version in member.versions:
            changed = "; ".join(map(_changed, version.changes))
            line = structs.replace(_line(member), at=version.seen_at, kind=StepKind.CORRECTION)
            yield structs.replace(line, changed=changed)


def _line(member: Candidate) -> Step:
    article = member.article
    return Step(
        at=moment(member),
        kind=StepKind.REPORT,
        article=article.id,
        title=article.title,
        provider=article.provider.name,
        url=article.canonical_url,
    )


def _changed(change: Change) -> str:
    """Say what was changed; a changed text is not repeated."""
    if change.field == "text":
        return "the text was changed"
    return f"{change.field}: “{change.before[:SHOWN]}” → “{change.after[:SHOWN]}”"


def things(happening: Happening) -> tuple[Thing, ...]:
    """Return whom and what a story is about: named by at least half of the reports that stand on their own."""
    own = [member.link.told.things for member in happening.independent if member.link]
    kept = [(thing, count) for thing, count in gathered(own) if 2 * count >= len(own)]
    return tuple(thing for thing, _ in sorted(kept, key=lambda pair: -pair[1])[:MOST_THINGS])
