"""What does front matter of exactly the shape of RECORDS §1 say, quickly?

The shape is a table; scalars that follow each other become one regular expression, so that a post is read in a handful
of matches and no line of it twice. Where this reader answers, its answer is PyYAML's. Anything else (an unknown key,
another order, other quotes, a comment, an unusual character) gives None and is PyYAML's to read. It never guesses and
never raises.
"""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TypeAlias

from wireroom.edition.render.yaml_text import APART, PLAIN, UNPRINTABLE, WORDS, Fields, Value

_UNUSUAL = re.compile(UNPRINTABLE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))
_PRINTING = bytes([10, *range(0x20, 0x7F)])
"""What ASCII prints, and the line end."""
_ESCAPE = re.compile(r"\\(.)")
_MEANING = {'"': '"', "\\": "\\", "n": "\n", "r": "\r", "t": "\t"}


def _unescape(text: str) -> Value:
    return _ESCAPE.sub(lambda found: _MEANING[found.group(1)], text) if "\\" in text else text


_Scalar: TypeAlias = tuple[str, Callable[[str], Value] | None]
"""A pattern whose one group is the value as written, and how to read that; None = it is the value."""

_BARE = rf"(?!(?i:{'|'.join(sorted(WORDS))})\n){PLAIN.pattern}"
_TEXT: _Scalar = (r' "([^"\\\n]*+(?:\\["\\nrt][^"\\\n]*+)*+)"\n', _unescape)
_WORD: _Scalar = (rf" ({_BARE})\n", None)
_LIST: _Scalar = (rf"\n((?:  - {_BARE}\n)++)", lambda text: list[Value](text[4:-1].split("\n  - ")))
_COUNT: _Scalar = (r" (-?(?:0|[1-9][0-9]{0,17}))\n", int)
_FLAG: _Scalar = (r" (true|false)\n", lambda text: text == "true")
_MOMENT: _Scalar = (r" ([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)\n", datetime.fromisoformat)


_Kind: TypeAlias = "_Scalar | _Mapping"
_Entry: TypeAlias = tuple[str, _Kind]
"""A key, and how its value is read."""


class _Mapping:
    """Keys in their order, each of them optional but, below the top, the first."""

    def __init__(self, pad: str, entries: Sequence[_Entry], *, item: bool = False) -> None:
        """Take the keys; a mapping that is an `item` of a list has a hyphen before its first key."""
        self.keys = tuple(key for key, _ in entries)
        self.head = f"{pad[:-2]}- {self.keys[0]}:" if item else f"{pad}{self.keys[0]}:"
        self._pad, self._entries, self._item = pad, entries, item

    @cached_property
    def _runs(self) -> list[tuple[re.Pattern[str], list[_Entry]]]:
        """Compile the patterns; most commands never read a post."""
        runs, source, slots = list[tuple[re.Pattern[str], list[_Entry]]](), "", list[_Entry]()
        for number, (key, kind) in enumerate(self._entries):
            apart = "\n" if not self._pad and key in APART else ""
            pattern = (self.head if number == 0 else f"{apart}{self._pad}{key}:") + _pattern(kind)
            source += pattern if self._pad and number == 0 else f"(?:{pattern})?+"
            slots.append((key, kind))
            if isinstance(kind, _Mapping) or number == len(self._entries) - 1:
                runs.append((re.compile(source), slots))
                source, slots = "", []
        return runs

    def read(self, text: str, at: int) -> tuple[Value, int]:
        """Read from a position on as far as the shape goes; return the value and where it ends."""
        if not self._item:
            return self.fields(text, at)
        items = list[Value]()
        while text.startswith(self.head, at):
            found, at = self.fields(text, at)
            if not found:
                break
            items.append(found)
        return items, at

    def fields(self, text: str, at: int) -> tuple[Fields, int]:
        """Read one mapping; nothing is read where its first key does not stand."""
        fields: Fields = {}
        for pattern, slots in self._runs:
            found = pattern.match(text, at)
            if found is None:
                return fields, at
            at = found.end()
            for number, value in enumerate(found.groups()):
                if value is not None:
                    key, kind = slots[number]
                    if isinstance(kind, _Mapping):
                        fields[key], at = kind.read(text, at)
                    else:
                        fields[key] = kind[1](value) if kind[1] else value
        return fields, at


def _pattern(kind: _Kind) -> str:
    """Return the pattern of a value; that of a mapping only marks where it begins."""
    return rf"()\n(?={kind.head})" if isinstance(kind, _Mapping) else kind[0]


def _images(pad: str) -> _Mapping:
    keys = (("url", _TEXT), ("width", _COUNT), ("height", _COUNT), ("title", _TEXT), ("isCached", _FLAG))
    return _Mapping(pad, keys, item=True)


_PROVIDER = (("name", _WORD), ("domain", _WORD))
_ADDRESSES = (("webUrl", _TEXT), ("ampWebUrl", _TEXT), ("cdnAmpWebUrl", _TEXT), ("type", _WORD))
_TITLE = (("title", _TEXT), ("excerpt", _TEXT), ("publishedDateTime", _MOMENT))
_RELATED = _Mapping(
    "    ",
    (
        *_TITLE,
        *_ADDRESSES,
        ("provider", _Mapping("      ", _PROVIDER)),
        ("quality", _COUNT),
        ("images", _images("        ")),
    ),
    item=True,
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
        ("provider", _Mapping("  ", (*_PROVIDER, ("images", _images("      "))))),
        ("topics", _LIST),
        ("images", _images("    ")),
        ("related", _RELATED),
        ("secured", _TEXT),
    ),
)


def parse(inner: str) -> Fields | None:
    """Return the fields of the text between the fences, or None when it is not of the shape."""
    text = inner.replace("\r\n", "\n") if "\r" in inner else inner
    if not _usual(text):
        return None
    try:
        fields, end = POST.fields(text, 0)
    except ValueError:  # a date that no calendar has
        return None
    return fields if end == len(text) else None


def _usual(text: str) -> bool:
    """Tell whether no character is unusual. Most are plain ASCII, so only the others are looked at one by one."""
    others = text.encode().translate(None, delete=_PRINTING).decode()
    return others.isprintable() or not _UNUSUAL.search(others)
