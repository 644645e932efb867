"""Which item is this, and has it changed? Keys and hashes of items; never looks at the archive."""

from msgspec.structs import replace

from wireroom.records.entries import FeedItem
from wireroom.records.ids import digest


def item_key(guid: str | None, link: str | None, *content: str | None) -> str:
    """Return the stable identity of an item inside its feed: guid, else link, else a hash of what it says.

    One that is too long for an index is told by its hash.
    """
    key = guid or link or digest("item", *(part or "" for part in content))
    return key if len(key) <= LONGEST_KEY else digest("item", key)


LONGEST_KEY = 600
"""Characters: PostgreSQL refuses rows of an index beyond 2,700 bytes, and a character takes up to four."""


def content_hash(item: FeedItem) -> str:
    """Return a hash that changes when a reader would see a change.

    White space does not count, and neither do dates, authors, tags and files: publishers re-stamp and re-tag items
    without touching them, and every change costs a visit to the page.
    """
    said = (item.title, item.link, item.summary, item.content)
    return digest("content", *(_folded(part) if part else "" for part in said))


def content_hash_before_https(item: FeedItem) -> str:
    """Return the hash that the item has when its link has the other scheme: sites move to https, and sometimes back."""
    scheme, colon, rest = (item.link or "").partition(":")
    other = {"http": "https", "https": "http"}.get(scheme)
    return content_hash(replace(item, link=f"{other}{colon}{rest}") if other else item)


def _folded(text: str) -> str:
    """Write each run of white space as one space; looking for a run first is ten times cheaper than splitting."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or not text.isascii():
        return " ".join(text.split())
    # Rarer signs that Python splits at (form feed, file separator) are left: no feed changes those alone.
    return text.strip(" ")
