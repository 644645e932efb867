"""Which stories belong to one long affair, which touch each other, and what became of stories that are gone?

An affair (a bill, a court case, a rollout in one town) goes on in stories of its own for months. Two stories belong
together when they name the same people, places and laws that few other stories name. It must not mix happenings: a
story stays what it is.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from math import log

from msgspec import Struct, structs

from wireroom.edition.gather import Happening, moment
from wireroom.edition.timeline import things
from wireroom.records.ids import StoryId
from wireroom.text.tokens import fold

REACH = timedelta(days=120)
"""How long an affair may rest before a new story starts another one."""
SHARED = 2
"""Names in common, one of them rare: one is a place or a company, two are a case."""
SHARE = 0.25
"""Of the weight of the names of the story that has fewer."""
COMMON = 0.05
"""Share of a beat's stories from which a name no longer tells one affair from another: the vendor of every camera."""
COMMON_LEAST = 4
LONGEST = 60
"""Stories of one thread: a thread that takes in everything is worth nothing."""


class Affairs(Struct, frozen=True, kw_only=True):
    """What is known of the stories of one snapshot beyond themselves."""

    thread: Mapping[StoryId, tuple[StoryId, ...]] = {}
    """All stories of the affair, oldest first; only where there is more than one."""
    continues: Mapping[StoryId, StoryId] = {}
    near: Mapping[StoryId, frozenset[StoryId]] = {}
    """Nearly joined, either way round."""
    formerly: Mapping[StoryId, tuple[StoryId, ...]] = {}
    """Ids whose last report is in this story now."""


class Register:
    """Takes stories in one by one and keeps of each what relates it to others: a few hundred bytes."""

    def __init__(self) -> None:
        self._cases: list[_Case] = []
        self._spellings: dict[str, str] = {}
        self._touched: list[tuple[StoryId, StoryId]] = []
        self._left: list[tuple[StoryId, StoryId]] = []

    def add(self, story: Happening) -> None:
        """Take a story in."""
        names = tuple(self._spellings.setdefault(name, name) for name in sorted(_names(story)))
        self._cases.append(_Case(id=story.id, names=names, at=moment(story.members[0])))
        links = [member.link for member in story.members if member.link]
        self._touched += [(story.id, one.story) for link in links for one in link.near if one.story != story.id]
        self._left += [(name, story.id) for link in links for name in link.formerly]

    def affairs(self) -> Affairs:
        """Relate all that was taken in."""
        thread, continues = _threads(self._cases)
        alive = {case.id for case in self._cases}
        return Affairs(
            thread=thread, continues=continues, near=_near(self._touched, alive), formerly=_formerly(self._left, alive)
        )


class _Case(Struct, frozen=True, kw_only=True):
    """A story as far as its affair goes."""

    id: StoryId
    names: tuple[str, ...]
    at: datetime
    weight: float = 0.0
    """Of its names that few other stories have."""


def _threads(cases: Sequence[_Case]) -> tuple[dict[StoryId, tuple[StoryId, ...]], dict[StoryId, StoryId]]:
    """Let each story go on from the earlier one that it shares most with."""
    used = Counter(name for case in cases for name in case.names)
    most = max(COMMON_LEAST, min(int(COMMON * len(cases)), LONGEST))
    weight = {name: log(1 + len(cases) / count) if count <= most else 0.0 for name, count in used.items()}
    named: defaultdict[str, list[_Case]] = defaultdict(list)
    groups: dict[StoryId, list[StoryId]] = {}
    continues: dict[StoryId, StoryId] = {}
    for bare in sorted(cases, key=lambda case: (case.at, case.id)):
        case = structs.replace(bare, weight=sum(weight[name] for name in bare.names))
        groups[case.id] = [case.id]
        before = _before(case, named, weight)
        if before is not None and len(groups[before.id]) < LONGEST:
            continues[case.id] = before.id
            groups[before.id].append(case.id)
            groups[case.id] = groups[before.id]
        for name in case.names:
            if weight[name]:
                named[name].append(case)
    return {name: tuple(group) for name, group in groups.items() if len(group) > 1}, continues


def _before(case: _Case, named: Mapping[str, list[_Case]], weight: Mapping[str, float]) -> _Case | None:
    """Find the earlier story that shares most with a story; of equals the latest."""
    shared: dict[StoryId, list[float]] = {}
    known: dict[StoryId, _Case] = {}
    for name in case.names:
        for other in named.get(name, ()):
            if case.at - other.at <= REACH:
                known[other.id] = other
                shared.setdefault(other.id, []).append(weight[name])
    own, names = sum(weight[name] for name in case.names), frozenset(case.names)
    fits = (
        (sum(weights), known[name].at, name)
        for name, weights in shared.items()
        if len(names.intersection(known[name].names)) >= SHARED and sum(weights) >= SHARE * min(own, known[name].weight)
    )
    best = max(fits, default=None)
    return known[best[2]] if best else None


def _names(story: Happening) -> frozenset[str]:
    """Return what a story is about, however it is spelled."""
    return frozenset(thing.wikidata or fold(thing.name) for thing in things(story))


def _near(touched: Iterable[tuple[StoryId, StoryId]], alive: Collection[StoryId]) -> dict[StoryId, frozenset[StoryId]]:
    found: defaultdict[StoryId, set[StoryId]] = defaultdict(set)
    for one, other in touched:
        if other in alive:
            found[one].add(other)
            found[other].add(one)
    return {name: frozenset(others) for name, others in found.items()}


def _formerly(
    left: Iterable[tuple[StoryId, StoryId]], alive: Collection[StoryId]
) -> dict[StoryId, tuple[StoryId, ...]]:
    """Return where the ids of stories lead that nothing is left of."""
    leads: dict[StoryId, StoryId] = {}
    for name, story in left:
        if name not in alive:
            leads.setdefault(name, story)
    found: defaultdict[StoryId, list[StoryId]] = defaultdict(list)
    for name, story in sorted(leads.items()):
        found[story].append(name)
    return {name: tuple(gone) for name, gone in found.items()}
