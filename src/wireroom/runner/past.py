"""How is a beat read story by story, so that memory does not grow with the number of its reports?

Of each report its id is kept, of each story when it was told. Everything else is read from the archive when a story's
turn comes, and let go afterwards.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from sys import intern

from msgspec import Struct

from wireroom.edition.gather import moment
from wireroom.edition.verdict import RULED
from wireroom.ports.moment import Listed, Moment
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, StoryId
from wireroom.records.rulings import RulingKind

AT_ONCE = 250
"""Reports that are held together: about 2 MB with their texts."""


FOREVER = datetime.max.replace(tzinfo=UTC)


class Line(Struct, frozen=True):
    """A story with the ids of its reports."""

    articles: tuple[ArticleId, ...]
    first: datetime
    last: datetime


class Past:
    """What a beat knew at one moment of what came out before `until`, or of everything."""

    def __init__(self, moment: Moment, beat: BeatId, until: datetime = FOREVER, *, alive: bool = False) -> None:
        """List the stories; with `alive`, what was killed is in none of them."""
        self.beat = beat
        self._moment = moment
        self._until = until
        self.ruled: dict[ArticleId, tuple[datetime, RulingKind]] = {}
        """When what was ruled came out, and how it was ruled; only rulings that decide."""
        self.stories = self._stories((one for one in moment.listing() if one.at < until), alive=alive)
        """All stories, in order of their first reports."""

    def parts(self, wanted: Callable[[Line], bool]) -> Iterator[dict[StoryId, Line]]:
        """Yield the wanted stories in order, a few at a time."""
        return in_parts(self.stories, wanted)

    def snapshot(self, part: Mapping[StoryId, Line]) -> Snapshot:
        """Return what is known of these stories, with those reports of others that theirs repeat."""
        found = {one.article.id: one for one in self._known([name for line in part.values() for name in line.articles])}
        complete(found, lambda missing: self._known(sorted(missing)))
        return Snapshot(beat=self.beat, taken_at=self._until, candidates=tuple(found.values()))

    def _known(self, articles: list[ArticleId]) -> Iterable[Candidate]:
        return (one for one in self._moment.candidates(articles) if moment(one) < self._until)

    def _stories(self, listed: Iterable[Listed], *, alive: bool) -> dict[StoryId, Line]:
        groups: dict[StoryId, list[Listed]] = {}
        for one in sorted(listed, key=lambda one: (one.at, one.article)):
            if one.ruling in RULED:
                self.ruled[one.article] = (one.at, one.ruling)
            if not (alive and one.ruling is RulingKind.KILL):
                groups.setdefault(one.story, []).append(one)
        return {
            StoryId(intern(name)): Line(tuple(one.article for one in some), some[0].at, some[-1].at)
            for name, some in groups.items()
        }


def in_parts(stories: Mapping[StoryId, Line], wanted: Callable[[Line], bool]) -> Iterator[dict[StoryId, Line]]:
    """Yield the wanted stories in order, a few at a time."""
    part: dict[StoryId, Line] = {}
    size = 0
    for name, line in stories.items():
        if not wanted(line):
            continue
        part[name] = line
        size += len(line.articles)
        if size >= AT_ONCE:
            yield part
            part, size = {}, 0
    if part:
        yield part


def complete(found: dict[ArticleId, Candidate], load: Callable[[set[ArticleId]], Iterable[Candidate]]) -> None:
    """Add those reports that the found ones repeat, and what these repeat in turn."""
    asked = set(found)
    while missing := _repeated(found.values()) - asked:
        asked |= missing
        found |= {one.article.id: one for one in load(missing)}


def _repeated(candidates: Iterable[Candidate]) -> set[ArticleId]:
    return {one.copy.copy_of for one in candidates if one.copy and one.copy.copy_of}
