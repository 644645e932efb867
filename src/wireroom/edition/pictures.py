"""Which pictures does an edition show? It chooses among measured ones; it opens none."""

from collections import Counter
from collections.abc import Iterator

from wireroom.records.articles import Article, Image, Rendition
from wireroom.records.editions import Edition, Post

LEAST = 200
"""Pixels in width of a lead picture; smaller ones are logos and buttons (RECORDS §6)."""
CARD = 3
"""Posts that share a picture from which on it is a publisher's default card, which says nothing of any of them."""


def lead_picture(article: Article) -> Image | None:
    """Return the first picture that is measured and wide enough to lead with."""
    return next((image for image in article.images if image.width and image.height and image.width >= LEAST), None)


def worth_a_copy(edition: Edition) -> tuple[str, ...]:
    """Return the addresses of lead pictures of published posts, default cards left out, newest post first."""
    shown = [image.url for post in edition.posts if post.published and (image := lead_picture(post.article))]
    times = Counter(shown)
    return tuple(dict.fromkeys(url for url in shown if times[url] < CARD))


def kept(edition: Edition) -> tuple[Rendition, ...]:
    """Return the copies that pages of this edition show, each once, by name of its bytes."""
    found = {one.body: one for post in edition.posts if post.article.pictured for one in _renditions(post)}
    return tuple(found[name] for name in sorted(found))


def _renditions(post: Post) -> Iterator[Rendition]:
    image = lead_picture(post.article)
    yield from image.renditions if image else ()
