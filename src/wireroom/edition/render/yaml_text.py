"""How does a field look in a post file?

The one writer of front matter: which values are quoted, where blank lines stand, how far things are indented
(RECORDS §1). Takes fields in their order; leaves nothing out and adds nothing.
"""

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TypeAlias, cast

Value: TypeAlias = "bool | int | float | str | date | datetime | list[Value] | dict[str, Value] | None"
Fields: TypeAlias = dict[str, Value]

BARE = frozenset({"category", "type", "name", "domain", "topics"})
"""Keys whose text stands without quotes when YAML allows it."""
APART = frozenset({"featuredContent", "provider", "topics", "images", "related", "secured"})
"""Top-level keys with an empty line before them."""

WORDS = frozenset({"yes", "no", "true", "false", "on", "off", "null"})
"""Plain words that YAML 1.1 reads as something else than text."""
PLAIN = re.compile(r"[^\s\d\-?:,\[\]{}#&*!|>'\"%@`~<=.+][^:#\n]*(?<![\s])")
"""Text that means itself without quotes: no indicator at its start, no `:` or `#` anywhere."""
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML forbids, folds or drops when it stands literally."""

_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(f'["\\\\]|{UNPRINTABLE.pattern}')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def lay_out(fields: Mapping[str, Value]) -> str:
    """Write fields as the lines between the fences."""
    lines: list[str] = []
    for key, value in fields.items():
        if key in APART:
            lines.append("")
        lines.extend(_entry(key, value))
    return "".join(f"{line}\n" for line in lines)


def quoted(text: str) -> str:
    """Write text as one double-quoted scalar; a lone surrogate, which UTF-8 cannot hold, becomes U+FFFD."""
    return f'"{_ESCAPED.sub(_escape, _LONE.sub(chr(0xFFFD), text))}"'


def is_plain(text: str) -> bool:
    """Tell whether text can stand without quotes and still be the same text."""
    if not PLAIN.fullmatch(text) or text.lower() in WORDS:
        return False
    return not (UNPRINTABLE.search(text) or _LONE.search(text))


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    return _SHORT.get(char) or (f"\\x{ord(char):02X}" if ord(char) < 0x100 else f"\\u{ord(char):04X}")


def _entry(key: str, value: Value) -> Iterator[str]:
    name = _name(key)
    if isinstance(value, dict) and value:
        yield f"{name}:"
        for inner_key, inner in value.items():
            yield from (f"  {line}" for line in _entry(inner_key, inner))
    elif isinstance(value, list) and value:
        yield f"{name}:"
        for item in value:
            yield from (f"  {line}" for line in _item(key, item))
    else:
        yield f"{name}: {_scalar(key, value)}"


def _name(key: object) -> str:
    """Write a key; what YAML reads in place of `no`, `12` or a date is written as that, without quotes."""
    if not isinstance(key, str):
        return _scalar("", cast(Value, key))
    return key if _KEY.fullmatch(key) and key.lower() not in WORDS else quoted(key)


def _item(key: str, item: Value) -> Iterator[str]:
    if isinstance(item, dict) and item:
        lines = [line for inner_key, inner in item.items() for line in _entry(inner_key, inner)]
        yield f"- {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])
    else:
        yield f"- {_scalar(key, item)}"


def _scalar(key: str, value: Value) -> str:
    match value:
        case str():
            return value if key in BARE and is_plain(value) else quoted(value)
        case None | bool():
            return {None: "null", True: "true", False: "false"}[value]
        case datetime():
            return _moment(value)
        case int() | float():
            return _number(value)
        case dict() | list():
            return _flow(value)
        case _:
            return _rare(value)


def _rare(value: object) -> str:
    """Write a day, and what only a tag of YAML's makes: bytes, sets, and the pairs of ordered mappings."""
    match value:
        case date():
            return value.isoformat()
        case bytes():
            return f'!!binary "{b64encode(value).decode()}"'
        case set():
            return "!!set {" + ", ".join(sorted(_scalar("", one) for one in value)) + "}"
        case tuple() if len(value) == 2:
            return f"{{{_name(value[0])}: {_scalar('', value[1])}}}"
        case _:
            return quoted(str(value))


def _flow(value: dict[str, Value] | Sequence[Value]) -> str:
    """Write an empty collection, or one inside a list of lists, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(name)}: {_scalar('', inner)}" for name, inner in value.items()) + "}"
    return "[" + ", ".join(_scalar("", inner) for inner in value) + "]"


def _number(value: float) -> str:
    """Write a float so that YAML 1.1 reads a float: it needs a dot, and a sign in the exponent."""
    if isinstance(value, int):
        return str(value)
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is the value unlike itself
        return {"inf": ".inf", "-inf": "-.inf"}.get(str(value), ".nan")
    mantissa, letter, exponent = repr(value).partition("e")
    return (mantissa if "." in mantissa else f"{mantissa}.0") + letter + exponent


def _moment(value: datetime) -> str:
    """Write a time in UTC to the second; a time without zone stays without."""
    naive = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    text = naive.isoformat(timespec="microseconds" if naive.microsecond else "seconds")
    return f"{text}Z" if value.tzinfo else text
