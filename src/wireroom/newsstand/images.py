"""What does an image of the newsstand look like? Same description, same bytes."""

from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from math import cos, sin, tau

from PIL import Image, ImageDraw

from wireroom.newsstand.pieces import Picture, number

Draw = ImageDraw.ImageDraw
Colour = tuple[int, int, int]

# Dusk, sea, brick, moss, plum, sand: sky above, ground below, ink for the drawing.
PALETTES: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((36, 52, 88), (228, 164, 120), (20, 24, 40)),
    ((186, 220, 228), (38, 96, 118), (16, 44, 60)),
    ((244, 226, 204), (178, 84, 60), (70, 28, 24)),
    ((226, 234, 206), (84, 124, 86), (30, 52, 40)),
    ((232, 214, 232), (108, 72, 124), (46, 26, 62)),
    ((252, 242, 214), (206, 160, 92), (88, 58, 26)),
)
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}


@lru_cache(maxsize=64)
def draw(picture: Picture) -> bytes:
    """Draw a picture in its own size and format."""
    sky, ground, ink = PALETTES[number(picture.url, len(PALETTES))]
    canvas = _gradient(picture.width, picture.height, sky, ground)
    if min(picture.width, picture.height) >= 60:
        MOTIFS.get(picture.motif, _globe)(ImageDraw.Draw(canvas), picture.width, picture.height, ink)
    out = BytesIO()
    canvas.save(out, FORMATS[picture.format], quality=82, method=0, compress_level=1)
    return out.getvalue()


def _gradient(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    column = Image.new("RGB", (1, height))
    for y in range(height):
        share = y / max(1, height - 1)
        mixed = [round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True)]
        column.putpixel((0, y), (mixed[0], mixed[1], mixed[2]))
    return column.resize((width, height), Image.Resampling.NEAREST)


def _camera(pen: Draw, w: int, h: int, ink: Colour) -> None:
    pen.rectangle((w * 0.08, 0, w * 0.12, h), fill=ink)
    pen.polygon([(w * 0.1, h * 0.2), (w * 0.55, h * 0.3), (w * 0.52, h * 0.52), (w * 0.1, h * 0.42)], fill=ink)
    _disc(pen, w * 0.54, h * 0.41, h * 0.11, (240, 240, 240))
    _disc(pen, w * 0.55, h * 0.41, h * 0.06, ink)


def _school(pen: Draw, w: int, h: int, ink: Colour) -> None:
    pen.rectangle((w * 0.15, h * 0.5, w * 0.85, h * 0.88), fill=ink)
    pen.polygon([(w * 0.4, h * 0.5), (w * 0.5, h * 0.28), (w * 0.6, h * 0.5)], fill=ink)
    for column in range(6):
        left = w * (0.2 + 0.105 * column)
        pen.rectangle((left, h * 0.58, left + w * 0.06, h * 0.7), fill=(250, 226, 150))


def _court(pen: Draw, w: int, h: int, ink: Colour) -> None:
    pen.polygon([(w * 0.2, h * 0.4), (w * 0.5, h * 0.18), (w * 0.8, h * 0.4)], fill=ink)
    pen.rectangle((w * 0.2, h * 0.82, w * 0.8, h * 0.9), fill=ink)
    for column in range(5):
        left = w * (0.24 + 0.12 * column)
        pen.rectangle((left, h * 0.44, left + w * 0.05, h * 0.82), fill=ink)


def _chip(pen: Draw, w: int, h: int, ink: Colour) -> None:
    for step in range(7):
        y = h * (0.26 + 0.08 * step)
        pen.line((w * 0.22, y, w * 0.78, y), fill=ink, width=max(2, h // 120))
    pen.rounded_rectangle((w * 0.33, h * 0.18, w * 0.67, h * 0.82), radius=h // 30, fill=ink)
    pen.rectangle((w * 0.42, h * 0.36, w * 0.58, h * 0.64), outline=(250, 226, 150), width=max(2, h // 90))


def _people(pen: Draw, w: int, h: int, ink: Colour) -> None:
    for place, size in ((0.25, 0.1), (0.5, 0.13), (0.75, 0.1)):
        _disc(pen, w * place, h * 0.42, h * size, ink)
        pen.pieslice((w * (place - 0.14), h * 0.58, w * (place + 0.14), h * 1.3), 180, 360, fill=ink)


def _health(pen: Draw, w: int, h: int, ink: Colour) -> None:
    pen.rectangle((w * 0.5 - h * 0.08, h * 0.15, w * 0.5 + h * 0.08, h * 0.6), fill=(250, 250, 250))
    pen.rectangle((w * 0.5 - h * 0.22, h * 0.29, w * 0.5 + h * 0.22, h * 0.45), fill=(250, 250, 250))
    beat = [(0.0, 0.78), (0.35, 0.78), (0.42, 0.66), (0.5, 0.92), (0.57, 0.72), (0.62, 0.78), (1.0, 0.78)]
    pen.line([(w * x, h * y) for x, y in beat], fill=ink, width=max(2, h // 60))


def _chart(pen: Draw, w: int, h: int, ink: Colour) -> None:
    for column, share in enumerate((0.2, 0.28, 0.35, 0.5, 0.62, 0.75)):
        left = w * (0.15 + 0.12 * column)
        pen.rectangle((left, h * (0.9 - share), left + w * 0.08, h * 0.9), fill=ink)


def _globe(pen: Draw, w: int, h: int, ink: Colour) -> None:
    _disc(pen, w * 0.5, h * 0.5, h * 0.32, ink)
    for step in range(12):
        x, y = w * 0.5 + h * 0.4 * cos(tau * step / 12), h * 0.5 + h * 0.4 * sin(tau * step / 12)
        _disc(pen, x, y, h * 0.025, (250, 250, 250))


def _logo(pen: Draw, w: int, h: int, ink: Colour) -> None:
    pen.rounded_rectangle((h * 0.12, h * 0.12, h * 0.88, h * 0.88), radius=h // 8, fill=ink)
    pen.rectangle((h * 1.1, h * 0.4, w - h * 0.3, h * 0.6), fill=ink)


def _plain(_pen: Draw, _w: int, _h: int, _ink: Colour) -> None:
    """Leave the gradient alone."""


def _disc(pen: Draw, x: float, y: float, radius: float, fill: Colour) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


MOTIFS: dict[str, Callable[[Draw, int, int, Colour], None]] = {
    "camera": _camera,
    "school": _school,
    "court": _court,
    "chip": _chip,
    "people": _people,
    "health": _health,
    "chart": _chart,
    "globe": _globe,
    "logo": _logo,
    "card": _logo,
    "plain": _plain,
}
