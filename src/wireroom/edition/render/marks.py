"""What is each file of an edition made from? Marks of posts and of the frame, put together to the keys of drafts.

The same key means the same bytes, so a key must name everything that a renderer looks at. `tests/unit/edition/render/
test_marks.py` changes an edition in every field and at other hours and holds what the keys let stand against the truth.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable

from msgspec import Struct

from wireroom.edition.packing import packed as packed  # noqa: PLC0414 - renderers take it from here
from wireroom.edition.shelf import said
from wireroom.records.editions import Edition, Post
from wireroom.records.ids import ArticleId, digest

PACKAGES = ("edition", "records", "text")
"""Packages whose code and tables decide what an edition looks like."""


class Marks(Struct, frozen=True, kw_only=True):
    """Digests of what an edition is made from."""

    frame: str
    """What stands on any page: the code, the masthead, the topics."""
    posts: dict[ArticleId, str]
    """Everything of a post but how warm it is and what its story says, and how its date reads today."""

    def key(self, kind: str, *parts: str) -> str:
        """Name a file by its kind and what it is made from, besides the frame."""
        return _name((self.frame, kind, *parts))

    @property
    def everything(self) -> str:
        """Name all posts, in their order."""
        return self.key("everything", *self.posts.values())

    def of(self, posts: Iterable[Post]) -> str:
        """Name several posts, in their order."""
        marks = self.posts
        return "".join([marks[post.article.id] for post in posts])


def marks_of(edition: Edition) -> Marks:
    """Mark every post of an edition once."""
    # Every page links to the letters when there are any.
    letters = any(file.path.startswith("_newsletters/") for file in edition.carried)
    frame = digest(code(), packed(edition.masthead), packed(edition.topics), str(letters))
    posts = {post.article.id: mark(post, edition.made_at) for post in edition.posts}
    return Marks(frame=frame, posts=posts)


def whole_of(edition: Edition) -> str:
    """Name all files of an edition together."""
    # The id names its content as it was before payloads were sealed and what it carries was cleared of takedowns.
    posts = b"".join([said(post) for post in edition.posts])
    carried = (part for file in edition.carried for part in (file.path, file.body))
    return digest(code(), edition.id, edition.made_at.isoformat(), posts, *carried)


def mark(post: Post, now: datetime) -> str:
    """Name a post as pages show it: its date reads otherwise on its own day, and in another year."""
    story = post.story.id if post.story else ""
    return _name((said(post), _age(post.article.published_at, now), story, *[topic.id for topic in post.topics]))


def _name(parts: tuple[str | bytes, ...]) -> str:
    # MessagePack frames its strings, and is a third of the cost of framing them by hand: a site has 40,000 keys.
    return blake2b(packed(parts), digest_size=12).hexdigest()


def _age(published: datetime | None, now: datetime) -> str:
    if published is None:
        return ""
    day, today = published.astimezone(UTC).date(), now.astimezone(UTC).date()
    return "today" if day == today else "" if day.year == today.year else "former year"


@cache
def code() -> str:
    """Name the code that renders, with its templates: another one may give other bytes for the same facts."""
    root = files("wireroom")
    return digest(*(part for name in PACKAGES for part in _source(root.joinpath(name))))


def _source(folder: Traversable) -> Iterator[str | bytes]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _source(entry)
        elif entry.is_file():
            yield entry.name
            yield entry.read_bytes()
