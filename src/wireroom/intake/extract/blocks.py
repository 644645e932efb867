"""Into which runs of text does a page fall, and what is said of the places they stand in?

One walk over the shared tree, without recursion. It marks what is named as something else and must not choose the body.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from msgspec import Struct

from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, fold_space


class Block(Struct, gc=False):
    """A run of text between block borders."""

    path: tuple[int, ...]
    """Serial numbers of the elements around it, outermost first."""
    marked: tuple[int, ...]
    """Depths of the elements around it that are marked as something else."""
    home: int
    """Depth of the innermost element that is named as a piece or its body; 0 = none is."""
    tag: str
    text: str
    linked: int
    """Characters inside links."""
    prose: float
    """Characters of running text: long, unlinked, with the punctuation of sentences."""
    links: tuple[str, ...] = ()
    bold: bool = False

    def counts(self, depth: int) -> bool:
        """Tell whether it belongs to the body of an element at that depth."""
        return not self.marked or max(self.marked) <= depth


_TABLE = table("boilerplate")
_SKIPPED = frozenset(_TABLE["skipped_tags"])
_INLINE = frozenset(_TABLE["inline_tags"])
_PROSE = frozenset(_TABLE["prose_tags"])
_UNWANTED = re.compile("|".join(_TABLE["unwanted"]))
_HOMES = tuple(_TABLE["homes"])
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BOLD = frozenset({"b", "strong"})
_NEVER_MARKED = frozenset({"html", "body", "main", "article", "p"})
_LONGEST_NAME = 400
"""Characters of class, id, role and style that are looked at; honest ones stay under 250."""
_DEEPEST = 200
"""Levels that are told apart; honest pages stay under 60."""


@lru_cache(maxsize=8192)
def _is_unwanted(name: str) -> bool:
    """Tell whether an element's class and id say that it is something else."""
    return _UNWANTED.search(_CAMEL.sub("-", name).lower()) is not None


@lru_cache(maxsize=8192)
def _is_home(names: str) -> bool:
    """Tell whether an element's class or itemprop says that it holds the body of a piece."""
    return any(name.endswith(_HOMES) for name in re.sub(r"[-_]", "", names).lower().split())


class _Place(Struct, frozen=True, gc=False):
    """Where the walk is: the elements around, the innermost block's tag, and what inline elements add."""

    path: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()
    home: int = 0
    tag: str = "body"
    linked: bool = False
    bold: bool = False
    inline: bool = False


class _Run:
    """Inline text being gathered until the next block border."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.links: list[str] = []
        self.bold = 0

    def take(self, text: str, place: _Place) -> None:
        if text[:1].isupper() and self.pieces and _is_word_end(self.pieces[-1]):
            self.pieces.append(" ")
        self.pieces.append(text)
        if place.linked:
            self.linked += len(text.strip())
        if place.bold:
            self.bold += len(text.strip())

    def close(self, place: _Place) -> Iterator[Block]:
        if not self.pieces:
            return
        if text := fold_space("".join(self.pieces)):
            prose = _prose(text, self.linked, place.tag)
            bold = self.bold >= len(text)
            yield Block(
                place.path, place.marked, place.home, place.tag, text, self.linked, prose, tuple(self.links), bold
            )
        self.pieces, self.linked, self.links, self.bold = [], 0, [], 0


def _is_word_end(text: str) -> bool:
    """Tell whether a capital in the next element begins a word: "Ada Rivers", "Published". A drop cap is shorter."""
    end = text[-2:]
    return len(end) == 2 and end.isalpha() and (end.islower() or end.isupper())


def _prose(text: str, linked: int, tag: str) -> float:
    length = len(text)
    if length < 25 or linked * 2 > length:
        return 0.0
    share = 1.0 if length >= 80 or text[-1] in ".!?…。”\"'" else 0.4
    return (length - linked) * share * (1.0 if tag in _PROSE else 0.5)


def cut(root: Node, marks: dict[int, str]) -> Iterator[Block]:
    """Walk the tree once, without recursion, and yield its blocks in reading order."""
    run, serial = _Run(), 1
    place, children = _Place(path=(serial,)), root.iter(include_text=True)
    above: list[tuple[_Place, Iterator[Node]]] = []
    while True:
        for node in children:
            name = node.tag or ""
            if name == "-text":
                run.take(node.text_content or "", place)
            elif name == "br":
                run.pieces.append("\n")
                if _is_second(node):
                    yield from run.close(place)
            elif name and name not in _SKIPPED and name[0] not in "-!":  # instructions (`<?php ?>`) have no name
                above.append((place, children))
                if name in _INLINE:
                    place = _inside(node, name, place, run)
                else:
                    yield from run.close(place)
                    serial += 1
                    place = _entered(node, name, place, serial, marks)
                children = node.iter(include_text=True)
                break
        else:
            if not place.inline:
                yield from run.close(place)
            if not above:
                return
            place, children = above.pop()


def _inside(node: Node, name: str, place: _Place, run: _Run) -> _Place:
    """Return the place inside an inline element."""
    linked, bold = place.linked, place.bold
    if name == "a":
        run.links.append(node.attributes.get("href") or "")
        linked = True
    elif name in _BOLD:
        bold = True
    return _Place(place.path, place.marked, place.home, place.tag, linked, bold, True)


def _entered(node: Node, name: str, place: _Place, serial: int, marks: dict[int, str]) -> _Place:
    """Return the place inside a block element."""
    path = (*place.path, serial) if len(place.path) < _DEEPEST else place.path
    marked, home = place.marked, len(path) if name == "article" else place.home
    if attributes := node.attributes:
        if _is_home((attributes.get("class") or attributes.get("itemprop") or "")[:_LONGEST_NAME]):
            home = len(path)
        if name not in _NEVER_MARKED and ("hidden" in attributes or _is_unwanted(_names(attributes))):
            marked = (*marked, len(path))
            marks[serial] = _names(attributes)
    return _Place(path, marked, home, name, place.linked)


def _names(attributes: Mapping[str, str | None]) -> str:
    """Return what an element is called, for people and programs."""
    found = attributes.get
    named = f"{found('class') or ''} {found('id') or ''} {found('role') or ''} {found('style') or ''}"
    return named[:_LONGEST_NAME]


def _is_second(node: Node) -> bool:
    """Tell whether a line break follows another one: together they part paragraphs."""
    before = node.prev
    while before is not None and before.is_text_node and not (before.text_content or "").strip():
        before = before.prev
    return before is not None and before.tag == "br"
