"""What does a card look like? Paper, ink and a red rule; the headline as large as it fits. Same words, same bytes.

Nothing has to be installed: the library's own type face sets plain Latin, and one that comes along sets accents, Greek,
Cyrillic, Armenian and Georgian. A headline in another script is left out rather than shown as boxes: Arabic, Hebrew and
the scripts of India need shaping by a library that is not everywhere, and the same words must give the same bytes; a
face for Chinese, Japanese and Korean is a hundred times as large as what comes along.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image, ImageDraw, ImageFont

from wireroom.edition.render.card_face import Face

WIDTH, HEIGHT = 1200, 630
"""What social networks show whole."""
MARGIN = 80
SIZES = ((80, 3), (64, 4), (52, 5))
"""Type sizes of the headline in pixels, largest first, each with the lines it may take."""
READABLE = 0.9
"""Share of a text's letters that the type face must know."""
LONGEST = 400
"""Characters of a text that are looked at; more than fit at the smallest size."""
_SHADES = 15
_PAPER, _INK, _PENCIL = (250, 247, 240), (28, 26, 22), (179, 38, 30)
_PALETTE = [
    value
    for step in range(_SHADES)
    for value in (round(p + (i - p) * step / (_SHADES - 1)) for p, i in zip(_PAPER, _INK, strict=True))
] + list(_PENCIL)
_TO_SHADE = [value * (_SHADES - 1) // 255 for value in range(256)]
_PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})
_WIDE = re.compile(
    "[ -~\xa0-\u024f\u0370-\u0525\u0531-\u0556\u0559-\u055f\u0561-\u0587\u0589\u058a\u10a0-\u10c5\u10d0-\u10fc"
    "\u1e00-\u1efb\u1f00-\u1fff\u2010-\u2027\u2030-\u203a\u20a0-\u20b5\u20b8-\u20ba\u20bd№™−]"
)
"""What the type face that comes along has."""
Typeface = Callable[[int], ImageFont.FreeTypeFont]
"""Gives a face in a size of pixels."""


def draw(face: Face) -> bytes:
    """Draw a card as PNG of sixteen colours."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(sheet)
    host = urlsplit(face.host).hostname or ""
    name, letters = drawable(face.name) or (host, plain)
    pen.text((MARGIN, 64), _cut(name, letters(34)), font=letters(34), fill=170)
    headline, letters = drawable(face.headline) or (name, letters)
    font, lines = _set(headline, letters)
    for number, line in enumerate(lines):
        at = (MARGIN, 150 + number * int(font.size) * 5 // 4)
        pen.text(at, line, font=font, fill=255, stroke_width=1, stroke_fill=255)
    said, letters = drawable(face.line) or ("", plain)
    pen.text((MARGIN, HEIGHT - 100), _cut(said, letters(32)), font=letters(32), fill=190)
    return _png(sheet, mark=face.mark)


def drawable(text: str) -> tuple[str, Typeface] | None:
    """Return a text in letters that a type face has, and that face; None when too many would be missing."""
    whole = unicodedata.normalize("NFC", " ".join(text[:LONGEST].split()))
    letters = "".join([char for char in whole if unicodedata.category(char)[0] not in "CM"])
    simple = letters.translate(_PLAIN)
    if simple.isascii():
        return (simple, plain) if simple else None
    known = "".join(_WIDE.findall(letters))
    return (known, wide) if len(known) >= READABLE * len(letters) else None


def _set(text: str, letters: Typeface) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Break a headline into lines at the largest size at which it fits; at the smallest it is cut."""
    for size, most in SIZES:
        font = letters(size)
        lines = _broken(text, font)
        if len(lines) <= most:
            return font, lines
    return font, [*lines[: most - 1], _cut(f"{lines[most - 1]} ...", font)]


def _broken(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer, font):
            lines[-1] = longer
        else:
            lines.append(_cut(word, font))
    return [line for line in lines if line]


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    while not _fits(text, font):
        text = text[: len(text) * 9 // 10]
    return text


def _fits(text: str, font: ImageFont.FreeTypeFont) -> bool:
    return font.getlength(text) <= WIDTH - 2 * MARGIN


def _png(sheet: Image.Image, *, mark: bool) -> bytes:
    """Turn shades into the sixteen colours, a quarter of the bytes of true colour and of the time to pack them."""
    picture = Image.frombytes("P", sheet.size, sheet.point(_TO_SHADE).tobytes())
    picture.putpalette(_PALETTE)
    if mark:
        ImageDraw.Draw(picture).rectangle((MARGIN, HEIGHT - 132, MARGIN + 96, HEIGHT - 127), fill=_SHADES)
    out = BytesIO()
    picture.save(out, "PNG", bits=4)
    return out.getvalue()


# The basic layout is the same everywhere; the other one needs libraries that some machines lack.
@cache
def plain(size: int) -> ImageFont.FreeTypeFont:
    """Return the library's own face."""
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):  # a Pillow without FreeType has a bitmap face of one size
        raise TypeError("cards need a Pillow with FreeType; the one that pip installs has it")
    return font.font_variant(layout_engine=ImageFont.Layout.BASIC)


@cache
def wide(size: int) -> ImageFont.FreeTypeFont:
    """Return the face that comes along."""
    face = files("wireroom.edition.render").joinpath("typeface/DejaVuSans-cards.ttf").read_bytes()
    return ImageFont.truetype(BytesIO(face), size, layout_engine=ImageFont.Layout.BASIC)
