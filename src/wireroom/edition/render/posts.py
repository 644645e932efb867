"""Which post files does an edition consist of?

Turns posts into the fields of RECORDS §1, in their order, absent values left out. The same fields make the API's items,
so a post file and its item cannot disagree.
"""

from collections.abc import Iterator
from functools import partial
from math import floor

from msgspec import structs

from wireroom.edition.render import front_matter, post_shape
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.yaml_text import Fields, Value
from wireroom.edition.shelf import whole
from wireroom.records.articles import Image
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post, RelatedPost
from wireroom.records.sources import Provider

KEYS = frozenset(post_shape.POST.keys)
"""The keys of RECORDS §1."""


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Write published posts, and held ones as `published: false` when the masthead wants them."""
    marks = marks or marks_of(edition)
    for post in edition.posts:
        if post.published or edition.masthead.write_held:
            key = marks.key("post", marks.posts[post.article.id])
            yield Draft(path=post.path, key=key, make=partial(_body, post))


def _body(post: Post) -> bytes:
    """Return a post's file: the one it came as, as long as that stands."""
    full = whole(post)
    if full.imported and full.source is not None:
        return full.source
    return front_matter.write(front_matter.compose(fields(full)))


def fields(post: Post) -> Fields:
    """Return the fields of a post; scores are rounded down, so that none reaches a threshold by rounding.

    Of the file it came as, an imported post has all; a post that was read anew keeps what Wireroom does not know, and
    what is sealed: nobody else could bring that back.
    """
    held = front_matter.read(post.source).fields if post.source is not None else {}
    if post.imported:
        return held
    fresh = _fresh(post)
    secured = held.get("secured", fresh.pop("secured", None))
    unknown = {key: value for key, value in held.items() if key not in KEYS}
    return {**fresh, **unknown, **_present({"secured": secured})}


def _fresh(post: Post) -> Fields:
    article = post.article
    return _present(
        {
            "category": "news",
            "title": article.title,
            "excerpt": article.excerpt or None,
            "publishedDateTime": article.published_at,
            "updatedDateTime": article.updated_at,
            "originalUrl": article.original_url or None,
            "webUrl": article.canonical_url or None,
            "ampWebUrl": article.amp_url if article.cdn_amp_url else None,
            "cdnAmpWebUrl": article.cdn_amp_url if article.amp_url else None,
            "type": "video" if article.type == "video" else "article",
            "quality": floor(post.quality.value),
            "heat": floor(post.weight),
            "published": post.published,
            "featuredContent": article.featured_content,
            "provider": _provider(article.provider),
            "topics": [topic.name for topic in post.topics] or None,
            "images": [_image(image) for image in article.images] or None,
            "related": [_related(related) for related in post.related] or None,
            "secured": post.secured,
        }
    )


def _related(related: RelatedPost) -> Value:
    return _present(
        {
            "title": related.title,
            "excerpt": related.excerpt or None,
            "publishedDateTime": related.published_at,
            "webUrl": related.web_url,
            "ampWebUrl": related.amp_url if related.cdn_amp_url else None,
            "cdnAmpWebUrl": related.cdn_amp_url if related.amp_url else None,
            "type": related.type,
            "provider": _provider(structs.replace(related.provider, logos=())) if related.provider else None,
            "quality": related.quality,
            "images": [_image(image) for image in related.images] or None,
        }
    )


def _provider(provider: Provider) -> Value:
    images: list[Value] = [
        _present({"url": logo.url, "width": logo.width, "height": logo.height}) for logo in provider.logos
    ]
    return _present({"name": provider.name, "domain": provider.domain, "images": images or None})


def _image(image: Image) -> Value:
    return _present(
        {
            "url": image.url,
            "width": image.width,
            "height": image.height,
            "title": image.title,
            "isCached": image.is_cached or None,
        }
    )


def _present(fields: Fields) -> Fields:
    return {key: value for key, value in fields.items() if value is not None}
