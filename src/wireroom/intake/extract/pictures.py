"""Which pictures does the page show its readers, and which of them is the lead?

Reads img and source elements of the article's own part, lazy ones included. It must not weigh them against the head's
statements beyond telling whether both show the same picture.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from wireroom.intake.extract.images import is_gif, is_thumbnail, looks_poor, without_host
from wireroom.intake.extract.sheet import Sheet, clue, own_part
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.html import Node, Tree

MOST_IMAGES = 25
FIRST_IMAGES, EARLY_IMAGES = 6, 12
"""Of the article's own part: a lead stands early, and each image costs 0.01 ms."""
LEAST_SIDE = 100
"""Pixels; below it stand faces, flags and icons."""
_LONGEST_SIDE = 9
"""Figures; Python refuses to read thousands of them."""
_SIZED = re.compile(r"\d{1,6}(?:\.\d{1,3})?[wx]")
_SIZE = re.compile(r"(?:w|h|s|q|\d+x)?\d{1,4}(?:w|h|px|x\d+)?")
_SET_NAMES = ("srcset", "data-srcset", "data-lazy-srcset")
_PLAIN_NAMES = ("src", "data-src", "data-original", "data-lazy-src", "data-img-url", "data-url")
_NAMES = (*_PLAIN_NAMES, *_SET_NAMES)
Attributes = Mapping[str, str | None]
_MARKS = table("images")
_OTHER = re.compile("|".join(_MARKS["elsewhere"]))


class Shown(Struct, frozen=True, kw_only=True):
    """One picture on the page and its addresses as written."""

    node: Node
    written: tuple[str, ...]


def evidence(sheet: Sheet, stated: Sequence[Evidence]) -> Iterator[Evidence]:
    """Yield the lead picture as shown: the one the head names too, else the first that stands like a lead."""
    part = own_part(sheet)
    # All pictures stand in the body.
    within = isinstance(part, Node) and part.tag != "body"
    own = part.css("img") if within else sheet.nodes["img"]
    found = _shown(own or part.css("amp-img"), sheet.url)
    shown = list(islice(found, FIRST_IMAGES))
    same = _named(shown, stated)
    if same is None:
        shown += islice(found, EARLY_IMAGES - len(shown))
        same = _named(shown, stated)
    if same is None and stated:
        inside = {node.mem_id for node in own}
        others = (node for node in sheet.nodes["img"] if node.mem_id not in inside)
        same = _named([*shown, *islice(_shown(others, sheet.url), MOST_IMAGES - len(shown))], stated)
    if same is not None:
        yield from _clue(sheet, _largest(same), 0.90)
        return
    lead = _lead(shown, _FAR) or (_lead(shown, _NEAR) if within and not stated else None)
    if lead is not None and (not is_gif(lead[1]) or _is_marked_lead(lead[0].node)):
        yield from _clue(sheet, lead[1], 0.82 if _is_framed(lead[0].node) else 0.50)
    elif not stated:
        yield from islice(_behind(sheet, part), 1)


def _lead(shown: Iterable[Shown], levels: int) -> tuple[Shown, str] | None:
    """Return the first picture that stands like a lead, with its largest version."""
    fitting = (picture for picture in shown if not _is_elsewhere(picture.node, levels))
    return next(((picture, url) for picture in fitting if not is_thumbnail(url := _largest(picture))), None)


_FAR, _NEAR = 8, 3
"""Elements around a picture whose names are looked at; wrappers of whole pieces are named after their sidebars too."""


def _behind(sheet: Sheet, part: Tree | Node) -> Iterator[Evidence]:
    """Yield pictures that are no images of the page: of a film before it plays, behind a headline, for links alone."""
    for node in (*sheet.tree.css(_LINKED), *part.css(_DRAWN_ON)):
        named = next((told for name in _SAID if (told := node.attributes.get(name))), "")
        drawn = _DRAWN.search(node.attributes.get("style") or "")
        written = named or (drawn[1].strip("'\" ") if drawn else "")
        if written and not written.startswith("data:") and not looks_poor(written) and not _is_elsewhere(node):
            yield from _clue(sheet, written, 0.40)


_LINKED = "link[rel=image_src], link[itemprop=image], [itemprop=image] > meta[itemprop=url]"
_DRAWN_ON = "video[poster], [style*=background-image], [style*='background:']"
_SAID = ("poster", "href", "content")
_DRAWN = re.compile(r"url\(([^)]{4,2000})\)")


def _clue(sheet: Sheet, written: str, confidence: float) -> Iterator[Evidence]:
    """Yield a picture under its address; what the head names is better than a thumbnail of it."""
    if not is_thumbnail(written) and (url := sheet.address(written)):
        yield clue("image", url, "figure", confidence)


def _named(shown: Sequence[Shown], stated: Sequence[Evidence]) -> Shown | None:
    """Return the shown picture that the head names, most trusted statement first.

    A word names a picture unless many pictures of the page have it: that is a folder or the site.
    """
    claims = [_tokens((claim.value,)) for claim in sorted(stated, key=lambda claim: -claim.confidence)]
    sought = frozenset[str]().union(*claims)
    alike = [(picture, sought & _tokens(picture.written)) for picture in shown if _mentions(picture, sought)]
    common = _common([picture for picture, _ in alike], shown) if len(alike) > _FEW else frozenset[str]()
    for named in claims:
        same = [(picture, told) for picture, tokens in alike if (told := tokens & named - common)]
        if same:
            return _best(same)
    return None


