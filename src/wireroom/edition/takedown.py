"""What still tells of an article that was killed, though it is no post any more?

Files that stand as they came: imported posts, which list it among their related records, and issues of the newsletter.
The record is taken out of the list; an issue that links to it is left out whole: its text cannot be unsaid in part.
And reasons that name it: why another report belongs to a story, or what proves a copy.
"""

import re
from collections.abc import Collection, Iterable
from html import escape
from typing import TypeVar

from msgspec import Struct, structs

from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Value
from wireroom.records.editions import Candidate, File, Post
from wireroom.text.urls import canonical

ISSUES = "_newsletters/"


class Takedown:
    """Clears an edition of what tells of killed articles."""

    def __init__(self, killed: Collection[Candidate]) -> None:
        self._any = bool(killed)
        self._addresses = frozenset(canonical(url) for one in killed for url in _addresses(one))
        marks = "|".join(re.escape(mark) for one in killed for mark in _marks(one))
        self._told = re.compile(rf"(?:{marks})/?(?![\w/%-])".encode())
        self._titles = re.compile(
            "|".join(re.escape(one.article.title) for one in killed if one.article.title) or "(?!)"
        )

    def post(self, post: Post) -> Post:
        """Return a post that names none of them; its story is said anew without them."""
        if not self._any:
            return post
        said = _unsaid(_without(structs.replace(post, story=None), self._addresses), self._titles)
        return structs.replace(said, story=post.story)

    def carried(self, files: Iterable[File]) -> tuple[File, ...]:
        """Return the files that may go along."""
        return tuple(one for one in files if not (self._any and self._tells(one)))

    def _tells(self, file: File) -> bool:
        return file.path.startswith(ISSUES) and self._told.search(file.body) is not None


def _addresses(candidate: Candidate) -> Iterable[str]:
    article = candidate.article
    return filter(None, (article.canonical_url, article.original_url, article.amp_url))


def _marks(candidate: Candidate) -> Iterable[str]:
    """Yield what a text that links to an article has in it: an address, or the name of the post."""
    for url in _addresses(candidate):
        yield from (url.rstrip("/"), escape(url.rstrip("/")))
    if candidate.path:
        yield candidate.path.rpartition("/")[2].removesuffix(".md")


def _without(post: Post, addresses: frozenset[str]) -> Post:
    """Take killed records out of the related ones of the file that a post came as."""
    if post.source is None:
        return post
    front = front_matter.read(post.source)
    related = front.fields.get("related")
    if not isinstance(related, list):
        return post
    kept: list[Value] = [one for one in related if not _is_killed(one, addresses)]
    if len(kept) == len(related):
        return post
    changed = front_matter.with_field(front, "related", kept) if kept else front_matter.without_field(front, "related")
    return structs.replace(post, source=front_matter.write(changed))


def _is_killed(related: Value, addresses: frozenset[str]) -> bool:
    keys = ("webUrl", "originalUrl", "ampWebUrl")
    return isinstance(related, dict) and any(canonical(str(related.get(key) or "")) in addresses for key in keys)


REASONS = frozenset({"because", "story_reason", "proof", "flip"})
"""Fields that hold sentences of ours."""
WITHOUT = frozenset({"article", "related", "topics", "versions"})
"""Fields of a post that hold none: looking through them took a third of the time of making it."""
GONE = "a report that was taken down"
_Record = TypeVar("_Record", bound=Struct)


def _unsaid(record: _Record, titles: re.Pattern[str]) -> _Record:
    """Take titles out of the reasons in a record and in what it holds; another article of that title keeps its own."""
    changes = {}
    for name in record.__struct_fields__:
        if name in WITHOUT and isinstance(record, Post):
            continue
        before = getattr(record, name)
        after = titles.sub(GONE, before) if name in REASONS and isinstance(before, str) else _inner(before, titles)
        if after is not before and after != before:
            changes[name] = after
    return structs.replace(record, **changes) if changes else record


def _inner(value: object, titles: re.Pattern[str]) -> object:
    if isinstance(value, Struct):
        return _unsaid(value, titles)
    return tuple(_inner(one, titles) for one in value) if isinstance(value, tuple) else value
