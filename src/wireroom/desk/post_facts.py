"""Which facts does a post file state? Turns front matter into records; the scores in it are no facts."""

from collections.abc import Iterator
from datetime import UTC, datetime

from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Fields, Value
from wireroom.errors import PostError
from wireroom.records.articles import Article, Image
from wireroom.records.ids import article_id
from wireroom.records.sources import Logo, Provider
from wireroom.text.urls import canonical, domain

READER = "import/1"
"""The extractor of articles that came as posts."""


def read_post(body: bytes, path: str, read_at: datetime) -> tuple[Fields, Article]:
    """Read a post file and the article it describes; raise PostError with line and reason when there is none."""
    front = front_matter.read(body)
    try:
        return front.fields, article_of(front.fields, path, read_at)
    except PostError as error:
        key = str(error).partition(":")[0]
        raise PostError(f"line {front_matter.line_of(key, front.inner) + 1}: {error}") from None


def article_of(fields: Fields, path: str, read_at: datetime) -> Article:
    """Return the article that a post describes; a post without any address is known by its path."""
    original = _text(fields, "originalUrl")
    web = _text(fields, "webUrl")
    address = canonical(web or original or "") or path
    return Article(
        id=article_id(address),
        extractor=READER,
        read_at=read_at,
        canonical_url=address,
        original_url=original or web or address,
        amp_url=_text(fields, "ampWebUrl"),
        cdn_amp_url=_text(fields, "cdnAmpWebUrl"),
        title=_text(fields, "title") or "",
        excerpt=_text(fields, "excerpt") or "",
        published_at=_time(fields, "publishedDateTime"),
        date_method="post",
        date_confidence=1.0,
        updated_at=_time(fields, "updatedDateTime"),
        provider=provider_of(fields.get("provider"), original or web or ""),
        images=tuple(images_of(fields.get("images"))),
        type=_text(fields, "type") or "article",
        featured_content=_text(fields, "featuredContent"),
    )


def topics_of(fields: Fields) -> tuple[str, ...]:
    """Return the topics of a post, by name."""
    topics = fields.get("topics")
    return tuple(str(topic) for topic in topics) if isinstance(topics, list) else ()


def related_qualities(fields: Fields) -> tuple[float, ...]:
    """Return the qualities of a post's related records, 0 where none is written."""
    related = fields.get("related")
    if not isinstance(related, list):
        return ()
    return tuple(_number(item.get("quality")) for item in related if isinstance(item, dict))


def images_of(value: Value) -> Iterator[Image]:
    """Yield the images of a post or of a related record."""
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict) and item.get("url"):
            yield Image(
                url=str(item["url"]),
                width=_whole(item.get("width")),
                height=_whole(item.get("height")),
                title=_text(item, "title"),
                is_cached=item.get("isCached") is True,
            )


def provider_of(value: Value, address: str) -> Provider:
    """Return the provider of a post; where none is named, the domain of its address."""
    named = value if isinstance(value, dict) else {}
    logos = (Logo(url=image.url, width=image.width, height=image.height) for image in images_of(named.get("images")))
    home = _text(named, "domain") or domain(address) or None
    return Provider(name=_text(named, "name") or home or "unknown", domain=home, logos=tuple(logos))


def _text(fields: Fields, key: str) -> str | None:
    value = fields.get(key)
    return None if value is None or isinstance(value, list | dict) else str(value)


def _time(fields: Fields, key: str) -> datetime | None:
    value = fields.get(key)
    if value is None:
        return None
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise PostError(f"{key}: {value!r} is no time; write it like 2026-11-20T09:15:00Z") from None
    if not isinstance(value, datetime):
        raise PostError(f"{key}: {value!r} is no time; write it like 2026-11-20T09:15:00Z")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _number(value: Value) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0
