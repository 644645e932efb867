"""How is a post file read and written again, byte for byte?

A post is `---`, YAML front matter, `---`, and a body (one empty line, or HTML in a newsletter). What is read keeps its
text, so unknown keys, comments, line ends and quoting come back as they were found; a changed field is rewritten in
place and nothing else moves. Decides nothing about what the fields mean.
"""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from wireroom.edition.render import post_shape, yaml_text
from wireroom.edition.render.yaml_text import Fields, Value
from wireroom.errors import PostError

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

_FENCE = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_FIRST = re.compile(rf"\ufeff?{_FENCE.pattern[1:]}")
_NEXT_KEY = r"(?=^[^\s#-]|\Z)"


class FrontMatter(Struct, frozen=True, kw_only=True):
    """The fields of a post, in the order found, and the text they stand in."""

    fields: Fields
    inner: str
    """Everything between the two fences; its fields are `fields`."""
    opening: str = "---\n"
    closing: str = "---\n\n"
    """The second fence and the body after it."""

    @property
    def body(self) -> str:
        """Return what follows the second fence."""
        return self.closing.partition("\n")[2]


def compose(fields: Fields, body: str = "\n") -> FrontMatter:
    """Lay out fields in the shape of RECORDS §1, in the order given."""
    return FrontMatter(fields=fields, inner=yaml_text.lay_out(fields), closing=f"---\n{body}")


def read(data: bytes) -> FrontMatter:
    """Read a post; raise PostError with line and reason when its front matter is malformed."""
    text = _decode(data)
    opening = _FIRST.match(text)
    if opening is None:
        raise PostError("line 1: a post begins with a line of three hyphens (---)")
    closing = _closing(text, opening.end())
    if closing is None:
        raise PostError(f"line {text.count(chr(10)) + 1}: the front matter is not closed by a line of three hyphens")
    inner = text[opening.end() : closing]
    fields = post_shape.parse(inner)
    if fields is None:
        fields = _parse_any(inner)
    return FrontMatter(fields=fields, inner=inner, opening=text[: opening.end()], closing=text[closing:])


def write(front: FrontMatter) -> bytes:
    """Return the bytes of the post file."""
    return f"{front.opening}{front.inner}{front.closing}".encode()


def with_field(front: FrontMatter, key: str, value: Value) -> FrontMatter:
    """Set one field: rewrite it where it stands, or add it at the end; every other byte stays."""
    text = yaml_text.lay_out({key: value}).lstrip("\n")
    if front.opening.endswith("\r\n"):
        text = text.replace("\n", "\r\n")
    inner, found = _block(key).subn(lambda _: text, front.inner, count=1)
    return replace(front, fields={**front.fields, key: value}, inner=inner if found else front.inner + text)


def without_field(front: FrontMatter, key: str) -> FrontMatter:
    """Take one field out, with the empty line before it; every other byte stays."""
    inner = re.sub(rf"(?:^[ \t]*\r?\n)?{_block(key).pattern}", "", front.inner, count=1, flags=_block(key).flags)
    return replace(front, fields={name: value for name, value in front.fields.items() if name != key}, inner=inner)


def _block(key: str) -> re.Pattern[str]:
    """Return the pattern of a field's lines, without the empty ones after them."""
    return re.compile(rf"^{re.escape(key)}:.*?(?=^\s*{_NEXT_KEY})", re.MULTILINE | re.DOTALL)


def _closing(text: str, start: int) -> int | None:
    """Find the second fence; looking for its hyphens first is fifty times faster than searching line by line."""
    at = text.find("\n---", start - 1)
    while at >= 0:
        if _FENCE.match(text, at + 1):
            return at + 1
        at = text.find("\n---", at + 1)
    return None


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PostError(f"line {line}: not UTF-8 (byte 0x{data[error.start]:02x}); save the file as UTF-8") from error


_UNCLOSED = ("quoted scalar", "flow ")
"""What PyYAML was reading when the fault is where it began, not where the text ended."""
_MISFITS = (ValueError, LookupError, AttributeError, TypeError, OverflowError, RecursionError)
"""What PyYAML's constructors raise for a value that does not fit its form or tag, e.g. the 40th of a month."""


def _parse_any(inner: str) -> Fields:
    """Parse with PyYAML what the fast reader does not know; the fence goes along to keep the file's line numbers."""
    import yaml  # noqa: PLC0415 - a tenth of starting up that editions of our own posts never need

    loader = yaml.CSafeLoader(f"---\n{inner}")
    try:
        loaded: Any = loader.get_single_data()
    except yaml.MarkedYAMLError as error:
        raise PostError(_complaint(error)) from error
    except yaml.reader.ReaderError as error:
        line = inner.encode().count(b"\n", 0, max(0, error.position - len("---\n"))) + 2
        raise PostError(f"line {line}: {error.reason}") from error
    except _MISFITS as error:
        raise PostError(f"line {_misfit_line(inner)}: {error}") from error
    if loaded is None:
        return {}
    if not isinstance(loaded, dict):
        raise PostError(f"line 2: front matter is a {type(loaded).__name__}; keys with values are expected")
    for key, value in loaded.items():
        if not _bounded(value):
            raise PostError(f"line {line_of(str(key), inner) + 1}: {key}: holds itself, or more than a post ever does")
    return loaded


def line_of(key: str, text: str) -> int:
    """Return the line in which a top-level key stands, counted from 1; the first where none does."""
    found = re.search(rf"^{re.escape(key)}[ \t]*:", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1


DEEPEST = 50
MOST = 100_000
"""Values below one key. A few hundred bytes of YAML can name millions, each an alias of ten others."""


def _bounded(value: Value) -> bool:
    """Tell whether a value can be walked through to its end."""
    level, depth, count = [value], 0, 0
    while level and depth <= DEEPEST:
        depth, count = depth + 1, count + len(level)
        if count > MOST:
            return False
        level = [inner for one in level for inner in _inside(one)]
    return not level


def _inside(value: Value) -> Iterable[Value]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _complaint(error: "MarkedYAMLError") -> str:
    unclosed = error.context is not None and any(words in error.context for words in _UNCLOSED)
    mark = error.context_mark if unclosed else error.problem_mark
    line = mark.line + 1 if mark else 2
    return f"line {line}: {error.problem or error.context or 'not YAML'}"


def _misfit_line(inner: str) -> int:
    """Find the field whose value could not be made."""
    import yaml  # noqa: PLC0415 - see above

    loader = yaml.CSafeLoader(f"---\n{inner}")
    root = loader.get_single_node()
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        try:
            loader.construct_object(value, deep=True)
        except _MISFITS:
            return int(key.start_mark.line) + 1
    return 2
