"""What is an article worth by itself, term by term?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.ids import ArticleId, BeatId


class Term(Struct, frozen=True, kw_only=True):
    """One summand of a score: its name, its points, and the evidence for them."""

    name: str
    points: float
    because: str


class Score(Struct, frozen=True, kw_only=True):
    """A value and the terms that sum to it."""

    preset: str
    value: float
    terms: tuple[Term, ...]


class QualityJudgement(Struct, frozen=True, kw_only=True):
    """A preset's opinion of an article; the latest by `judged_at` counts."""

    beat: BeatId
    article: ArticleId
    judge: str
    """Preset name and its digest: a changed weight is a new judge."""
    judged_at: datetime
    score: Score
