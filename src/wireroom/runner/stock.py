"""How is all that a beat knows laid ready for an edition that must not hold it? Read once, then looked up in a file.

Stories come from the archive a few at a time and are put down packed, in their order. What stays in memory is where
each report lies, when it came out, its path, and which reports stand for a story: a quarter of a kilobyte.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import cast

from msgspec import Struct, msgpack

from wireroom.edition.filed import Filed, Store
from wireroom.edition.gather import Happening, happenings, moment
from wireroom.edition.related import Face, face, reaches
from wireroom.edition.stock import Part
from wireroom.edition.subjects import names_topic
from wireroom.edition.survey import Surveyor
from wireroom.ports.moment import Moment
from wireroom.records.articles import Image
from wireroom.records.editions import Candidate
from wireroom.records.ids import ArticleId, BeatId, StoryId
from wireroom.records.rulings import RulingKind
from wireroom.records.sources import Provider
from wireroom.runner.past import Line, Past, complete, in_parts

WARM = 2048
"""Faces that stay at hand: stories of one affair show each other, and come one after the other."""


class _SeenArticle(Struct, frozen=True):
    id: ArticleId
    read_at: datetime
    canonical_url: str
    title: str
    provider: Provider
    excerpt: str = ""
    published_at: datetime | None = None
    amp_url: str | None = None
    cdn_amp_url: str | None = None
    type: str = "article"
    images: tuple[Image, ...] = ()


class _Worth(Struct, frozen=True):
    value: float


class _Ruled(Struct, frozen=True):
    kind: RulingKind


class _Seen(Struct, frozen=True):
    """Those fields of a candidate that its face shows; decoding skips the others."""

    article: _SeenArticle
    quality: _Worth | None = None
    ruling: _Ruled | None = None
    imported: bool = False


_candidate = msgpack.Decoder(Candidate)
_seen = msgpack.Decoder(_Seen)


class Spooled:
    """What a moment knows, put into a store; fulfils edition.stock.Stock when the moment is closed already."""

    def __init__(self, moment: Moment, beat: BeatId, store: Store) -> None:
        """Read everything once."""
        self.beat = beat
        self.paths: dict[ArticleId, str] = {}
        self.named: set[StoryId] = set()
        self._store = store
        self._filed = Filed(store, _face, WARM)
        self._numbers: dict[ArticleId, int] = {}
        self._faces: dict[StoryId, tuple[tuple[datetime, int], ...]] = {}
        past = Past(moment, beat, alive=True)
        self._lines = past.stories
        self.reports = {name: line.articles for name, line in past.stories.items()}
        surveyor = Surveyor()
        for part in past.parts(lambda _: True):
            self._take(past.snapshot(part).candidates, part, surveyor)
        self.survey = surveyor.survey()
        self.killed = moment.candidates([name for name, (_, kind) in past.ruled.items() if kind is RulingKind.KILL])
        self._grant(self.killed)
        self.carried = moment.carried()

    def parts(self, wanted: Callable[[Iterable[ArticleId]], bool]) -> Iterator[Part]:
        """Yield those stories whose reports are wanted, by their first reports, a few at a time."""
        for part in in_parts(self._lines, lambda line: wanted(line.articles)):
            found = {one: self._candidate(self._numbers[one]) for line in part.values() for one in line.articles}
            complete(found, self._known)
            yield Part(
                happenings(self.beat, found.values(), part),
                {name: one.article.title for name, one in found.items()},
            )

    def story(self, name: StoryId) -> Happening:
        """Return one story."""
        found = {one: self._candidate(self._numbers[one]) for one in self._lines[name].articles}
        complete(found, self._known)
        return happenings(self.beat, found.values(), {name})[0]

    def faces(self, names: Iterable[StoryId], at: datetime) -> Iterator[Face]:
        """Yield the faces of these stories that are within reach of a time."""
        for name in names:
            for out, number in self._faces[name]:
                if reaches(at, out):
                    yield self._filed.fetch(number)

    def _take(self, candidates: Iterable[Candidate], part: Mapping[StoryId, Line], surveyor: Surveyor) -> None:
        known = {one.article.id: one for one in candidates}
        for story in happenings(self.beat, known.values(), part):
            for member in story.members:
                self._put(member)
            self._grant(story.members)
            surveyor.add(story)
            if names_topic(story):
                self.named.add(story.id)
            self._faces[story.id] = tuple((moment(one), self._numbers[one.article.id]) for one in story.faces)

    def _put(self, candidate: Candidate) -> None:
        body = msgpack.encode(candidate)
        self._store.keep(body)
        self._numbers[candidate.article.id] = self._filed.note(len(body))

    def _grant(self, candidates: Iterable[Candidate]) -> None:
        self.paths |= {one.article.id: one.path for one in candidates if one.path}

    def _known(self, names: Iterable[ArticleId]) -> Iterator[Candidate]:
        return (self._candidate(self._numbers[name]) for name in sorted(names) if name in self._numbers)

    def _candidate(self, number: int) -> Candidate:
        return _candidate.decode(self._filed.body(number))


def _face(body: bytes) -> Face:
    return face(cast(Candidate, _seen.decode(body)))
