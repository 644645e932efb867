"""What did a publisher change after publication?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.ids import ArticleId


class Change(Struct, frozen=True, kw_only=True):
    """One field before and after."""

    field: str
    before: str
    after: str


class Version(Struct, frozen=True, kw_only=True):
    """A new reading differs from the one before in something a reader would notice."""

    article: ArticleId
    number: int
    """2 for the first change."""
    seen_at: datetime
    changes: tuple[Change, ...]
