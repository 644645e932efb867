"""Which elements does a page mark as naming who wrote it?

One search for all that may be marked, and a closer look at those few: a search walks the tree, and each word that it
looks for in every class costs as much again as the walk. It must not read names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from ahocorasick_rs import BytesAhoCorasick, MatchKind
from msgspec import Struct

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
    # An element that fits several selectors is found as many times.
    each = {node.mem_id: node for node in part.css(_search(_words_of(tree.raw_html)))}
    found = [(node, node.tag or "", node.attributes) for node in each.values()]
    for level in _levels():
        nodes = [node for node, tag, attributes in found if any(_bears(tag, attributes, mark) for mark in level.marks)]
        yield level.confidence, _inside(nodes, level.inside) if level.inside else nodes


def _bears(tag: str, attributes: Mapping[str, str | None], mark: _Mark) -> bool:
    return mark.tag in {"", tag} and mark.pattern.search(attributes.get(mark.attribute) or "") is not None


def _inside(nodes: Iterable[Node], selector: str) -> list[Node]:
    """Return what stands inside elements, each once."""
    found = {inner.mem_id: inner for node in nodes for inner in node.css(selector) if inner.mem_id != node.mem_id}
    return list(found.values())


@lru_cache(maxsize=64)
def _search(words: frozenset[str]) -> str:
    """Return the selector of all that may be marked on a page that holds these words."""
    known = table("selectors")
    told = [selector for word, selector in known["byline_words"].items() if word in words]
    return ", ".join([*known["byline_search"], *told])


def _words_of(markup: bytes) -> frozenset[str]:
    """Return the words of the table that stand anywhere in a page: most stand in few pages (0.02 ms for 186 KB)."""
    finder, words = _finder()
    return frozenset([words[at] for at, _, _ in finder.find_matches_as_indexes(markup)])


@cache
def _finder() -> tuple[BytesAhoCorasick, tuple[str, ...]]:
    """Return what finds the words in the ways classes are spelled, and the word behind each spelling."""
    known = table("selectors")["byline_words"].items()
    spelled = [(form.encode(), word) for word, selector in known for form in _spellings(word, selector)]
    finder = BytesAhoCorasick([form for form, _ in spelled], matchkind=MatchKind.LeftmostFirst)
    return finder, tuple(word for _, word in spelled)


def _spellings(word: str, selector: str) -> tuple[str, ...]:
    """Return "byline", "BYLINE", "Byline", "byLine" and "ByLine" for "by-line"; most words are meant as written."""
    if "-" not in word and " i]" not in selector:
        return (word,)
    first, *more = word.split("-")
    rest = "".join(map(str.capitalize, more))
    bare = word.replace("-", "")
    return tuple(dict.fromkeys((bare, bare.upper(), bare.capitalize(), first + rest, first.capitalize() + rest)))


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
