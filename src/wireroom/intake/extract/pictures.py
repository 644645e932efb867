"""Which pictures does the page show its readers, and which of them is the lead?

Reads img and source elements of the article's own part, lazy ones included. It must not weigh them against the head's
statements beyond telling whether both show the same picture.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from wireroom.intake.extract.images import is_gif, looks_poor, without_host
from wireroom.intake.extract.sheet import Sheet, clue, own_part
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.html import Node, Tree

MOST_IMAGES = 25
FIRST_IMAGES = 12
"""Of the article's own part: a lead stands early, and each image costs 0.02 ms."""
LEAST_SIDE = 100
"""Pixels; below it stand faces, flags and icons."""
_CANDIDATE = re.compile(r"(\S+?)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s+|,(?=https?:|/)|$)")
_TOKEN = re.compile(r"[A-Za-z0-9]+")
_SIZE = re.compile(r"(?:w|h|s|q|\d+x)?\d{1,4}(?:w|h|px|x\d+)?")
_SET_NAMES = ("srcset", "data-srcset", "data-lazy-srcset")
_PLAIN_NAMES = ("src", "data-src", "data-original", "data-lazy-src", "data-img-url", "data-url")
_MARKS = table("images")
_OTHER = re.compile("|".join(_MARKS["elsewhere"]))


class Shown(Struct, frozen=True, kw_only=True):
    """One picture on the page, and what tells its addresses from others'."""

    node: Node
    tokens: frozenset[str]


def evidence(sheet: Sheet, stated: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the lead picture as shown: the one the head names too, else the first that stands like a lead."""
    part = own_part(sheet)
    shown = list(islice(_shown(part), FIRST_IMAGES))
    same = _named(shown, stated)
    if same is None and stated and part is not sheet.tree:
        same = _named(list(islice(_shown(sheet.tree), MOST_IMAGES)), stated)
    if same is not None:
        yield from _clue(sheet, same, 0.90)
        return
    lead = next((picture for picture in shown if not _is_elsewhere(picture.node)), None)
    if lead is not None and (not is_gif(_largest(lead.node)) or _is_marked_lead(lead.node)):
        yield from _clue(sheet, lead, 0.82 if _is_framed(lead.node) else 0.50)


def _clue(sheet: Sheet, picture: Shown, confidence: float) -> Iterator[Evidence]:
    if url := sheet.address(_largest(picture.node)):
        yield clue("image", url, "figure", confidence)


def _named(shown: Sequence[Shown], stated: Sequence[Evidence]) -> Shown | None:
    """Return the shown picture that the head names, most trusted statement first."""
    distinct = {picture.tokens for picture in shown}
    common = Counter(token for tokens in distinct for token in tokens)
    most = max(2.0, len(distinct) * 0.3)
    telling = [(picture, frozenset(token for token in picture.tokens if common[token] <= most)) for picture in shown]
    for claim in sorted(stated, key=lambda claim: -claim.confidence):
        named = _tokens(claim.value)
        same = [picture for picture, tokens in telling if named & tokens]
        if same:
            return next((picture for picture in same if not _is_elsewhere(picture.node)), same[0])
    return None


def _shown(part: Tree | Node) -> Iterator[Shown]:
    for node in islice(part.css("img"), MOST_IMAGES * 2):
        written = () if _is_small(node) else tuple(ref for ref in _plain(node) if not looks_poor(ref))
        if written:
            yield Shown(node=node, tokens=frozenset[str]().union(*map(_tokens, written)))


def _is_marked_lead(node: Node) -> bool:
    return _is_framed(node) or _LEAD.search((node.attributes.get("class") or "").lower()) is not None


_LEAD = re.compile(r"\b(?:lead|hero|featured|main|cover)\b")


def _is_framed(node: Node) -> bool:
    around = [node.parent]
    while len(around) < 5 and around[-1] is not None:
        around.append(around[-1].parent)
    return any(element is not None and element.tag in {"figure", "picture"} for element in around)


def _plain(node: Node) -> Iterator[str]:
    """Yield an image's addresses as written, of a set only the first: enough to tell the picture."""
    for element in (node, *_sources(node)):
        attributes = element.attributes
        for name in (*_PLAIN_NAMES, *_SET_NAMES):
            value = (attributes.get(name) or "").strip()
            if value and not value.startswith("data:"):
                yield value if name in _PLAIN_NAMES else value.split(None, 1)[0]


def _largest(node: Node) -> str:
    """Return the largest version of a picture: by its sets' stated widths, else the first address."""
    sized = [
        (float(found[2] or 1), found[1])
        for element in (node, *_sources(node))
        for name in _SET_NAMES
        for found in _CANDIDATE.finditer((element.attributes.get(name) or "").strip()[:8000])
    ]
    return (
        max(sized, key=lambda pair: pair[0])[1] if sized else next(ref for ref in _plain(node) if not looks_poor(ref))
    )


def _sources(node: Node) -> list[Node]:
    parent = node.parent
    return parent.css("source")[:_MOST_SOURCES] if parent is not None and parent.tag == "picture" else []


_MOST_SOURCES = 4


def _is_small(node: Node) -> bool:
    stated = [node.attributes.get(name) or "" for name in ("width", "height")]
    if ":".join(stated) in _MARKS["ratios"]:
        return False
    return any(value.isdigit() and int(value) < LEAST_SIDE for value in stated)


def _is_elsewhere(node: Node) -> bool:
    """Tell whether an image stands in a part of the page that is not the piece's own."""
    current: Node | None = node
    for _ in range(8):
        if current is None or current.tag in {"article", "main", "body"}:
            return False
        if current.tag in {"aside", "nav", "footer"}:
            return True
        attributes = current.attributes
        if _OTHER.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()):
            return True
        current = current.parent
    return False


def _tokens(url: str) -> frozenset[str]:
    """Return what tells a picture's address from another's: long words and numbers, no sizes."""
    rest = without_host(url)
    return frozenset(
        token.lower()
        for token in _TOKEN.findall(rest)
        if len(token) >= (_LEAST_MIXED if _DIGIT.search(token) else _LEAST_WORD) and not _SIZE.fullmatch(token)
    )


_LEAST_MIXED, _LEAST_WORD = 6, 10
"""Characters; shorter words are folders that all pictures of a publisher share."""
_DIGIT = re.compile(r"\d")
