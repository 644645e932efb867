"""Who publishes, and which documents of theirs do we poll?"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from wireroom.records.ids import BeatId, FeedId


class Logo(Struct, frozen=True, kw_only=True):
    """A logo of a provider; width and height in pixels."""

    url: str
    width: int | None = None
    height: int | None = None


class Provider(Struct, frozen=True, kw_only=True):
    """An organisation that publishes; domain is registrable, without `www`."""

    name: str
    domain: str | None = None
    logos: tuple[Logo, ...] = ()


class KnownProvider(Provider, frozen=True, kw_only=True):
    """A provider as a beat's file describes it, with how its pages are written; articles carry the plain provider."""

    title_endings: tuple[str, ...] = ()
    """Further names under which it closes or opens the titles of its pages."""
    bylines: tuple[str, ...] = ()
    """CSS selectors of the elements that name who wrote a piece."""
    paywalls: tuple[str, ...] = ()
    """CSS selectors of elements that only stand where readers must pay."""

    agencies: tuple[str, ...] = ()
    """Names in its bylines that are agencies, beyond those that are known everywhere."""

    def plain(self) -> Provider:
        """Return it as articles carry it."""
        return Provider(name=self.name, domain=self.domain, logos=self.logos)


class FeedStatus(StrEnum):
    """Whether a feed is polled, and if not, why."""

    ACTIVE = "active"
    PAUSED = "paused"  # the desk switched it off
    RETIRED = "retired"  # the publisher answered 410, or the feed left the beat
    BLOCKED = "blocked"  # the publisher refuses us; shown, never worked around


class Selectors(Struct, frozen=True, kw_only=True):
    """Where a page that has no feed keeps its items: CSS selectors, all but `items` looked for inside an item."""

    items: str
    link: str = "a[href]"
    title: str | None = None
    """Default: the text of the link."""
    date: str | None = None
    summary: str | None = None


class Feed(Struct, frozen=True, kw_only=True):
    """A document that a beat polls, as the beat's OPML names it."""

    id: FeedId
    beat: BeatId
    url: str
    title: str = ""
    site_url: str | None = None
    dedicated: bool = False
    """Every item is about the beat's main topic."""
    paused: bool = False
    note: str | None = None
    category: str | None = None
    kind: str = "feed"
    """`feed` (RSS, Atom, JSON Feed), `sitemap` or `page`."""
    selectors: Selectors | None = None
    """Of a page."""


class FeedState(Struct, frozen=True, kw_only=True):
    """What polling has taught us about a feed; replaced as a whole after each visit."""

    feed: FeedId
    status: FeedStatus = FeedStatus.ACTIVE
    next_due_at: datetime
    why_next: str = "never polled"
    moved_to: str | None = None
    """The address that a permanent redirect named; polled instead of the feed's own."""
    etag: str | None = None
    last_modified: str | None = None
    body_digest: str | None = None
    failures: int = 0
    """Failed polls in a row."""
    interval_s: int = 3600
    last_tried_at: datetime | None = None
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    last_error: str | None = None
    newest_at: datetime | None = None
    """Publication of the newest item, when the feed dates its items."""
    usual_s: int | None = None
    """Seconds between two items that are still usual for it."""
    ttl_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    """What the document asked for when it was last read; a 304 does not repeat it."""
    reserved: str | None = None
    """How the publisher keeps machines from analysing what the feed carries; then only titles and links are kept."""
    hub: str | None = None
    topic: str | None = None
    told_until: datetime | None = None
    """Until when the hub tells us of news."""
    older: str | None = None
    """The next archive document that has not been read; empty when the oldest has been."""
