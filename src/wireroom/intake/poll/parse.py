"""What does a feed document say? Bytes in, one ParsedFeed out, or the reason why there is none.

Which reader is asked is decided here by the look of the document; the readers never fetch, never guess a date and
never drop an item silently: what had to be mended stands in `repairs`.
"""

import re

from msgspec import Struct

from wireroom.intake.poll import json_feed, sitemap, xml_feed
from wireroom.intake.poll.tree import read_tree
from wireroom.records.entries import ParsedFeed

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_ADDRESSES = re.compile(rb"\s*https?://\S+\s*(?:\n|\Z)")


class Unreadable(Struct, frozen=True, kw_only=True):
    """A document in which no feed can be found, and why."""

    reason: str


def parse_feed(body: bytes, *, url: str, content_type: str | None = None) -> ParsedFeed | Unreadable:
    """Read RSS, Atom, RDF, CDF, JSON Feed or a sitemap; `url` is where it came from and the last resort as base."""
    head = body[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head:
        return Unreadable(reason="the document is empty")
    if head.startswith(b"{"):
        return _answer(json_feed.read(body, url=url, content_type=content_type))
    if _HTML.match(head):
        return Unreadable(reason="this is an HTML page, not a feed")
    if _ADDRESSES.match(head):
        return sitemap.read_text(body)
    tree = read_tree(body, url=url, content_type=content_type)
    if isinstance(tree, str):
        return Unreadable(reason=tree)
    return _answer(sitemap.read(tree) or xml_feed.read(tree, url=url))


def _answer(outcome: ParsedFeed | str) -> ParsedFeed | Unreadable:
    return Unreadable(reason=outcome) if isinstance(outcome, str) else outcome
