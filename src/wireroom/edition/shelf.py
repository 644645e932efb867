"""How is a great edition held? A line a post in memory; the rest lies on a shelf until a page shows it."""

from hashlib import blake2b
from typing import cast

from msgspec import msgpack, structs

from wireroom.edition import packing
from wireroom.edition.filed import Filed, Place, Store
from wireroom.edition.lines import PostLine, Seen
from wireroom.records.editions import Post
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic

WARM = 256
"""Posts that stay fetched: one list shows fewer, and its other forms follow at once."""
_seen = msgpack.Decoder(Seen)
_post = msgpack.Decoder(Post)


class Filled:
    """Holds posts by number that lie packed somewhere."""

    def __init__(self, place: Place) -> None:
        self._filed = Filed(place, _post.decode, WARM)
        self._providers: dict[Provider, Provider] = {}

    def find(self, size: int, topics: tuple[Topic, ...]) -> Post:
        """Return the line of the next post that lies there already: the next `size` bytes."""
        line = self._line(self._filed.next(size))
        line.topics, line.story, line.warmth = topics, None, None
        return cast(Post, line)

    def fetch(self, number: int) -> Post:
        """Return a post without topics, story and warmth, which its line has."""
        return self._filed.fetch(number)

    def shared(self, provider: Provider) -> Provider:
        """Return the same record for equal providers."""
        return self._providers.setdefault(provider, provider)

    def _line(self, body: bytes) -> PostLine:
        line = PostLine(self, self._filed.note(len(body)), _seen.decode(body))
        line.said = _name(body)
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
