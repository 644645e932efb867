"""Which happening does an article tell, and why do we think so?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId, StoryId


class StoryLink(Struct, frozen=True, kw_only=True):
    """An article belongs to a story; the latest link of an article by `judged_at` counts."""

    beat: BeatId
    article: ArticleId
    story: StoryId
    judge: str
    judged_at: datetime
    because: str
    """A sentence a person can read."""
    score: float = 1.0
    to: ArticleId | None = None
    """The member it was linked to; None for the article that opened the story."""


class Story(Struct, frozen=True, kw_only=True):
    """A happening, as seen in one snapshot: derived from links, copies and rulings, never stored by itself."""

    id: StoryId
    articles: tuple[ArticleId, ...]
    """All its reports in order of publication: also copies, and what is not published."""
    lead: ArticleId
    """The best of those that are published."""
    independent: int
    """Reports that stand on their own: never more than there are articles."""
    first_at: datetime
    last_at: datetime
    """When the first and the last of those that are published came out."""
    title: str
