"""Which article repeats another, and which passage proves it?"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId


class CopyKind(StrEnum):
    """How a copy came to be."""

    ORIGINAL = "original"  # repeats nothing we know
    EXACT = "exact"
    NEAR = "near"
    SYNDICATED = "syndicated"
    REWRITTEN = "rewritten"
    PRESS_RELEASE = "press-release"
    SCRAPER = "scraper"


class CopyJudgement(Struct, frozen=True, kw_only=True):
    """One judgement on whether an article repeats another; the latest by `judged_at` counts."""

    beat: BeatId
    article: ArticleId
    judge: str
    """Who judged, e.g. `dedupe/1`."""
    judged_at: datetime
    kind: CopyKind
    copy_of: ArticleId | None = None
    proof: str = ""
    """The passage or fact that proves the copy."""
    agency: str | None = None
    """The agency whose text it is, when one is credited: copies of one agency text count once."""
