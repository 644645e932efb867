"""How large is the picture at an image address?

Plans a request for the first bytes and reads width and height from them; markup is not believed and nothing is decoded.
"""

import re
import warnings
from datetime import datetime
from io import BytesIO

import imagesize
from PIL import Image as Pillow
from PIL import ImageFile

from wireroom.records.articles import Picture
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Refused, Request, Throttled

FIRST_BYTES = 65_536
"""Enough for a JPEG whose camera notes, preview and colour profile stand before its size."""
MOST_PIXELS = 100_000_000
"""A picture that claims more is refused: no newsroom publishes it, and it could fill the memory of who opens it."""
Pillow.MAX_IMAGE_PIXELS = MOST_PIXELS

_ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif,image/svg+xml;q=0.5,*/*;q=0.1"
_SVG = re.compile(rb"<svg\b([^>]{0,4000})>", re.IGNORECASE)
_LENGTH = re.compile(rb"""\b(width|height)\s*=\s*["']\s*([\d.]+)\s*(?:px)?\s*["']""", re.IGNORECASE)
_VIEW_BOX = re.compile(rb"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""", re.IGNORECASE)
_ISPE = re.compile(rb"ispe\x00{4}(.{4})(.{4})", re.DOTALL)
"""ISO/IEC 23008-12 §6.5.3: image spatial extents, version and flags 0, then width and height."""

Size = tuple[int, int]


def plan(url: str) -> Request:
    """Return the request for an image's first bytes."""
    return Request(url=url, accept=_ACCEPT, first_bytes=FIRST_BYTES)


def absorb(url: str, outcome: Outcome, now: datetime) -> Picture:
    """Return what the answer tells of the picture: its size, or the reason why it cannot be used."""
    if not isinstance(outcome, Fetched):
        return Picture(url=url, measured_at=now, reason=_why(outcome))
    size = measure(outcome.body)
    if size is None:
        return Picture(url=url, measured_at=now, reason=_what(outcome))
    width, height = size
    if width * height > MOST_PIXELS:
        return Picture(url=url, measured_at=now, reason=f"claims {width} x {height} pixels, more than we believe")
    return Picture(url=url, measured_at=now, width=width, height=height)


def measure(body: bytes) -> Size | None:
    """Return (width, height) in pixels from a picture's first bytes, None when they do not tell."""
    for reader in (_by_header, _by_boxes, _by_parser, _by_svg):
        size = reader(body)
        if size is not None and size[0] > 0 and size[1] > 0:
            return size
    return None


def _by_header(body: bytes) -> Size | None:
    if _is_svg(body):
        return None
    try:
        width, height = imagesize.get(BytesIO(body))
    except Exception:  # noqa: BLE001 - hostile bytes raise whatever they like in a third-party reader
        return None
    return int(width), int(height)


def _by_boxes(body: bytes) -> Size | None:
    """Read AVIF and HEIC: the largest extents named, for thumbnails and alpha planes name theirs too."""
    if body[4:8] != b"ftyp":
        return None
    sizes = [(int.from_bytes(w), int.from_bytes(h)) for w, h in _ISPE.findall(body)]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def _by_parser(body: bytes) -> Size | None:
    parser = ImageFile.Parser()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            parser.feed(body)
    except Exception:  # noqa: BLE001 - hostile bytes raise whatever they like in a third-party reader
        return None
    return (parser.image.width, parser.image.height) if parser.image else None


def _is_svg(body: bytes) -> bool:
    return b"<svg" in body[:4096].lower()


def _by_svg(body: bytes) -> Size | None:
    found = _SVG.search(body[:FIRST_BYTES])
    if found is None:
        return None
    stated = {name.lower(): float(length) for name, length in _LENGTH.findall(found[1])}
    if {b"width", b"height"} <= stated.keys():
        return round(stated[b"width"]), round(stated[b"height"])
    box = _VIEW_BOX.search(found[1])
    return (round(float(box[1])), round(float(box[2]))) if box else None


def _why(outcome: NotModified | Gone | Throttled | Refused | Failed) -> str:
    """Say why there are no bytes."""
    match outcome:
        case Gone():
            return f"gone (status {outcome.status})"
        case Throttled():
            return f"the server asked us to come back later (status {outcome.status})"
        case NotModified():
            return "the server sent no bytes"
        case Refused() | Failed():
            return outcome.reason


def _what(fetched: Fetched) -> str:
    kind = (fetched.header("content-type") or "").partition(";")[0].strip()
    if not fetched.body:
        return "empty answer"
    if kind.startswith("text/html"):
        return "a web page, not an image"
    return f"unreadable as an image ({kind or 'no type stated'}, {len(fetched.body)} bytes)"
