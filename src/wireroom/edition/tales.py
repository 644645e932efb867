"""How are the stories of a great edition held? A line each in memory; what happened in them lies on a shelf.

A timeline says of every report what was new in it: a kilobyte, which only the story's own page shows.
"""

from hashlib import blake2b
from operator import attrgetter
from typing import Any, cast

from msgspec import Struct, msgpack, structs

from wireroom.edition.filed import Filed, Store
from wireroom.edition.lines import same
from wireroom.edition.packing import kept, packed
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.stories import Step, Story, Thing

LAID_OFF = ("timeline", "things")
HELD = tuple(name for name in Story.__struct_fields__ if name not in LAID_OFF)
_held = attrgetter(*HELD)
WARM = 64
"""Stories that stay fetched: a page and its feed come one after the other."""


class _Unfolded(Struct, frozen=True, array_like=True):
    """What of a story lies on the shelf."""

    timeline: tuple[Step, ...]
    things: tuple[Thing, ...]


_unfolded = msgpack.Decoder(_Unfolded)


class StoryLine:
    """Stands for a story on a shelf; its place among the others is set when all are known."""

    __slots__ = ("_number", "_tales", "said", *HELD)

    articles: tuple[ArticleId, ...]
    said: bytes
    """Names what lies on the shelf."""

    def __init__(self, tales: "Tales", number: int, story: Story, said: bytes) -> None:
        self._tales, self._number, self.said = tales, number, said
        for name in HELD:
            setattr(self, name, getattr(story, name))
        self.articles = tuple(map(same, story.articles))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field
        return getattr(self._tales.fetch(self._number), name)


class Tales:
    """Holds stories by number, packed."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._filed = Filed(store, _unfolded.decode, WARM)

    def put(self, story: Story) -> Story:
        """Put a story away and return its line; one that cannot be packed (a lone surrogate) is returned as it is."""
        body = kept(_folded(story))
        if body is None:
            return story
        self._store.keep(body)
        return cast(Story, StoryLine(self, self._filed.note(len(body)), story, _name(body)))

    def fetch(self, number: int) -> _Unfolded:
        """Return what happened in a story."""
        return self._filed.fetch(number)


def beside(
    story: Story,
    *,
    thread: tuple[StoryId, ...],
    continues: StoryId | None,
    near: tuple[StoryId, ...],
    formerly: tuple[StoryId, ...],
) -> Story:
    """Return a story with its place among the others; the line of one is the same from then on."""
    if not isinstance(cast(object, story), StoryLine):
        return structs.replace(story, thread=thread, continues=continues, near=near, formerly=formerly)
    line = cast(Any, story)
    line.thread, line.continues, line.near, line.formerly = thread, continues, near, formerly
    return story


def names_story(story: Story) -> bytes:
    """Name all that is known of a story."""
    line = cast(object, story)
    said = line.said if isinstance(line, StoryLine) else _name(packed(_folded(story)))
    return _name(said + packed(_held(story)))


def _folded(story: Story) -> _Unfolded:
    return _Unfolded(story.timeline, story.things)


def _name(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()
