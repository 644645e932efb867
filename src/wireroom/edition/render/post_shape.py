"""What does front matter of exactly the shape of RECORDS §1 say, quickly?

The shape is a table; each mapping of it becomes one regular expression, so that a post is read in a handful of matches.
Where this reader answers, its answer is PyYAML's. Anything else (an unknown key, another order, other quotes, a
comment, an unusual character) gives None and is PyYAML's to read. It never guesses and never raises.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from wireroom.edition.render.yaml_text import APART, PLAIN, UNPRINTABLE, WORDS, Fields, Value

_UNUSUAL = re.compile(UNPRINTABLE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
_ESCAPE = re.compile(r"\\(.)")
_MEANING = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


def _unescape(text: str) -> Value:
    return _ESCAPE.sub(lambda found: _MEANING[found.group(1)], text) if "\\" in text else text


_Kind = tuple[str, Callable[[str], Value] | None]
"""A pattern whose one group is the value as written, and how to read that; None = it is the value."""

_TEXT: _Kind = (r' "([^"\\\n]*+(?:\\["\\nrt][^"\\\n]*+)*+)"\n', _unescape)
_WORD: _Kind = (rf" (?!(?i:{'|'.join(sorted(WORDS))})\n)({PLAIN.pattern})\n", None)
_COUNT: _Kind = (r" (-?(?:0|[1-9][0-9]{0,17}))\n", int)
_FLAG: _Kind = (r" (true|false)\n", lambda text: text == "true")
_MOMENT: _Kind = (r" ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n", datetime.fromisoformat)

_Entry = tuple[str, _Kind]


class _Mapping:
    """Keys in their order, each of them optional but, below the top, the first."""

    def __init__(self, pad: str, entries: Sequence[_Entry], *, first: str = "") -> None:
        """Compile the pattern; `first` stands before the first key in place of as much of `pad`."""
        lead = pad.removesuffix(" " * len(first)) + first
        self.keys = [(key, read) for key, (_, read) in entries]
        parts = [f"{lead if n == 0 else pad}{key}:{pattern}" for n, (key, (pattern, _)) in enumerate(entries)]
        if pad:
            self.source = parts[0] + "".join(f"(?:{part})?+" for part in parts[1:])
        else:
            self.source = "".join(
                f"(?:{chr(10) if key in APART else ''}{part})?+" for part, (key, _) in zip(parts, entries, strict=True)
            )
        self.pattern = re.compile(self.source)

    def read(self, text: str) -> Fields:
        """Read a text that is known to match."""
        found = self.pattern.fullmatch(text)
        return self.fields(found.groups()) if found else {}

    def fields(self, values: Iterable[str | None]) -> Fields:
        """Pair values with their keys; what did not occur is left out."""
        return {
            key: read(value) if read else value
            for (key, read), value in zip(self.keys, values, strict=True)
            if value is not None
        }


def _inside(mapping: _Mapping) -> _Kind:
    """Make a key whose value is one deeper mapping."""
    return (rf"\n({_blind(mapping.source)})", mapping.read)


def _several(mapping: _Mapping) -> _Kind:
    """Make a key whose value is a list of mappings."""

    def read(text: str) -> Value:
        return [mapping.fields(found.groups()) for found in mapping.pattern.finditer(text)]

    return (rf"\n((?:{_blind(mapping.source)})++)", read)


def _words(pad: str) -> _Kind:
    """Make a key whose value is a list of plain words."""
    item = re.compile(rf"{pad}-{_WORD[0]}")
    return (rf"\n((?:{_blind(item.pattern)})++)", lambda text: list[Value](item.findall(text)))


def _blind(pattern: str) -> str:
    """Turn capturing groups into plain ones: the outer pattern only wants to know where the inner one ends."""
    return re.sub(r"(?<![\\\[])\((?!\?)", "(?:", pattern)


def _images(pad: str) -> _Kind:
    keys = (("url", _TEXT), ("width", _COUNT), ("height", _COUNT), ("title", _TEXT), ("isCached", _FLAG))
    return _several(_Mapping(pad, keys, first="- "))


_PROVIDER = (("name", _WORD), ("domain", _WORD))
_ADDRESSES = (("webUrl", _TEXT), ("ampWebUrl", _TEXT), ("cdnAmpWebUrl", _TEXT), ("type", _WORD))
_TITLE = (("title", _TEXT), ("excerpt", _TEXT), ("publishedDateTime", _MOMENT))
_RELATED = _Mapping(
    "    ",
    (
        *_TITLE,
        *_ADDRESSES,
        ("provider", _inside(_Mapping("      ", _PROVIDER))),
        ("quality", _COUNT),
        ("images", _images("        ")),
    ),
    first="- ",
)
POST = _Mapping(
    "",
    (
        ("category", _WORD),
        *_TITLE,
        ("updatedDateTime", _MOMENT),
        ("originalUrl", _TEXT),
        *_ADDRESSES,
        ("quality", _COUNT),
        ("heat", _COUNT),
        ("published", _FLAG),
        ("featuredContent", _TEXT),
        ("provider", _inside(_Mapping("  ", (*_PROVIDER, ("images", _images("      ")))))),
        ("topics", _words("  ")),
        ("images", _images("    ")),
        ("related", _several(_RELATED)),
        ("secured", _TEXT),
    ),
)


def parse(inner: str) -> Fields | None:
    """Return the fields of the text between the fences, or None when it is not of the shape."""
    text = inner.replace("\r\n", "\n") if "\r" in inner else inner
    # isprintable is ten times faster than the search and nearly always enough
    if not text.replace("\n", "").isprintable() and _UNUSUAL.search(text):
        return None
    found = POST.pattern.fullmatch(text)
    try:
        return POST.fields(found.groups()) if found else None
    except ValueError:  # a date that no calendar has
        return None
