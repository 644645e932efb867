"""How is a great edition held? A line a post in memory; the rest lies on a shelf until a page shows it."""

from array import array
from hashlib import blake2b
from typing import Protocol, cast

from msgspec import msgpack, structs

from wireroom.edition import packing
from wireroom.edition.lines import PostLine, Seen
from wireroom.records.editions import Post
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic

WARM = 256
"""Posts that stay fetched: one list shows fewer, and its other forms follow at once."""
_seen = msgpack.Decoder(Seen)
_post = msgpack.Decoder(Post)


class Place(Protocol):
    """Where bytes lie, one piece after the other."""

    def look(self, start: int, end: int) -> bytes:
        """Return what lies between two places."""
        ...


class Store(Place, Protocol):
    """Where bytes can be put."""

    def keep(self, body: bytes) -> None:
        """Put a piece behind those that lie there."""
        ...


class Filled:
    """Holds posts by number that lie packed somewhere."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._places = array("Q", [0])
        self._warm: dict[int, Post] = {}
        self._providers: dict[Provider, Provider] = {}

    def find(self, size: int, topics: tuple[Topic, ...]) -> Post:
        """Return the line of the next post that lies there already: the next `size` bytes."""
        line = self._line(self._place.look(self._places[-1], self._places[-1] + size))
        line.topics, line.story, line.warmth = topics, None, None
        return cast(Post, line)

    def fetch(self, number: int) -> Post:
        """Return a post without topics, story and warmth, which its line has."""
        found = self._warm.get(number)
        if found is None:
            if len(self._warm) >= WARM:
                self._warm.clear()
            found = _post.decode(self._place.look(self._places[number], self._places[number + 1]))
            self._warm[number] = found
        return found

    def shared(self, provider: Provider) -> Provider:
        """Return the same record for equal providers."""
        return self._providers.setdefault(provider, provider)

    def _line(self, body: bytes) -> PostLine:
        line = PostLine(self, len(self._places) - 1, _seen.decode(body))
        line.said = _name(body)
        self._places.append(self._places[-1] + len(body))
        return line


class Shelf(Filled):
    """Takes posts and holds them by number, packed."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._store = store

    def put(self, post: Post) -> Post:
        """Put a post away and return its line; one that cannot be packed (a lone surrogate) is returned as it is."""
        body = packed(post)
        if body is None:
            return post
        self._store.keep(body)
        line = self._line(body)
        line.topics, line.story, line.warmth = post.topics, post.story, post.warmth
        return cast(Post, line)


def whole(post: Post) -> Post:
    """Return a post with everything at hand: who looks at many of its fields does so quicker than through its line."""
    line = cast(object, post)
    if not isinstance(line, PostLine):
        return post
    return structs.replace(line.fetched(), topics=line.topics, story=line.story, warmth=line.warmth)


def said(post: Post) -> bytes:
    """Name what a post says, besides topics, story and warmth."""
    line = cast(object, post)
    if isinstance(line, PostLine):
        return line.said
    return _name(packing.packed(_bare(post)))


def packed(post: Post) -> bytes | None:
    """Return what of a post lies on a shelf; None when it cannot be packed."""
    return packing.kept(_bare(post))


def _bare(post: Post) -> Post:
    return structs.replace(post, topics=(), story=None, warmth=None)


def _name(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).digest()