def _common(alike: Iterable[Shown], shown: Iterable[Shown]) -> frozenset[str]:
    """Return the words that so many pictures have that they name none."""
    counts = Counter(token for tokens in {_tokens(picture.written) for picture in alike} for token in tokens)
    most = max(_FEW, len({picture.written for picture in shown}) * 0.3)
    return frozenset(token for token, count in counts.items() if count > most)


_FEW = 2


def _best(same: Sequence[tuple[Shown, frozenset[str]]]) -> Shown:
    """Return the picture of the piece's own part that shares most words, the first of several."""
    if len(same) == 1:
        return same[0][0]
    return min(same, key=lambda pair: (_is_elsewhere(pair[0].node), -len(pair[1])))[0]


def _mentions(picture: Shown, sought: frozenset[str]) -> bool:
    """Tell whether a picture's addresses can hold one of the words; cheaper than taking them apart."""
    return any(map(" ".join(picture.written).lower().__contains__, sought))


def _shown(images: Iterable[Node], page: str) -> Iterator[Shown]:
    slug = page.partition("?")[0].rstrip("/").rpartition("/")[2]
    for node in islice(images, MOST_IMAGES * 2):
        attributes = node.attributes
        if _is_small(attributes.get("width") or "", attributes.get("height") or "") or _is_hidden(attributes):
            continue
        stated = _plain(attributes)
        for source in _sources(node):
            stated += _plain(source.attributes)
        written = tuple([ref for ref in stated if not looks_poor(ref) and not _counts(ref, slug)])
        if written:
            yield Shown(node=node, written=written)


def _is_hidden(attributes: Attributes) -> bool:
    style = attributes.get("style")
    return style is not None and _HIDDEN.search(style) is not None


_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")


def _counts(ref: str, slug: str) -> bool:
    """Tell whether an address reports the page it stands on: a counter, not a picture."""
    if len(slug) < _LEAST_WORD or slug not in ref:
        return False
    _, *asked = _ASKED.split(ref, 1)
    return bool(asked) and slug in asked[0] and _FILE.search(asked[0]) is None


_ASKED = re.compile("[?;]")
_FILE = re.compile(r"\.(?:jpe?g|png|webp|avif|gif)\b", re.IGNORECASE)


def _is_marked_lead(node: Node) -> bool:
    return _is_framed(node) or _LEAD.search((node.attributes.get("class") or "").lower()) is not None


_LEAD = re.compile(r"\b(?:lead|hero|featured|main|cover)\b")


def _is_framed(node: Node) -> bool:
    around = [node.parent]
    while len(around) < 5 and around[-1] is not None:
        around.append(around[-1].parent)
    return any(element is not None and element.tag in {"figure", "picture"} for element in around)


def _plain(attributes: Attributes) -> list[str]:
    """Return an element's addresses as written, of a set only the first: enough to tell the picture."""
    found = []
    for name in [name for name in _NAMES if name in attributes]:
        value = (attributes[name] or "").strip()
        if value and not value.startswith("data:"):
            found.append(value if name in _PLAIN_NAMES else value.split(None, 1)[0])
    return found


def _largest(picture: Shown) -> str:
    """Return the largest version of a picture: by its sets' stated widths, else the first address."""
    sets = [
        written.strip()[:8000]
        for attributes in (element.attributes for element in (picture.node, *_sources(picture.node)))
        for name in _SET_NAMES
        if (written := attributes.get(name)) and not written.isspace()
    ]
    sized = [candidate for written in sets for candidate in _candidates(written)]
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


def _is_elsewhere(node: Node, levels: int = _FAR) -> bool:
    """Tell whether an image stands in a part of the page that is not the piece's own."""
    current: Node | None = node
    for _ in range(levels):
        if current is None or current.tag in {"article", "main", "body"}:
            return False
        if current.tag in {"aside", "nav", "footer"}:
            return True
        attributes = current.attributes
        if _OTHER.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()):
            return True
        current = current.parent
    return False


@lru_cache(maxsize=256)
def _tokens(written: tuple[str, ...]) -> frozenset[str]:
    """Return what tells a picture's addresses from another's: long words and numbers, no sizes."""
    return frozenset(token for url in written for token in _telling(without_host(url).lower()))


def _telling(path: str) -> Iterator[str]:
    """Yield words with figures anywhere in an address, and of the file's name long words and the whole.

    Words without figures in folders are shared by all pictures of a house.
    """
    file = _FOLDERS.split(path.partition("?")[0].rstrip("/"))[-1]
    whole = _VERSION.sub("", file)
    if len(whole) >= _LEAST_FILE and not whole.isalnum():
        yield whole
    for token in _TOKEN.findall(path):
        if token.isalpha():
            if len(token) >= _LEAST_WORD and token not in _COMMON and token in file:
                yield token
        elif not _SIZE.fullmatch(token):
            yield token


_FOLDERS = re.compile("/|%2f")
_LEAST_FILE = 15
_VERSION = re.compile(r"(?:[-_@]\d{1,4}x(?:\d{1,4})?|-scaled)*\.[a-z0-9]{2,5}$|\.[a-z0-9]{2,5}$")
"""What versions of one picture have at the end of their names: sizes, and the kind of file."""


_COMMON = frozenset(_MARKS["common"])
_LEAST_MIXED, _LEAST_WORD = 6, 10
"""Characters; shorter words are folders that all pictures of a publisher share."""
_TOKEN = re.compile(rf"[a-z0-9]{{{_LEAST_MIXED},}}")
