"""What did a feed say about an item? Kept as supplied; nothing here is our opinion.

Tens of thousands of these live at once and none can hold another that holds it, so they are kept from the collector of
cycles (`gc=False`): looking through them again and again was a tenth of the time of a poll.
"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.ids import EntryId, FeedId


class Person(Struct, frozen=True, kw_only=True, gc=False):
    """A byline as the feed gave it."""

    name: str
    email: str | None = None
    url: str | None = None


class Enclosure(Struct, frozen=True, kw_only=True, gc=False):
    """A file that goes with an item; length in bytes, width and height in pixels."""

    url: str
    type: str | None = None
    length: int | None = None
    width: int | None = None
    height: int | None = None


class FeedItem(Struct, frozen=True, kw_only=True, gc=False):
    """An item as parsed from a feed document, before we know whether it is new. HTML is as supplied, unsanitised."""

    key: str
    """Stable identity inside the feed: guid, else link, else content hash."""
    guid: str | None = None
    link: str | None = None
    """Absolute."""
    title: str | None = None
    """Plain text."""
    summary: str | None = None
    content: str | None = None
    published: datetime | None = None
    published_raw: str | None = None
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    language: str | None = None
    kind: str | None = None
    """`video` when the item is a film; None when the feed does not say."""


class ParsedFeed(Struct, frozen=True, kw_only=True):
    """A feed document as read."""

    format: str
    """`rss20`, `rss10`, `atom10`, `json11`, `sitemap-news`, … as feedparser spells versions."""
    encoding: str
    title: str | None = None
    link: str | None = None
    language: str | None = None
    ttl_s: int | None = None
    skip_hours: tuple[int, ...] = ()
    """UTC hours in which the publisher asks not to be polled."""
    skip_days: tuple[int, ...] = ()
    """ISO week days, Monday = 1."""
    hub: str | None = None
    """Where one can subscribe to be told of news (WebSub)."""
    topic: str | None = None
    """The feed's own address, by which the hub knows it."""
    older: str | None = None
    """The document with the items before these (RFC 5005)."""
    items: tuple[FeedItem, ...] = ()
    repairs: tuple[str, ...] = ()


class Entry(Struct, frozen=True, kw_only=True, gc=False):
    """An item of a feed, as first seen or as changed since; `content_hash` tells versions apart."""

    id: EntryId
    feed: FeedId
    item: FeedItem
    content_hash: str
    seen_at: datetime
