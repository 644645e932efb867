"""Which theme does a beat ask for? A folder `themes/NAME/` of the beat, else a shipped one; checked before it is used.

A theme is trusted like any code of the beat's own: what it shows is escaped, what it does is its maker's business.
"""

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from wireroom.app.complaints import nearest
from wireroom.edition.render.portal.press import SHIPPED, STYLE
from wireroom.errors import BeatError
from wireroom.records.portal import Theme

FOLDER = "themes"


def load_theme(beat: Path, name: str) -> Theme:
    """Read a theme; raise BeatError for one that is not there or whose templates cannot be read."""
    folder = beat / FOLDER / name
    if folder.is_dir() and folder.resolve().parent == (beat / FOLDER).resolve():
        return _read(folder)
    if name in SHIPPED:
        return Theme(name=name)
    raise BeatError(
        f"{beat / 'beat.toml'}: edition.theme '{name}' is neither a folder {FOLDER}/{name} of the beat nor shipped; "
        + nearest(name, [*SHIPPED, *_own(beat)])
    )


def _own(beat: Path) -> list[str]:
    folder = beat / FOLDER
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _read(folder: Path) -> Theme:
    style = folder / STYLE
    return Theme(
        name=folder.name,
        templates=tuple((path.name, _checked(path)) for path in sorted(folder.glob("*.html"))),
        style=_text(style) if style.is_file() else None,
    )


def _checked(path: Path) -> str:
    text = _text(path)
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        raise BeatError(f"{path}, line {error.lineno}: {error.message}") from None
    return text


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BeatError(f"{path}: not UTF-8: {error}") from None
