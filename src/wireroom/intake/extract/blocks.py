"""Into which runs of text does a page fall, and what is said of the places they stand in?

One walk over the shared tree, without recursion. It marks what is named as something else and must not choose the body.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from wireroom.intake.extract.tables import table
from wireroom.text.html import Node, fold_space


class Block(Struct):
    """A run of text between block borders."""

    path: tuple[int, ...]
    """Serial numbers of the elements around it, outermost first."""
    marked: tuple[int, ...]
    """Depths of the elements around it that are marked as something else."""
    tag: str
    text: str
    linked: int
    """Characters inside links."""
    links: tuple[str, ...] = ()
    bold: bool = False

    @property
    def prose(self) -> float:
        """Characters of running text: long, unlinked, with the punctuation of sentences."""
        length = len(self.text)
        if length < 25 or self.linked * 2 > length:
            return 0.0
        share = 1.0 if length >= 80 or self.text[-1] in ".!?…。”\"'" else 0.4
        return (length - self.linked) * share * (1.0 if self.tag in _PROSE else 0.5)

    def counts(self, depth: int) -> bool:
        """Tell whether it belongs to the body of an element at that depth."""
        return max(self.marked, default=0) <= depth


_TABLE = table("boilerplate")
_SKIPPED = frozenset(_TABLE["skipped_tags"])
_INLINE = frozenset(_TABLE["inline_tags"])
_PROSE = frozenset(_TABLE["prose_tags"])
_UNWANTED = re.compile("|".join(_TABLE["unwanted"]))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BOLD = frozenset({"b", "strong"})
_NEVER_MARKED = frozenset({"html", "body", "main", "article", "p"})
_DEEPEST = 200
"""Levels that are told apart; honest pages stay under 60."""


@lru_cache(maxsize=8192)
def _is_unwanted(name: str) -> bool:
    """Tell whether an element's class and id say that it is something else."""
    return _UNWANTED.search(_CAMEL.sub("-", name).lower()) is not None


class _Frame(Struct):
    """Where in the page a node stands: the elements around it, its own block's tag, and whether it is inside a link."""

    path: tuple[int, ...] = ()
    marked: tuple[int, ...] = ()
    tag: str = "body"
    linked: bool = False
    bold: bool = False


class _Run:
    """Inline text being gathered until the next block border."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.linked = 0
        self.links: list[str] = []
        self.bold = 0

    def take_text(self, text: str, frame: _Frame) -> None:
        self.pieces.append(text)
        if frame.bold:
            self.bold += len(text.strip())
        if frame.linked:
            self.linked += len(text.strip())

    def close(self, frame: _Frame) -> Iterator[Block]:
        if not self.pieces:
            return
        text = fold_space("".join(self.pieces))
        if text:
            bold = self.bold >= len(text)
            yield Block(frame.path, frame.marked, frame.tag, text, self.linked, tuple(self.links), bold)
        self.pieces, self.linked, self.links, self.bold = [], 0, [], 0


def cut(root: Node) -> Iterator[Block]:
    """Walk the tree once, without recursion, and yield its blocks in reading order."""
    run = _Run()
    serial = 0
    stack: list[tuple[Node | None, _Frame]] = [(root, _Frame())]
    while stack:
        node, frame = stack.pop()
        if node is None:  # an element's end
            yield from run.close(frame)
            continue
        name = node.tag or ""
        if name == "-text":
            run.take_text(node.text_content or "", frame)
        elif name == "br":
            run.pieces.append("\n")
            if _is_second(node):
                yield from run.close(frame)
        elif name in _INLINE:
            inner = frame
            if name == "a":
                run.links.append(node.attributes.get("href") or "")
                inner = _Frame(frame.path, frame.marked, frame.tag, True, frame.bold)
            elif name in _BOLD:
                inner = _Frame(frame.path, frame.marked, frame.tag, frame.linked, True)
            stack.extend((child, inner) for child in reversed(list(node.iter(include_text=True))))
        elif name not in _SKIPPED and name[0] not in "-!":
            yield from run.close(frame)
            serial += 1
            inner = _entered(node, name, frame, serial)
            stack.append((None, inner))
            stack.extend((child, inner) for child in reversed(list(node.iter(include_text=True))))


def _entered(node: Node, name: str, frame: _Frame, serial: int) -> _Frame:
    """Return the frame inside a block element."""
    path = (*frame.path, serial) if len(frame.path) < _DEEPEST else frame.path
    marked = frame.marked
    if name not in _NEVER_MARKED:
        attributes = node.attributes
        marks = " ".join(attributes.get(key) or "" for key in ("class", "id", "role", "style"))
        if (marks.strip() and _is_unwanted(marks)) or "hidden" in attributes:
            marked = (*marked, len(path))
    return _Frame(path, marked, name, frame.linked)


def _is_second(node: Node) -> bool:
    """Tell whether a line break follows another one: together they part paragraphs."""
    before = node.prev
    while before is not None and before.is_text_node and not (before.text_content or "").strip():
        before = before.prev
    return before is not None and before.tag == "br"
