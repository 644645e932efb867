"""What does one set of rules make of the past? It takes stories in as they come and gives their reports back by day."""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache

from msgspec import Struct, structs

from wireroom.edition.agreement import unruled
from wireroom.edition.changes import Span, Standing, day_of, standing
from wireroom.edition.compose import Judged
from wireroom.edition.gather import Happening, gather
from wireroom.edition.judging import Table, judge_happening, room
from wireroom.edition.rationing import rationed, short
from wireroom.edition.stock import titles
from wireroom.edition.subjects import Origin, names_topic, order_of, origin
from wireroom.edition.survey import Survey
from wireroom.records.editions import Snapshot
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.policy import Policy

ORIGINS = 1024
"""Stories that others go on from, of which what is taken over is kept at hand."""


class Seen(Struct, frozen=True, kw_only=True):
    """What a pass over all stories found."""

    survey: Survey
    settled: Mapping[StoryId, bool]
    """Of stories that are not judged anew: whether their reports name a topic."""


class Rules(Struct, frozen=True, kw_only=True):
    """What judges, and what it is shown."""

    policy: Policy
    anew: bool
    """Topics and quality are judged anew; otherwise they are those that the archive holds."""
    alone: bool
    """Rulings are not shown."""
    only: frozenset[ArticleId] | None = None
    """The articles that are asked for; None = all."""


class Trial:
    """Judges stories by one set of rules."""

    def __init__(self, rules: Rules, seen: Seen, span: Span, load: Callable[[StoryId], Snapshot]) -> None:
        self.rules = rules
        self._from = day_of(span.since)
        self._load = load
        self._table = Table(
            policy=rules.policy,
            room=room(seen.survey, rules.policy, span.until),
            order=order_of(rules.policy),
            titles={},
            origin=_Origins(seen, self._story),
            beside=lambda _happening, _at: (),
            brief=True,
        )
        self._done: dict[str, list[Standing]] = {}
        self._waiting: dict[str, list[Judged]] = {}
        """Where places are short: nobody knows who has one before a day is complete."""

    def take(self, snapshot: Snapshot, part: Collection[StoryId]) -> None:
        """Judge those of a snapshot's stories that are asked for."""
        stories = gather(unruled(snapshot) if self.rules.alone else snapshot)
        table = structs.replace(self._table, titles=titles(stories))
        for story in stories:
            if story.id in part:
                for item in judge_happening(story, table):
                    self._keep(item)

    def days(self) -> set[str]:
        """Return the days of which something is kept."""
        return {*self._done, *self._waiting}

    def day(self, day: str) -> list[Standing]:
        """Return a day's reports and forget them; all of its stories must have been taken in."""
        waited = rationed(tuple(self._waiting.pop(day, ())), self.rules.policy)
        return [*self._done.pop(day, ()), *(standing(item) for item in waited if self._asked_for(item))]

    def _keep(self, item: Judged) -> None:
        one = standing(item)
        if one.day < self._from:
            return
        if short(self.rules.policy):
            self._waiting.setdefault(one.day, []).append(item)
        elif self._asked_for(item):
            self._done.setdefault(one.day, []).append(one)

    def _asked_for(self, item: Judged) -> bool:
        return self.rules.only is None or item.candidate.article.id in self.rules.only

    def _story(self, name: StoryId) -> Happening:
        snapshot = self._load(name)
        return next(one for one in gather(unruled(snapshot) if self.rules.alone else snapshot) if one.id == name)


class _Origins:
    """Finds the story that one goes on from, without holding all of them.

    Stories mostly come after those that they go on from; what was not judged yet is read when it is asked for.
    """

    def __init__(self, seen: Seen, load: Callable[[StoryId], Happening]) -> None:
        self._continues = seen.survey.affairs.continues
        self._asked = frozenset(self._continues.values())
        self._settled = seen.settled
        self._nearest: dict[StoryId, StoryId | None] = {}
        self._load = load
        self._origin = lru_cache(ORIGINS)(self._loaded)

    def __call__(self, happening: Happening) -> Origin | None:
        """Return what a story takes over, when its own reports name no topic."""
        if names_topic(happening):
            if happening.id in self._asked:
                self._nearest[happening.id] = happening.id
            return None
        found = self._before(happening.id)
        return self._origin(found) if found else None

    def _before(self, name: StoryId) -> StoryId | None:
        trail, at = [name], self._continues.get(name)
        while at is not None and at not in self._nearest:
            if self._names_topic(at):
                self._nearest[at] = at
                break
            trail.append(at)
            at = self._continues.get(at)
        found = None if at is None else self._nearest[at]
        self._nearest |= {one: found for one in trail if one in self._asked}
        return found

    def _names_topic(self, name: StoryId) -> bool:
        known = self._settled.get(name)
        return names_topic(self._load(name)) if known is None else known

    def _loaded(self, name: StoryId) -> Origin:
        return origin(self._load(name))
