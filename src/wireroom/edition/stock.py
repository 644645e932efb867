"""Where does everything known of a beat lie while an edition is made of it? It is handed out story by story.

So whoever judges and composes need not know whether the beat is held whole or read back a few stories at a time.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from wireroom.edition.gather import Happening, gather, killed, moment
from wireroom.edition.related import Face, face, reaches
from wireroom.edition.subjects import names_topic
from wireroom.edition.survey import Survey, survey
from wireroom.records.editions import Candidate, File, Snapshot
from wireroom.records.ids import ArticleId, BeatId, StoryId


class Part(Struct, frozen=True):
    """Some stories, whole."""

    stories: tuple[Happening, ...]
    titles: Mapping[ArticleId, str]
    """Of their reports, and of all that these repeat and that is on the table."""


class Stock(Protocol):
    """Everything known of a beat, with what was found when all of its stories were looked at once."""

    @property
    def beat(self) -> BeatId:
        """Name the beat."""
        ...

    @property
    def survey(self) -> Survey:
        """Return what its stories say together."""
        ...

    @property
    def reports(self) -> Mapping[StoryId, tuple[ArticleId, ...]]:
        """Return the reports of each story."""
        ...

    @property
    def named(self) -> Container[StoryId]:
        """Return the stories in which some report names a topic."""
        ...

    @property
    def paths(self) -> Mapping[ArticleId, str]:
        """Return the paths that were granted, also to what was killed since."""
        ...

    @property
    def killed(self) -> tuple[Candidate, ...]:
        """Return what was taken down; no story holds it."""
        ...

    @property
    def carried(self) -> tuple[File, ...]:
        """Return the kept files that are no posts."""
        ...

    def parts(self, wanted: Callable[[Iterable[ArticleId]], bool]) -> Iterator[Part]:
        """Yield those stories whose reports are wanted, by their first reports, a few at a time."""
        ...

    def story(self, name: StoryId) -> Happening:
        """Return one story."""
        ...

    def faces(self, names: Iterable[StoryId], at: datetime) -> Iterator[Face]:
        """Yield the faces of these stories that are within reach of a time."""
        ...


class Held:
    """A snapshot that is held whole; fulfils Stock."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._stories = {story.id: story for story in gather(snapshot)}
        self.beat = snapshot.beat
        self.reports = {
            name: tuple(member.article.id for member in story.members) for name, story in self._stories.items()
        }
        self.survey = survey(self._stories.values())
        self.named = frozenset(name for name, story in self._stories.items() if names_topic(story))
        self.paths = {one.article.id: one.path for one in snapshot.candidates if one.path}
        self.killed = tuple(filter(killed, snapshot.candidates))
        self.carried = snapshot.carried

    def parts(self, wanted: Callable[[Iterable[ArticleId]], bool]) -> Iterator[Part]:
        """Yield the wanted stories, all at once."""
        stories = self._stories.values()
        some = (story for story in stories if wanted(member.article.id for member in story.members))
        yield Part(tuple(some), titles(stories))

    def story(self, name: StoryId) -> Happening:
        """Return one story."""
        return self._stories[name]

    def faces(self, names: Iterable[StoryId], at: datetime) -> Iterator[Face]:
        """Yield the faces of these stories that are within reach of a time."""
        for name in names:
            yield from (face(one) for one in self._stories[name].faces if reaches(at, moment(one)))


def titles(happenings: Iterable[Happening]) -> dict[ArticleId, str]:
    """Return the titles of all reports."""
    return {member.article.id: member.article.title for happening in happenings for member in happening.members}
