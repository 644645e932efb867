"""Which candidates are on the table, and which of them tell one happening? Links and copies are read, never judged."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from wireroom.records.articles import out_at
from wireroom.records.copies import CopyKind
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, StoryId, story_id
from wireroom.records.rulings import RulingKind

REPEATS = frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.SYNDICATED, CopyKind.SCRAPER, CopyKind.PRESS_RELEASE})
"""Kinds of copies that bring no report of their own: readers need one of them."""

DEPENDENT = REPEATS | {CopyKind.REWRITTEN}
"""Kinds that confirm nothing: a rewrite may be worth reading, but its source counts already."""


class Happening(Struct, frozen=True, kw_only=True):
    """The candidates of one happening, in order of publication."""

    id: StoryId
    members: tuple[Candidate, ...]
    independent: tuple[Candidate, ...]
    """One member for each publisher that reports for itself; copies of one text are one."""
    faces: tuple[Candidate, ...] = ()
    """One member for each text: what readers need to be shown. A rewrite has a text of its own; nobody spiked it."""

    @property
    def originals(self) -> tuple[Candidate, ...]:
        """The members that are not copies of another report."""
        return tuple(member for member in self.members if not repeats(member))


def moment(candidate: Candidate) -> datetime:
    """Return when an article came out: its publication, else when it was read."""
    return out_at(candidate.article)


def repeats(candidate: Candidate) -> bool:
    """Tell whether an article is a copy of another one."""
    copy = candidate.copy
    return copy is not None and copy.kind in REPEATS and (copy.copy_of is not None or copy.agency is not None)


def gather(snapshot: Snapshot) -> tuple[Happening, ...]:
    """Return the happenings of a snapshot, oldest first; what was killed has vanished from all of them."""
    return happenings(snapshot.beat, snapshot.candidates)


def happenings(
    beat: BeatId, candidates: Iterable[Candidate], wanted: Container[StoryId] | None = None
) -> tuple[Happening, ...]:
    """Return what candidates tell, oldest first; of stories that are not wanted, they only show what is repeated."""
    alive = [candidate for candidate in candidates if not killed(candidate)]
    groups: dict[StoryId, list[Candidate]] = {}
    for candidate in sorted(alive, key=lambda c: (moment(c), c.article.id)):
        groups.setdefault(_story(beat, candidate), []).append(candidate)
    by_id = {candidate.article.id: candidate for candidate in alive}
    told = ((story, members) for story, members in groups.items() if wanted is None or story in wanted)
    return tuple(_happening(story, members, by_id) for story, members in told)


def killed(candidate: Candidate) -> bool:
    """Tell whether an article was taken down."""
    return _ruled(candidate) is RulingKind.KILL


def spiked(candidate: Candidate) -> bool:
    """Tell whether an editor wants no post of an article."""
    return _ruled(candidate) is RulingKind.SPIKE


def wanted(candidate: Candidate) -> bool:
    """Tell whether an article has a post even if its story is off the beat: somebody asked for it."""
    return candidate.imported or _ruled(candidate) in {RulingKind.PUBLISH, RulingKind.HOLD}


def _ruled(candidate: Candidate) -> RulingKind | None:
    return candidate.ruling.kind if candidate.ruling else None


def _happening(story: StoryId, members: Sequence[Candidate], known: Mapping[ArticleId, Candidate]) -> Happening:
    first = _first_of_each_text(members, known)
    faces = {one.article.id for one in first} | {m.article.id for m in members if depends(m) and not repeats(m)}
    return Happening(
        id=story,
        members=tuple(members),
        independent=_independent(first),
        faces=tuple(member for member in members if member.article.id in faces and not spiked(member)),
    )


def _story(beat: BeatId, candidate: Candidate) -> StoryId:
    """Return the story of a candidate; one that was not linked yet stands alone."""
    return candidate.link.story if candidate.link else story_id(beat, candidate.article.id)


def _first_of_each_text(members: Sequence[Candidate], known: Mapping[ArticleId, Candidate]) -> list[Candidate]:
    """Return one member for each source text, in order of publication; what is no copy goes before its copies."""
    chosen: dict[str, Candidate] = {}
    for member in sorted(members, key=lambda m: (depends(m), moment(m), m.article.id)):
        chosen.setdefault(_source(member, known), member)
    return sorted(chosen.values(), key=lambda m: (moment(m), m.article.id))


def _independent(first: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return one member for each publisher."""
    publishers: dict[str, Candidate] = {}
    for member in first:
        publishers.setdefault(publisher(member), member)
    return tuple(publishers.values())


def publisher(candidate: Candidate) -> str:
    """Name who publishes an article: a second report of one publisher is no second source."""
    provider = candidate.article.provider
    return provider.domain or provider.name or candidate.article.id


def depends(candidate: Candidate) -> bool:
    """Tell whether a report confirms nothing by itself."""
    return candidate.copy is not None and candidate.copy.kind in DEPENDENT


def _source(candidate: Candidate, known: Mapping[ArticleId, Candidate]) -> str:
    """Name the text that a candidate goes back to, following copies of copies; a ring ends at its first id."""
    seen: list[ArticleId] = []
    at: Candidate | None = candidate
    while at is not None and at.article.id not in seen:
        seen.append(at.article.id)
        if at.copy is None or at.copy.kind not in DEPENDENT:
            return seen[-1]
        if at.copy.copy_of is None:
            return f"agency {at.copy.agency}" if at.copy.agency else seen[-1]
        if at.copy.copy_of not in known:
            return at.copy.copy_of
        at = known[at.copy.copy_of]
    return min(_ring(seen, at))


def _ring(seen: Iterable[ArticleId], at: Candidate | None) -> list[ArticleId]:
    """Return the ids that lie on the ring, not those that led to it."""
    ids = list(seen)
    return ids[ids.index(at.article.id) :] if at else ids
