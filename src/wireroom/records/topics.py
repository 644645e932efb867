"""What subjects does a beat know, and which of them is an article about?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId, TopicId


class Topic(Struct, frozen=True, kw_only=True):
    """A subject of the beat's taxonomy; `keywords` may repeat an entry on purpose (`classic` counts entries)."""

    id: TopicId
    name: str
    shortname: str | None = None
    parent: TopicId | None = None
    description: str = ""
    keywords: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    """At least one of these must occur too, when given."""
    without: tuple[str, ...] = ()
    """None of these may occur."""
    hashtags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    services: tuple[str, ...] = ("news",)
    """Which lists the API publishes for it."""


class TopicMatch(Struct, frozen=True, kw_only=True):
    """A topic and why it applies; score 0–1."""

    topic: TopicId
    score: float
    because: str


class TopicJudgement(Struct, frozen=True, kw_only=True):
    """All topics of an article, in the beat's order; the latest by `judged_at` counts."""

    beat: BeatId
    article: ArticleId
    judge: str
    judged_at: datetime
    matches: tuple[TopicMatch, ...]
