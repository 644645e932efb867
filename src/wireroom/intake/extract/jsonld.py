"""What do a page's JSON-LD blocks say, broken ones included?

Makes plain objects out of scripts, mending what publishers break most; it must not decide which object is the article.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

Node = dict[str, Any]
"""One JSON-LD object; its values are whatever the page supplied."""

MOST_OBJECTS = 400
"""Objects of one page that are looked at; a list of 5,000 products is no article."""
_DEEPEST = 12
_LONGEST = 2_000_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_WRAPPERS = ("<!", "-->", "]]>")
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_CONTROL = re.compile(r"[\x00-\x1f]")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_ABUTTING = re.compile(r"}\s*{")
_STATEMENT = re.compile(
    r'"(headline|datePublished|dateModified|description|articleBody|articleSection)"\s*:\s*'
    r'"((?:[^"\\]|\\.|"(?!\s*[,:}\]])){1,20000})"(?=\s*[,}\]])'
)
"""Quotes inside a value that nobody escaped are part of it unless a comma, colon or bracket follows."""
_NESTED = {
    "author": re.compile(r'"author"\s*:\s*(?:\[\s*)?(?:\{[^{}]{0,300}?"name"\s*:\s*)?"([^"]{2,80})"'),
    "image": re.compile(r'"image"\s*:\s*(?:\[\s*)?(?:\{[^{}]{0,300}?"url"\s*:\s*)?"(https?:[^"]{8,500})"'),
}
"""The first person and the first picture, in one of their usual shapes."""
_LONGEST_MENDED = 200_000
_COMMENT = re.compile(r"/\*[^*]{0,500}\*/|^[ \t]*//.*$", re.MULTILINE)
_NO_COMMA = re.compile(r'(["\d}\]])[ \t]*\n\s*("[@\w]{2,30}"\s*:)')
_NOTHING = re.compile(r"(:\s*)(?:undefined|NaN)\b")
_COMMAS = re.compile(r",(?:\s*,)+")
_OPENING = re.compile(r"[\[{]")
_SOUGHT_INSIDE = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "itemListElement",
    "item",
    "hasPart",
    "subjectOf",
    "liveBlogUpdate",
)


def objects(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Return every object of a page's blocks, containers opened, in document order."""
    found: list[Node] = []
    for script in scripts:
        for value in _decode(script[:_LONGEST]):
            found.extend(_open(value, 0))
            if len(found) > MOST_OBJECTS:
                return tuple(found[:MOST_OBJECTS])
    return tuple(found)


def _decode(script: str) -> Iterator[Any]:
    for attempt in (_as_is, _mended, _first, _salvaged):
        try:
            value = attempt(script)
        except (msgspec.DecodeError, RecursionError, ValueError):
            continue
        if value is not None:
            yield value
        return


def _as_is(script: str) -> Any:  # noqa: ANN401 - outside JSON has any shape
    return msgspec.json.decode(script.lstrip("\ufeff"))


def _mended(script: str) -> Any:  # noqa: ANN401 - outside JSON has any shape
    """Decode after mending: wrappers, raw line ends inside strings, trailing commas, stray backslashes, entities."""
    if any(map(script.__contains__, _WRAPPERS)):  # the pattern takes 0.08 ms for 7 KB
        script = _WRAPPING.sub("", _WRAPPING.sub("", script))
    text = _CONTROL.sub(" ", script.strip().rstrip(";"))
    text = _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub(r"\1", text))
    if '"' not in text and "&quot;" in text:
        text = text.replace("&quot;", '"').replace("&amp;", "&")
    if _ABUTTING.search(text):
        text = f"[{_ABUTTING.sub('},{', text)}]"
    return msgspec.json.decode(text.encode("utf-8", "replace"))


def _first(script: str) -> Any:  # noqa: ANN401 - outside JSON has any shape
    """Decode the first value of a block, whatever stands around it, as a browser's programs would write it."""
    text = _COMMENT.sub(" ", _NO_COMMA.sub(r"\1,\2", script[:_LONGEST_MENDED]))
    text = _TRAILING_COMMA.sub(r"\1", _COMMAS.sub(",", _NOTHING.sub(r"\1null", text)))
    start = _OPENING.search(text)
    if start is None:
        return None
    return json.JSONDecoder(strict=False).raw_decode(_BAD_ESCAPE.sub(r"\\\\", text), start.start())[0]


def _salvaged(script: str) -> Node | None:
    """Return the plain statements that can still be read out of a block that no decoder takes; first ones win."""
    found: Node = {name: told[1] for name, pattern in _NESTED.items() if (told := pattern.search(script))}
    for name, raw in _STATEMENT.findall(script):
        if name not in found:
            found[name] = raw.replace('\\"', '"').replace("\\/", "/")
    return {"@type": "Article", **found} if "headline" in found else None


def _open(value: Any, level: int) -> Iterator[Node]:  # noqa: ANN401 - outside JSON has any shape
    if level > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _open(item, level + 1)
    elif isinstance(value, dict):
        yield value
        for key in _SOUGHT_INSIDE:
            if key in value and isinstance(value[key], (dict, list)):
                yield from _open(value[key], level + 1)


def types(node: Node) -> frozenset[str]:
    """Return the object's types without vocabulary prefix."""
    stated = node.get("@type")
    names = stated if isinstance(stated, list) else (stated,)
    return frozenset([_bare(name) for name in names if isinstance(name, str)])


def _bare(name: str) -> str:
    return name if name.isalpha() else name.rpartition("/")[2].rpartition(":")[2]


def texts(value: Any) -> list[str]:  # noqa: ANN401 - outside JSON has any shape
    """Return the plain strings of a value that may be a string, a list, or an object with @value or name.

    Numbers say something only as moments, in seconds or thousandths of them.
    """
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [text for item in value[:200] for text in texts(item)]
    if isinstance(value, dict):
        return texts(value.get("@value") or value.get("name") or value.get("@list"))
    return [str(value)] if isinstance(value, int) and value in _MOMENTS else []


def first_text(value: Any) -> str:  # noqa: ANN401 - outside JSON has any shape
    """Return the first of the plain strings of a value, "" when there is none."""
    found = texts(value)
    return found[0] if found else ""


_MOMENTS = range(10**9, 10**13)


def addresses(value: Any) -> Iterator[str]:  # noqa: ANN401 - outside JSON has any shape
    """Yield the addresses of a value that may be a string, a list, or an object with contentUrl, url or @id.

    A picture's url may be that of a page about it.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:50]:
            yield from addresses(item)
    elif isinstance(value, dict):
        for key in ("contentUrl", "url", "@id"):
            stated = value.get(key)
            stated = stated.get("@id") if isinstance(stated, dict) else stated
            if isinstance(stated, (str, list)):
                yield from addresses(stated)
                return
