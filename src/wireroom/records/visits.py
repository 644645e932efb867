"""What came of one poll of a feed?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.entries import Entry
from wireroom.records.ids import FeedId, VisitId
from wireroom.records.sources import FeedState


class Visit(Struct, frozen=True, kw_only=True):
    """One poll; `outcome` is the tag of records.outcomes."""

    id: VisitId
    feed: FeedId
    at: datetime
    outcome: str
    status: int | None = None
    reason: str | None = None
    entries_seen: int = 0
    entries_new: int = 0
    bytes_read: int = 0
    repairs: tuple[str, ...] = ()
    """What had to be mended to read the document."""


class VisitFacts(Struct, frozen=True, kw_only=True):
    """All that one poll brought; committed together."""

    visit: Visit
    state: FeedState
    entries: tuple[Entry, ...] = ()
