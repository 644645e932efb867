"""What is the shape of the API, version 2? These records are its definition: the JSON Schema that is shipped is theirs.

Names are camelCase. A key may be added in a minor version and none is renamed or removed; what is unknown is null.
"""

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

VERSION = "2.0"


class Shape(Struct, frozen=True, kw_only=True, rename="camel"):
    """What all records of the API have in common."""


class TermItem(Shape, frozen=True, kw_only=True):
    """One summand of a score."""

    name: str
    points: float
    because: str


class ScoreItem(Shape, frozen=True, kw_only=True):
    """A score; `value` is the sum of its terms' points."""

    preset: str
    value: float
    terms: tuple[TermItem, ...]


class ImageItem(Shape, frozen=True, kw_only=True):
    """A picture; `copies` are our own, smallest first."""

    url: str
    width: int | None
    height: int | None
    title: str | None
    copies: tuple[str, ...]


class ProviderItem(Shape, frozen=True, kw_only=True):
    """Who published it; `url` is its page here."""

    name: str
    domain: str | None
    url: str | None


class TopicMatchItem(Shape, frozen=True, kw_only=True):
    """A topic of a post and why it applies; score 0–1."""

    id: str
    score: float
    because: str


class CopyItem(Shape, frozen=True, kw_only=True):
    """Whether it repeats another article: `original`, `exact`, `near`, `syndicated` …"""

    kind: str
    of: str | None
    """Id of the article it repeats."""
    proof: str
    agency: str | None


class ChangeItem(Shape, frozen=True, kw_only=True):
    """One field before and after."""

    field: str
    before: str
    after: str


class VersionItem(Shape, frozen=True, kw_only=True):
    """What the publisher changed, and when we saw it."""

    number: int
    seen_at: datetime
    changes: tuple[ChangeItem, ...]


class VerdictItem(Shape, frozen=True, kw_only=True):
    """`publish` or `hold`, why, and the smallest change that would flip it."""

    decision: str
    because: str
    flip: str


class RelatedItem(Shape, frozen=True, kw_only=True):
    """A related report."""

    id: str | None
    title: str
    url: str | None


class PostItem(Shape, frozen=True, kw_only=True):
    """One report: what is known of it, what was decided about it, and why."""

    id: str
    path: str
    page: str
    """Its page here."""
    url: str
    """Where it is read: its canonical address."""
    original_url: str
    amp_url: str | None
    type: str
    title: str
    excerpt: str
    published_at: datetime | None
    published_by: str | None
    """What gave the date, such as `json-ld`."""
    published_confidence: float
    updated_at: datetime | None
    read_at: datetime
    authors: tuple[str, ...]
    agencies: tuple[str, ...]
    provider: ProviderItem
    language: str | None
    paywalled: bool
    images: tuple[ImageItem, ...]
    topics: tuple[TopicMatchItem, ...]
    quality: ScoreItem
    heat: ScoreItem
    verdict: VerdictItem
    story: str | None
    story_because: str
    copy: CopyItem | None
    related: tuple[RelatedItem, ...]
    versions: tuple[VersionItem, ...]
    feeds: tuple[str, ...]


class StoryItem(Shape, frozen=True, kw_only=True):
    """A happening told by one or more reports."""

    id: str
    page: str
    title: str
    lead: str
    independent: int
    articles: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    thread: tuple[str, ...]


class TopicItem(Shape, frozen=True, kw_only=True):
    """A subject of the beat."""

    id: str
    name: str
    parent: str | None
    description: str
    page: str
    published: int


class SourceItem(Shape, frozen=True, kw_only=True):
    """A feed that the beat reads."""

    title: str
    url: str
    site_url: str | None
    state: str
    note: str | None


class DayLink(Shape, frozen=True, kw_only=True):
    """A day with posts; `undated` is one too."""

    day: str
    posts: int
    url: str


class Index(Shape, frozen=True, kw_only=True):
    """`api/v2/index.json`: where everything is."""

    version: str
    beat: str
    name: str
    description: str
    locale: str
    preset: str
    threshold: float
    posts: int
    stories: int
    schema: str
    topics_url: str
    sources_url: str
    stories_url: str
    days: tuple[DayLink, ...]


class PostList(Shape, frozen=True, kw_only=True):
    """`api/v2/days/<day>.json`: the posts of a day, newest first; also those on hold."""

    version: str
    day: str
    posts: tuple[PostItem, ...]


class StoryList(Shape, frozen=True, kw_only=True):
    """`api/v2/stories.json`: published stories, hottest first."""

    version: str
    stories: tuple[StoryItem, ...]


class TopicList(Shape, frozen=True, kw_only=True):
    """`api/v2/topics.json`: the taxonomy, in its order."""

    version: str
    topics: tuple[TopicItem, ...]


class SourceList(Shape, frozen=True, kw_only=True):
    """`api/v2/sources.json`: what the beat reads, and how that goes."""

    version: str
    sources: tuple[SourceItem, ...]


DOCUMENTS = (Index, PostList, StoryList, TopicList, SourceList)


def schema(address: str) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the documents; each is one of `$defs`."""
    _, definitions = msgspec.json.schema_components(DOCUMENTS, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{address}api/v2/schema.json",
        "title": f"Wireroom API {VERSION}",
        "anyOf": [{"$ref": f"#/$defs/{document.__name__}"} for document in DOCUMENTS],
        "$defs": definitions,
    }
