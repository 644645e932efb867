"""What does a feed document say? Bytes in, one ParsedFeed out, or the reason why there is none.

Which reader is asked is decided here by the look of the document; the readers never fetch, never guess a date and
never drop an item silently: what had to be mended stands in `repairs`.
"""

import re
import zlib

from msgspec import Struct

from wireroom.intake.poll import json_feed, sitemap, xml_feed
from wireroom.intake.poll.page_source import read_page
from wireroom.intake.poll.tree import MAX_BYTES, read_tree
from wireroom.records.entries import ParsedFeed
from wireroom.records.sources import Selectors
from wireroom.text.encodings import decode

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_ADDRESSES = re.compile(rb"\s*https?://\S+[ \t]*(?:[\r\n]|\Z)")


class Unreadable(Struct, frozen=True, kw_only=True):
    """A document in which no feed can be found, and why."""

    reason: str


def parse_feed(
    body: bytes, *, url: str, content_type: str | None = None, selectors: Selectors | None = None
) -> ParsedFeed | Unreadable:
    """Read RSS, Atom, RDF, CDF, JSON Feed or a sitemap; `url` is where it came from and the last resort as base.

    With selectors, the document is a page, and they say where its items are.
    """
    if body.startswith(_GZIP):
        body = _unpacked(body)
    if selectors is not None:
        return _answer(read_page(body, selectors, url=url, content_type=content_type))
    head = _head(body)
    if not head:
        return Unreadable(reason="the document is empty")
    if _HTML.match(head):
        return Unreadable(reason="this is an HTML page, not a feed")
    return _answer(_read(body, head, url, content_type))


def _head(body: bytes) -> bytes:
    """Return how a document begins, in ASCII where its encoding is a wide one."""
    start = body[:1024].removeprefix(b"\xef\xbb\xbf")
    return (decode(start).text.encode() if start.startswith(_WIDE) else start).lstrip()


_WIDE = (b"\xff\xfe", b"\xfe\xff")


def _read(body: bytes, head: bytes, url: str, content_type: str | None) -> ParsedFeed | str:
    if head.startswith(b"{"):
        return json_feed.read(body, url=url, content_type=content_type)
    if _ADDRESSES.match(head):
        return sitemap.read_text(body)
    tree = read_tree(body, url=url, content_type=content_type)
    if isinstance(tree, str):
        return f"neither XML nor JSON; it begins with {_shown(head)}"
    return sitemap.read(tree) or xml_feed.read(tree, url=url)


def _shown(head: bytes) -> str:
    words = " ".join(head[:200].decode("utf-8", "replace").split())
    return repr(words[:40]) if words.isprintable() else "bytes that are no text"


_GZIP = b"\x1f\x8b"


def _unpacked(body: bytes) -> bytes:
    """Unpack a file that was packed before it was served (`sitemap.xml.gz`), as far as we read documents."""
    parts: list[bytes] = []
    while body.startswith(_GZIP) and len(parts) < MOST_MEMBERS and sum(map(len, parts)) < MAX_BYTES:
        packed = zlib.decompressobj(wbits=31)
        try:
            parts.append(packed.decompress(body, MAX_BYTES))
        except zlib.error:
            break
        body = packed.unused_data
    return b"".join(parts)


MOST_MEMBERS = 50
"""Of a packed file: programs that add to one append a member (RFC 1952 §2.2)."""


def _answer(outcome: ParsedFeed | str) -> ParsedFeed | Unreadable:
    return Unreadable(reason=outcome) if isinstance(outcome, str) else outcome
