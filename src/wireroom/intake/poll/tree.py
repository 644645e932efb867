"""How do the bytes of a feed become a tree, whatever is wrong with them?

Well-formed documents are parsed once and touched by nothing. The others are mended and parsed again, leniently, and
each mending is named. Nothing is ever fetched, and no entity of a document's own is expanded more than once.
"""

import re
from html.entities import html5
from itertools import islice

from lxml import etree
from msgspec import Struct

from wireroom.text.encodings import Decoded, decode

MAX_BYTES = 8_000_000
MAX_TAGS = 200_000
"""An lxml node takes about 130 bytes, with one attribute 250: so many stay below the 64 MB we allow ourselves."""

MAX_ATTRIBUTES = 150_000
MAX_MENDED = 50_000
"""References that are mended; a document with more of them was made to hurt, and is cut there."""

_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]{0,1000}+(?:\[(?:[^\]\"']++|\"[^\"]*+\"|'[^']*+')*+\]\s*+)?+>", re.IGNORECASE)
_ENTITY = re.compile(rb"<!ENTITY\s+([\w.-]{1,60})\s+(?:\"([^\"&%<]{0,100})\"|'([^'&%<]{0,100})')\s*>")
# Sections that are left as they are, or an ampersand that begins no reference XML knows.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!(?:amp|lt|gt|quot|apos);)(#[xX][0-9a-fA-F]{1,7};?|#\d{1,8};?|[A-Za-z][A-Za-z0-9]{0,40};)?",
    re.DOTALL,
)
_START = re.compile(
    rb"<(?:\?xml|rss|feed|opml|rdf:rdf|channel|urlset|sitemapindex|[a-z0-9]{1,10}:(?:rss|feed|rdf|channel))\b",
    re.IGNORECASE,
)


class Tree(Struct, frozen=True, kw_only=True):
    """The root of a document, the encoding it came in, what was mended, and which of XML's own marks occur in it."""

    root: etree._Element
    encoding: str
    repairs: tuple[str, ...]
    has_bases: bool
    has_languages: bool


def read_tree(body: bytes, *, url: str, content_type: str | None) -> Tree | str:
    """Parse a document into a tree; a sentence when there is none in it."""
    decoded = decode(body[:MAX_BYTES], content_type)
    data = _as_utf8(body, decoded)
    repairs = list(decoded.repairs)
    if len(body) > MAX_BYTES:
        repairs.append(f"read only the first {MAX_BYTES // 1_000_000} MB")
    data = _limited(data, repairs)
    data, entities = _without_doctype(data)
    root = _parsed(data, url, recover=False) if not entities else None
    if root is None:
        data = _mended(data, entities, repairs)
        root = _parsed(data, url, recover=True)
    if root is None:
        return "no XML element in the document"
    marks = b"xml:" in data  # one look for both; nearly no feed has either
    return Tree(
        root=root,
        encoding=decoded.encoding,
        repairs=tuple(repairs),
        has_bases=marks and b"xml:base" in data,
        has_languages=marks and b"xml:lang" in data,
    )


def _as_utf8(body: bytes, decoded: Decoded) -> bytes:
    """Return the document in UTF-8 without a byte order mark; most already are."""
    if decoded.encoding == "utf-8" and not decoded.repairs:
        return body[:MAX_BYTES].removeprefix(b"\xef\xbb\xbf").strip()
    return decoded.text.encode("utf-8", "replace").strip()


def _limited(data: bytes, repairs: list[str]) -> bytes:
    """Cut a document before the tag that would be one too many, or where its attributes become too many."""
    if len(data) <= MAX_TAGS * len(b"<a/>"):
        return data
    if (attributes := data.count(b'="') + data.count(b"='")) > MAX_ATTRIBUTES:
        repairs.append(f"read only about {MAX_ATTRIBUTES:,} of {attributes:,} attributes")
        data = data[: len(data) * MAX_ATTRIBUTES // attributes]
    if data.count(b"<") <= MAX_TAGS:
        return data
    repairs.append(f"read only the first {MAX_TAGS:,} tags")
    place = 0
    for _ in range(MAX_TAGS):
        place = data.find(b"<", place) + 1
    return data[: place - 1]


def _without_doctype(data: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """Cut out the document type, and return the plain entities it declared; nested ones (bombs) are not taken."""
    found = _DOCTYPE.search(data) if b"<!doctype" in data[:4096].lower() else None
    if not found:
        return data, {}
    declared = {name: first or second for name, first, second in _ENTITY.findall(found[0])}
    return data[: found.start()] + data[found.end() :], declared


def _parsed(data: bytes, url: str, *, recover: bool) -> etree._Element | None:
    """Return the root, None when the parser finds none; huge documents and the network stay switched off."""
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser, base_url=url)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is not None and (recover or root.getroottree().docinfo.internalDTD is not None):
        # References that were not written out before stay out; what they stand for is never expanded.
        etree.strip_elements(root, etree.Entity, with_tail=False)
    return root


def _mended(data: bytes, entities: dict[bytes, bytes], repairs: list[str]) -> bytes:
    """Remove what XML forbids, escape stray ampersands, and write HTML's and the document's own entities out."""
    bare = data.translate(None, _CONTROLS).replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    if len(bare) != len(data):
        repairs.append(f"removed {len(data) - len(bare)} characters that XML forbids")
    start = _START.search(bare, 0, 65_536)
    if start and bare[: start.start()].strip() and not bare[: start.start()].lstrip().startswith((b"<?", b"<!")):
        repairs.append("skipped text before the document")
        bare = bare[start.start() :]
    ends = [found.end() for found in islice(_AMPERSAND.finditer(bare), MAX_MENDED)]
    if len(ends) == MAX_MENDED:
        repairs.append(f"read only up to the {MAX_MENDED:,}th reference")
        bare = bare[: ends[-1]]
    mended = _AMPERSAND.sub(lambda found: _reference(found, entities), bare)
    if mended != bare:
        repairs.append("escaped stray ampersands or wrote undeclared entities out")
    if cut := _cut_short(mended):
        repairs.append("the document ends inside an item; that item waits for the next visit")
        mended = mended[:cut]
    repairs.append("not well-formed XML")
    return mended


def _reference(found: re.Match[bytes], entities: dict[bytes, bytes]) -> bytes:
    """Return what stands for an ampersand and the name behind it."""
    name = found[1]
    if not found[0].startswith(b"&"):
        return found[0]
    if name is None:
        return b"&amp;"
    if name.startswith(b"#"):
        return _character(name[1:].rstrip(b";")) if name.endswith(b";") else b"&amp;" + name
    if (own := entities.get(name[:-1])) is not None:
        return own
    text = html5.get(name.decode("ascii"))
    return text.encode() if text else b"&amp;" + name


def _character(number: bytes) -> bytes:
    """Write a numeric reference out; what XML forbids becomes nothing."""
    code = int(number[1:], 16) if number[:1] in b"xX" else int(number)
    allowed = code in (9, 10, 13) or 32 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return b"&#%d;" % code if allowed else b""


def _cut_short(data: bytes) -> int:
    """Return where an item begins that the document does not finish, when others stand before it; else 0."""
    end = max(data.rfind(b"</item>"), data.rfind(b"</entry>"))
    begin = max(data.rfind(b"<item"), data.rfind(b"<entry"))
    return begin if 0 < end < begin else 0
