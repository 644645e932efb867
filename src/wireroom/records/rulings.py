"""What did a person decide, and what does the edition do with an article?"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId, RulingId, StoryId


class RulingKind(StrEnum):
    """What an editor can decide about an article."""

    PUBLISH = "publish"
    HOLD = "hold"
    SPIKE = "spike"
    BOOST = "boost"  # pushes it; the score still decides
    KILL = "kill"  # taken down everywhere, at once
    UNDO = "undo"  # takes the newest ruling before it back
    SPLIT = "split"  # tells another happening than its story
    MERGE = "merge"  # tells the happening of another story


class Ruling(Struct, frozen=True, kw_only=True):
    """A human's decision; outranks every judgement until it is undone."""

    id: RulingId
    beat: BeatId
    article: ArticleId
    kind: RulingKind
    reason: str
    by: str
    at: datetime
    until: datetime | None = None
    """When it ends by itself: an embargo."""
    story: StoryId | None = None
    """Of a ruling on stories: where the article belongs from now on."""
    was: StoryId | None = None
    """… and where it belonged before, which is where undoing takes it back to."""


class Decision(StrEnum):
    """What an edition does with an article."""

    PUBLISH = "publish"
    HOLD = "hold"
    SPIKE = "spike"


class Verdict(Struct, frozen=True, kw_only=True):
    """Publish, hold or spike for one edition, with the reason and the smallest change that would flip it."""

    article: ArticleId
    decision: Decision
    because: str
    flip: str = ""
    """E.g. `heat 61 < 70: 9 points more would publish it`."""
