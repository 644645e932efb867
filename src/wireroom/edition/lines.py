"""What of a post does a plan look at? A line holds that; whatever else it is asked for, it fetches from its shelf.

So a line stands for its post wherever one is expected, and who is handed one need not know. A post takes 4 kB of
memory, its line a fifth of that.
"""

from collections.abc import Callable
from datetime import datetime
from operator import attrgetter
from sys import intern
from typing import Any, Protocol, cast

from msgspec import Struct

from wireroom.records.articles import FIGURE
from wireroom.records.copies import CopyKind
from wireroom.records.editions import Post
from wireroom.records.ids import ArticleId
from wireroom.records.rulings import Decision
from wireroom.records.sources import Provider
from wireroom.records.stories import Story
from wireroom.records.topics import Topic
from wireroom.records.versions import Version

same: Callable[[ArticleId], ArticleId] = cast(Callable[[ArticleId], ArticleId], intern)
"""Returns the same text for equal ids: those of related reports are many."""


_renditions = attrgetter("renditions")
_PUBLISH, _ORIGINAL = Decision.PUBLISH, CopyKind.ORIGINAL  # to ask an enumeration for a member takes as long as a field


class Fetching(Protocol):
    """Hands out posts by number."""

    def fetch(self, number: int) -> Post:
        """Return a post as it was put away."""
        ...

    def shared(self, provider: Provider) -> Provider:
        """Return the same record for equal providers."""
        ...


class ArticleLine:
    """Stands for the article of a post on a shelf."""

    __slots__ = (
        "_number", "_shelf", "figured", "id", "language", "paywalled", "pictured", "provider", "published_at", "title",
        "updated_at",
    )  # fmt: skip

    def __init__(self, shelf: Fetching, number: int, seen: "SeenArticle") -> None:
        self._shelf, self._number = shelf, number
        self.id, self.title, self.provider = same(seen.id), seen.title, shelf.shared(seen.provider)
        self.published_at, self.updated_at, self.paywalled = seen.published_at, seen.updated_at, seen.paywalled
        self.language = intern(seen.language) if seen.language else None
        self.figured = FIGURE.search(seen.excerpt) is not None
        self.pictured = any(map(_renditions, seen.images))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field
        return getattr(self._shelf.fetch(self._number).article, name)


class PostLine:
    """Stands for a post on a shelf."""

    __slots__ = (
        "_number", "_shelf", "article", "copied", "decision", "path", "published", "relations", "repeats", "said",
        "story", "topics", "versions", "warmth",
    )  # fmt: skip

    said: bytes
    """Names what it says, besides the following."""
    topics: tuple[Topic, ...]
    story: Story | None
    warmth: float | None

    def __init__(self, shelf: Fetching, number: int, seen: "Seen") -> None:
        self._shelf, self._number = shelf, number
        self.article = ArticleLine(shelf, number, seen.article)
        self.path, self.versions = seen.path, seen.versions
        self.relations = tuple([same(one.article) for one in seen.related if one.article]) if seen.related else ()
        decision, copy = seen.verdict.decision, seen.copy
        self.decision, self.published = decision, decision is _PUBLISH
        self.copied = copy is not None and copy.kind is not _ORIGINAL
        self.repeats = same(copy.copy_of) if copy and copy.copy_of else None

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any field
        derived = getattr(Post, name, None)
        if isinstance(derived, property):  # from what the line holds: the post on the shelf lacks some of it
            return derived.__get__(self)
        return getattr(self._shelf.fetch(self._number), name)

    def fetched(self) -> Post:
        """Return the post without topics, story and warmth."""
        return self._shelf.fetch(self._number)


class _Picture(Struct, frozen=True):
    renditions: tuple[object, ...] = ()


class SeenArticle(Struct, frozen=True):
    """Those fields of an article that its line holds; decoding skips the others."""

    id: ArticleId
    title: str
    provider: Provider
    excerpt: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    paywalled: bool = False
    language: str | None = None
    images: tuple[_Picture, ...] = ()


class _Verdict(Struct, frozen=True):
    decision: Decision


class _Copy(Struct, frozen=True):
    kind: CopyKind
    copy_of: ArticleId | None = None


class _Related(Struct, frozen=True):
    article: ArticleId | None


class Seen(Struct, frozen=True):
    """Those fields of a post that its line holds."""

    path: str
    article: SeenArticle
    verdict: _Verdict
    copy: _Copy | None = None
    related: tuple[_Related, ...] = ()
    versions: tuple[Version, ...] = ()
