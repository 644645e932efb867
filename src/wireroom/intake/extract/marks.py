"""Which elements does a page mark as naming who wrote it?

One search for all that may be marked, and a closer look at those few. It must not read names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from msgspec import Struct

from wireroom.intake.extract.searches import search
from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, Tree


class _Mark(Struct, frozen=True):
    """What marks an element: its tag ("" for any), and a pattern in an attribute."""

    tag: str
    attribute: str
    pattern: re.Pattern[str]


class _Level(Struct, frozen=True):
    """Marks that are trusted alike; `inside` says which elements inside the marked ones are meant, not those."""

    confidence: float
    marks: tuple[_Mark, ...]
    inside: str | None = None


def marked(tree: Tree, part: Tree | Node) -> Iterator[tuple[float, list[Node]]]:
    """Yield the elements of a part of the page that may name its author, the most trusted first, with that trust."""
    each = {node.mem_id: node for node in search(tree, part, "bylines")}
    found = [(node, node.tag or "", node.attributes) for node in each.values()]
    for level in _levels():
        nodes = [node for node, tag, attributes in found if _bears(tag, attributes, level.marks)]
        if nodes:
            yield level.confidence, _inside(nodes, level.inside) if level.inside else nodes


def _bears(tag: str, attributes: Mapping[str, str | None], marks: Iterable[_Mark]) -> bool:
    """Tell whether an element bears one of some marks."""
    for mark in marks:
        if mark.tag and mark.tag != tag:
            continue
        if not mark.attribute or mark.pattern.search(attributes.get(mark.attribute) or ""):
            return True
    return False


def _inside(nodes: Iterable[Node], selector: str) -> list[Node]:
    """Return what stands inside elements, each once."""
    found = {inner.mem_id: inner for node in nodes for inner in node.css(selector) if inner.mem_id != node.mem_id}
    return list(found.values())


@cache
def _levels() -> tuple[_Level, ...]:
    return tuple(
        _Level(
            confidence=level["confidence"],
            marks=tuple(_Mark(tag, attribute, re.compile(pattern)) for tag, attribute, pattern in level["marks"]),
            inside=level.get("inside"),
        )
        for level in table("selectors")["bylines"]
    )
