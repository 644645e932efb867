"""What copy of a picture do we keep? Plans the request for all of it, and shrinks what came to the sizes pages need.

Decoding is bounded: only formats that publishers use, only as many pixels as a small machine can hold. Camera notes and
everything else beside the picture are left out. The same bytes give the same copies.
"""

import warnings
from io import BytesIO

from msgspec import Struct
from PIL import Image as Pillow
from PIL import ImageOps

from wireroom.records.outcomes import Fetched, Outcome, Request

WIDTHS = (480, 960)
"""Pixels: a column of a phone, and a lead picture on a desk or a dense phone."""
MOST_BYTES = 3_000_000
MOST_PIXELS = 40_000_000
"""About 120 MB decoded; cameras of newsrooms stay below."""
LEAST = 200
"""Pixels in width under which a picture is no lead picture (RECORDS §6)."""
TALLEST = 1.6
"""Height by width; a taller one is an infographic, which a small copy makes unreadable."""
QUALITY = 76
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_ACCEPT = "image/jpeg,image/webp,image/png,image/gif;q=0.8"


class Shrunk(Struct, frozen=True, kw_only=True):
    """A copy in one size, as JPEG; width and height in pixels."""

    width: int
    height: int
    body: bytes


def plan_copy(url: str) -> Request:
    """Return the request for the whole of an image."""
    return Request(url=url, accept=_ACCEPT, max_bytes=MOST_BYTES)


def copies(outcome: Outcome) -> tuple[Shrunk, ...] | str:
    """Return the copies to keep of what came, smallest first, or the reason why there are none."""
    if not isinstance(outcome, Fetched):
        return getattr(outcome, "reason", None) or f"no picture came ({type(outcome).__name__.lower()})"
    if outcome.truncated:
        return f"larger than {MOST_BYTES // 1_000_000} MB"
    return shrink(outcome.body)


def shrink(body: bytes) -> tuple[Shrunk, ...] | str:
    """Return copies of a picture in the widths that pages need, none wider than itself; or why that cannot be done."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = _opened(body)
            return picture if isinstance(picture, str) else tuple(_scaled(picture, width) for width in _widths(picture))
    except Exception as error:  # noqa: BLE001 - hostile bytes raise whatever they like in a third-party decoder
        return f"unreadable as an image ({type(error).__name__})"


def _opened(body: bytes) -> Pillow.Image | str:
    with Pillow.open(BytesIO(body), formats=_FORMATS) as found:
        if found.width * found.height > MOST_PIXELS:
            return f"{found.width} x {found.height} pixels are more than we decode"
        if found.width < LEAST:
            return f"{found.width} pixels wide, less than {LEAST}"
        if found.height > TALLEST * found.width:
            return f"{found.width} x {found.height} pixels: too tall for a lead picture"
        found.draft("RGB", (WIDTHS[-1] * 2, WIDTHS[-1] * 2))  # a JPEG is decoded no larger than needed
        return _flat(ImageOps.exif_transpose(found))


def _flat(picture: Pillow.Image) -> Pillow.Image:
    """Lay what is transparent on white."""
    if picture.mode not in ("RGBA", "LA", "PA") and "transparency" not in picture.info:
        return picture.convert("RGB")
    shown = picture.convert("RGBA")
    ground = Pillow.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A"))
    return ground


def _widths(picture: Pillow.Image) -> tuple[int, ...]:
    """Return the widths to keep; a picture that is hardly wider than a step is kept as wide as it is."""
    return tuple(sorted({min(width, picture.width) for width in WIDTHS}))


def _scaled(picture: Pillow.Image, width: int) -> Shrunk:
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    out = BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Shrunk(width=width, height=height, body=out.getvalue())
