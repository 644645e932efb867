"""Which pictures stand on a page, under which addresses, and where?

Reads img and source elements, lazy ones included. It must not weigh one picture against another.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from wireroom.intake.extract.images import is_thumbnail, looks_poor
from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, called

_MOST_NODES = 100
"""Image elements that are looked at; some have no address."""
LEAST_SIDE = 100
"""Pixels; below it stand faces, flags and icons."""
_LONGEST_SIDE = 9
"""Figures; Python refuses to read thousands of them."""
_SIZED = re.compile(r"\d{1,6}(?:\.\d{1,3})?[wx]")
_SET_NAMES = ("srcset", "data-srcset", "data-lazy-srcset")
_PLAIN_NAMES = ("src", "data-src", "data-original", "data-lazy-src", "data-img-url", "data-url")
_NAMES = (*_PLAIN_NAMES, *_SET_NAMES)
_LEAST_SLUG = 10
"""Characters of an address's last part that are no chance in another."""
Attributes = Mapping[str, str | None]
_MARKS = table("images")
_OTHER = AhoCorasick(_MARKS["elsewhere"])


class Shown(Struct, frozen=True):
    """One picture on the page and its addresses as written."""

    node: Node
    written: tuple[str, ...]


def shown(images: Iterable[Node]) -> Iterator[Shown]:
    """Yield images with all their addresses, counters and logos too: to judge them is dear (`of_news`)."""
    for node in islice(images, _MOST_NODES):
        written = _plain(node.attributes)
        for source in _sources(node):
            written += _plain(source.attributes)
        if written:
            yield Shown(node, tuple(written))


def of_news(picture: Shown, slug: str) -> Shown | None:
    """Return a picture with those of its addresses that may be of the news; None without any, or when it is tiny.

    `slug` is the last part of the page's own address.
    """
    attributes = picture.node.attributes
    if _is_small(attributes.get("width") or "", attributes.get("height") or "") or _is_hidden(attributes):
        return None
    written = tuple([ref for ref in picture.written if not looks_poor(ref) and not _counts(ref, slug)])
    return Shown(picture.node, written) if written else None


def _is_hidden(attributes: Attributes) -> bool:
    style = attributes.get("style")
    return style is not None and _HIDDEN.search(style) is not None


_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def _counts(ref: str, slug: str) -> bool:
    """Tell whether an address reports the page it stands on: a counter, not a picture."""
    if len(slug) < _LEAST_SLUG or slug not in ref:
        return False
    _, *asked = _ASKED.split(ref, 1)
    return bool(asked) and slug in asked[0] and _FILE.search(asked[0]) is None


_ASKED = re.compile("[?;]")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\b", re.IGNORECASE)


def is_marked_lead(node: Node) -> bool:
    """Tell whether an image stands in a figure, or its class calls it a lead."""
    return is_framed(node) or _LEAD.search((node.attributes.get("class") or "").lower()) is not None


_LEAD = re.compile(r"\b(?:lead|hero|featured|main|cover)\b")


def is_framed(node: Node) -> bool:
    """Tell whether an image stands in a figure or a picture element."""
    around = [node.parent]
    while len(around) < 5 and around[-1] is not None:
        around.append(around[-1].parent)
    return any(element is not None and element.tag in {"figure", "picture"} for element in around)


def _plain(attributes: Attributes) -> list[str]:
    """Return an element's addresses as written, of a set only the first: enough to tell the picture."""
    written = []
    for name in _NAMES:
        if name in attributes:
            value = (attributes[name] or "").strip()
            if value and not value.startswith("data:"):
                written.append(value if name in _PLAIN_NAMES else value.split(None, 1)[0])
    return written


def largest(picture: Shown) -> str:
    """Return the largest version of a picture: by its sets' stated widths, else the first address."""
    sized: list[tuple[str, float]] = []
    for element in (picture.node, *_sources(picture.node)):
        attributes = element.attributes
        for name in _SET_NAMES:
            if written := attributes.get(name):
                sized += _candidates(written.strip()[:8000])
    if sized:
        return max(sized, key=lambda candidate: candidate[1])[0]
    # A small version often stands in for the picture until it is scrolled to.
    return next((ref for ref in picture.written if not is_thumbnail(ref)), picture.written[0])


def _candidates(written: str) -> Iterator[tuple[str, float]]:
    """Yield the addresses of a set with their widths or densities; commas may stand with or without spaces."""
    address = ""
    for token in written.split():
        if not address:
            address = token.strip(",")
            if not token.endswith(","):
                continue
            size, rest = "1x", ""
        else:
            size, _, rest = token.partition(",")
        if address:
            yield address, float(size[:-1]) if _SIZED.fullmatch(size) else 1.0
        address = rest.strip(",")
    if address:
        yield address, 1.0


def _sources(node: Node) -> list[Node]:
    parent = node.parent
    if parent is None or parent.tag != "picture":
        return []
    return [element for element in parent.iter() if element.tag == "source"][:_MOST_SOURCES]


_MOST_SOURCES = 4


@lru_cache(maxsize=256)
def _is_small(width: str, height: str) -> bool:
    """Tell whether a side as written is low; pages state few sizes, and many images none."""
    return (_is_low(width) or _is_low(height)) and f"{width}:{height}" not in _MARKS["ratios"]


def _is_low(side: str) -> bool:
    return side.isdecimal() and len(side) <= _LONGEST_SIDE and int(side) < LEAST_SIDE


FAR, NEAR = 8, 3
"""Elements around a picture whose names are looked at; wrappers of whole pieces are named after their sidebars too."""


def is_elsewhere(node: Node, levels: int = FAR) -> bool:
    """Tell whether an image stands in a part of the page that is not the piece's own."""
    current: Node | None = node
    for _ in range(levels):
        if current is None or (tag := current.tag) in {"article", "main", "body", "html"}:
            return False
        if tag in {"aside", "nav", "footer"}:
            return True
        if _OTHER.find_matches_as_indexes(called(current).lower()):
            return True
        current = current.parent
    return False
