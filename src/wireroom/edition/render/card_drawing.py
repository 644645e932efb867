"""What does a card look like? Paper, ink and a red rule; the headline as large as it fits. Same words, same bytes.

The library's own type face is used, so nothing has to be installed. It knows Latin letters without accents: accents are
dropped, and a headline in another script is left out rather than shown as boxes.
"""

import unicodedata
from functools import cache
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image, ImageDraw, ImageFont

from wireroom.edition.render.cards import Face

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
_PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "…": "...", "ß": "ss"})


def draw(face: Face) -> bytes:
    """Draw a card as PNG of sixteen colours."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(sheet)
    host = urlsplit(face.host).hostname or ""
    name = drawable(face.name) or host
    pen.text((MARGIN, 64), name, font=_font(34), fill=170)
    size, lines = _set(drawable(face.headline) or name)
    for number, line in enumerate(lines):
        at = (MARGIN, 150 + number * size * 5 // 4)
        pen.text(at, line, font=_font(size), fill=255, stroke_width=1, stroke_fill=255)
    pen.text((MARGIN, HEIGHT - 100), _cut(drawable(face.line), 32), font=_font(32), fill=190)
    return _png(sheet, mark=face.mark)


def drawable(text: str) -> str:
    """Return a text in letters that the type face has; empty when too many would be missing."""
    flat = unicodedata.normalize("NFKD", " ".join(text[:LONGEST].split()).translate(_PLAIN))
    letters = [char for char in flat if not unicodedata.combining(char) and unicodedata.category(char)[0] != "C"]
    known = [char for char in letters if " " <= char <= "~"]
    return "".join(known) if known and len(known) >= READABLE * len(letters) else ""


def _set(text: str) -> tuple[int, list[str]]:
    """Break a headline into lines at the largest size at which it fits; at the smallest it is cut."""
    for size, most in SIZES:
        lines = _broken(text, size)
        if len(lines) <= most:
            return size, lines
    size, most = SIZES[-1]
    lines = _broken(text, size)
    return size, [*lines[: most - 1], _cut(f"{lines[most - 1]} ...", size)]


def _broken(text: str, size: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if _fits(longer, size):
            lines[-1] = longer
        else:
            lines.append(_cut(word, size))
    return [line for line in lines if line]


def _cut(text: str, size: int) -> str:
    while not _fits(text, size):
        text = text[: len(text) * 9 // 10]
    return text


def _fits(text: str, size: int) -> bool:
    return _font(size).getlength(text) <= WIDTH - 2 * MARGIN


def _png(sheet: Image.Image, *, mark: bool) -> bytes:
    """Turn shades into the sixteen colours, a quarter of the bytes of true colour and of the time to pack them."""
    picture = Image.frombytes("P", sheet.size, sheet.point(_TO_SHADE).tobytes())
    picture.putpalette(_PALETTE)
    if mark:
        ImageDraw.Draw(picture).rectangle((MARGIN, HEIGHT - 132, MARGIN + 96, HEIGHT - 127), fill=_SHADES)
    out = BytesIO()
    picture.save(out, "PNG", bits=4)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):  # a Pillow without FreeType has a bitmap face of one size
        raise TypeError("cards need a Pillow with FreeType; the one that pip installs has it")
    return font
