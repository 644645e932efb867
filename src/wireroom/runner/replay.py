"""What would past days have looked like under other rules? The archive is only read.

It is read story by story and answered day by day, so that memory depends on how much comes out while a story is told,
not on the length of the past.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct, structs

from wireroom.edition.agreement import Agreement, agreement, unruled
from wireroom.edition.changes import Change, Changes, Day, OneDay, Span, Standing, compare, day_of, summed
from wireroom.edition.gather import gather
from wireroom.edition.subjects import names_topic
from wireroom.edition.survey import Surveyor
from wireroom.intake.lineup import judges
from wireroom.ports.archive import Archive
from wireroom.records.editions import Snapshot
from wireroom.records.ids import ArticleId, BeatId, StoryId
from wireroom.records.policy import Policy
from wireroom.records.rulings import RulingKind
from wireroom.runner.past import Line, Past
from wireroom.runner.rejudging import Rejudge
from wireroom.runner.trying import Rules, Seen, Trial


class Question(Struct, frozen=True, kw_only=True):
    """Which span, under which rules, seen with whose knowledge."""

    span: Span
    before: Policy
    """The rules in force; what was judged under them is taken as it stands in the archive."""
    after: Policy
    """The rules to be tried."""
    known_at: datetime
    """Facts and rulings recorded up to then count."""


class Tried(Struct, frozen=True, kw_only=True):
    """The rules that were tried, by the names of their judges."""

    preset: str
    topics: str
    quality: str


class Measured(Struct, frozen=True, kw_only=True):
    """The machine against the rulings on a span, under old and new rules."""

    before: Agreement
    after: Agreement


class Replay(Struct, frozen=True, kw_only=True):
    """The answer: the same question over the same archive is the same bytes."""

    beat: BeatId
    since: datetime
    until: datetime
    rules: Tried
    changes: Changes
    rulings: Measured


def replay(archive: Archive, question: Question, keep: int | None = None) -> Replay:
    """Judge a span under other rules and compare; of what differs, `keep` articles of each kind are named, or all."""
    kept = _Kept(keep)
    answer = replayed(archive, question, kept.add)
    return structs.replace(answer, changes=kept.named_in(answer.changes))


def replayed(archive: Archive, question: Question, tell: Callable[[OneDay], None]) -> Replay:
    """Judge a span under other rules and tell what differs day by day; the answer holds the numbers only.

    The clock stands at the end of the span.
    """
    days: list[Day] = []
    span, policy = question.span, question.after
    with archive.moment(policy.beat, question.known_at) as moment:
        walk = _Walk(Past(moment, policy.beat, span.until), question, Rejudge(moment, policy))
        for day in walk.days():
            days.append(day.day)
            tell(day)
    named = judges(policy)
    return Replay(
        beat=policy.beat,
        since=span.since,
        until=span.until,
        rules=Tried(preset=policy.preset.name, topics=named.classify, quality=named.appraise),
        changes=Changes(total=summed(days), days=tuple(days)),
        rulings=walk.measured,
    )


class _Kept:
    """Collects what days tell, up to a length."""

    def __init__(self, most: int | None) -> None:
        self._most = most
        self._published: list[str] = []
        self._gained: list[Change] = []
        self._missed: list[Change] = []
        self._moved: list[Change] = []

    def add(self, day: OneDay) -> None:
        self._published += day.published[: self._room(len(self._published))]
        self._gained += day.gained[: self._room(len(self._gained))]
        self._missed += day.missed[: self._room(len(self._missed))]
        self._moved += day.moved[: self._room(len(self._moved))]

    def named_in(self, changes: Changes) -> Changes:
        return structs.replace(
            changes,
            published=tuple(self._published),
            gained=tuple(self._gained),
            missed=tuple(self._missed),
            moved=tuple(self._moved),
        )

    def _room(self, taken: int) -> int | None:
        return None if self._most is None else max(0, self._most - taken)


class _Walk:
    """Goes through the past once to survey it, and once more through the span to judge it."""

    def __init__(self, past: Past, question: Question, rejudge: Rejudge) -> None:
        self.measured = Measured(before=Agreement(), after=Agreement())
        self._past = past
        self._span = question.span
        self._rejudge = rejudge
        self._rulings = {name: kind for name, (at, kind) in past.ruled.items() if question.span.holds(at)}
        seen = self._survey(alone=False)
        self._sides = self._pair(question, seen, alone=False)
        self._alone = self._pair(question, self._unruled(seen), alone=True) if self._rulings else None

    def days(self) -> Iterator[OneDay]:
        """Yield the days of the span on which something came out."""
        first = self._span.since - timedelta(days=1)
        for part in self._past.parts(lambda line: line.last >= first):
            yield from self._closed(day_of(min(line.first for line in part.values())))
            self._judge(part)
        yield from self._closed(None)

    def _unruled(self, seen: Seen) -> Seen:
        """Return what a look at the stories finds when nobody has ruled: only what was killed makes a difference."""
        killed = any(kind is RulingKind.KILL for _, kind in self._past.ruled.values())
        return self._survey(alone=True) if killed else seen

    def _pair(self, question: Question, seen: Seen, *, alone: bool) -> tuple[Trial, Trial]:
        """Make the two sides that are compared: the rules in force on what they judged, and those that are tried."""
        only = frozenset(self._rulings) if alone else None
        old = Rules(policy=question.before, anew=False, alone=alone, only=only)
        new = Rules(policy=question.after, anew=True, alone=alone, only=only)
        return Trial(old, seen, self._span, self._as_it_was), Trial(new, seen, self._span, self._judged_anew)

    def _survey(self, *, alone: bool) -> Seen:
        """Look at every story once; of those outside of the span, remember what is not judged anew."""
        surveyor, settled = Surveyor(), dict[StoryId, bool]()
        for part in self._past.parts(lambda _: True):
            snapshot = self._past.snapshot(part)
            for story in gather(unruled(snapshot) if alone else snapshot):
                if story.id in part:
                    surveyor.add(story)
                    if not self._concerned(part[story.id]):
                        settled[story.id] = names_topic(story)
        return Seen(survey=surveyor.survey(), settled=settled)

    def _concerned(self, line: Line) -> bool:
        """Tell whether a story has reports in the span: then all its reports are judged anew.

        Killed ones are among them: whether the machine would have left them out by itself is part of the answer.
        """
        return line.last >= self._span.since

    def _judge(self, part: dict[StoryId, Line]) -> None:
        was = self._past.snapshot(part)
        now = self._anew(was, part)
        for trial in (*self._sides, *(self._alone or ())):
            trial.take(now if trial.rules.anew else was, part)

    def _anew(self, snapshot: Snapshot, part: dict[StoryId, Line]) -> Snapshot:
        lines = (line for line in part.values() if self._concerned(line))
        return self._rejudge(snapshot, {name for line in lines for name in line.articles})

    def _as_it_was(self, name: StoryId) -> Snapshot:
        return self._past.snapshot({name: self._past.stories[name]})

    def _judged_anew(self, name: StoryId) -> Snapshot:
        part = {name: self._past.stories[name]}
        return self._anew(self._past.snapshot(part), part)

    def _closed(self, before: str | None) -> Iterator[OneDay]:
        """Yield the days that no later story reaches back to; None = all that are left."""
        trials = (*self._sides, *(self._alone or ()))
        for day in sorted({day for trial in trials for day in trial.days() if before is None or day < before}):
            old, new = ([one for one in trial.day(day) if self._span.holds(one.at)] for trial in self._sides)
            if self._alone:
                self._measure(*(trial.day(day) for trial in self._alone))
            if new:
                yield compare(day, old, new)

    def _measure(self, before: list[Standing], after: list[Standing]) -> None:
        self.measured = Measured(
            before=self.measured.before.plus(_agreed(before, self._rulings)),
            after=self.measured.after.plus(_agreed(after, self._rulings)),
        )


def _agreed(items: list[Standing], rulings: dict[ArticleId, RulingKind]) -> Agreement:
    return agreement({one.article: one.side.published for one in items}, rulings)
