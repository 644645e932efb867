"""What still tells of an article that was killed, though it is no post any more?

Files that stand as they came: imported posts, which list it among their related records, and issues of the newsletter.
The record is taken out of the list; an issue that links to it is left out whole: its text cannot be unsaid in part.
"""

import re
from collections.abc import Iterable
from html import escape

from msgspec import structs

from wireroom.edition.lineup import named
from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Value
from wireroom.records.editions import Candidate, Edition, Post, Snapshot
from wireroom.records.rulings import RulingKind
from wireroom.text.urls import canonical

ISSUES = "_newsletters/"


def cleared(edition: Edition, snapshot: Snapshot) -> Edition:
    """Return the edition without what tells of killed articles."""
    killed = [one for one in snapshot.candidates if one.ruling and one.ruling.kind is RulingKind.KILL]
    if not killed:
        return edition
    addresses = frozenset(canonical(url) for one in killed for url in _addresses(one))
    marks = "|".join(re.escape(mark) for one in killed for mark in _marks(one))
    told = re.compile(rf"(?:{marks})/?(?![\w/%-])".encode())
    posts = tuple(_without(post, addresses) for post in edition.posts)
    carried = tuple(one for one in edition.carried if not (one.path.startswith(ISSUES) and told.search(one.body)))
    return named(structs.replace(edition, posts=posts, carried=carried))


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
