"""What does the page show its readers: headline, byline, times, lead image?

Reads the visible tree, by table-driven selectors; what the head says is other readers' evidence.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import chain, islice

from wireroom.intake.extract.bylines import read_bylines
from wireroom.intake.extract.sheet import Sheet, clue, own_part
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.html import Node, fold_space, text_of

_LONGEST_BYLINE, _LONGEST_LOOSE = 300, 90
_FIRM = 0.5


def evidence(sheet: Sheet) -> Iterator[Evidence]:
    """Yield the visible statements of a page."""
    yield from _titles(sheet)
    yield from shown_times(sheet)


def _titles(sheet: Sheet) -> Iterator[Evidence]:
    if node := sheet.title:
        yield clue("title", text_of(node), "title", 0.50)
    headings = [(node, _seen(node)) for node in sheet.nodes["h1"][:12]]
    headings = [(node, text) for node, text in headings if text]
    for node, text in headings:
        marked = "headline" in (node.attributes.get("itemprop") or "")
        yield clue("title", text, "heading", 0.70 if marked or len(headings) == 1 else 0.62)


def _seen(node: Node) -> str:
    """Return a heading's text without what only screen readers are told."""
    text = text_of(node)
    if not any(node.iter()):  # most hold nothing but text
        return text
    for unseen in node.css(_UNSEEN):
        text = text.replace(text_of(unseen), "", 1)
    return fold_space(text) or text_of(node)


_UNSEEN = "[class*=sr-only], [class*=visually-hidden], [class*=visuallyhidden], [class*=screen-reader], [hidden]"


def teasers(sheet: Sheet) -> int:
    """Return how many headings lead elsewhere. A search of the whole tree, so asked of doubtful pages only."""
    return len(sheet.tree.css("h2 a[href], h3 a[href], a > h2, a > h3"))


def shown_times(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what `<time>` and elements marked as dates say."""
    times = (node for node in sheet.nodes["time"] if not _DATED.isdisjoint(node.attributes))
    for rank, node in enumerate(islice(chain(sheet.dated, times), 8)):
        attributes = node.attributes
        stated = attributes.get("datetime") or attributes.get("content") or node.text(deep=True)[:100]
        name = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
        updated = any(word in name for word in ("modif", "updat"))
        exact = "datepublished" in name or "published" in name
        confidence = 0.70 if exact else max(0.2, 0.50 - 0.08 * rank)
        yield clue("updated" if updated else "published", stated, "time", confidence)


_DATED = frozenset({"datetime", "itemprop"})


def dated(sheet: Sheet) -> Iterator[str]:
    """Yield short texts of elements that are named after a time. A search of the whole tree, so asked late."""
    for node in islice(own_part(sheet).css(table("selectors")["dated"]), 12):
        stated = (node.attributes.get(name) or "" for name in table("dates")["moments"])
        moment = next((moment for moment in map(_moment, stated) if moment), None)
        text = moment or fold_space(node.text(separator=" "))
        if len(text) <= _LONGEST_LOOSE:
            yield text


def _moment(stated: str) -> str | None:
    """Return the moment that an attribute holds, seconds or thousandths since 1970 as a date; None for other values."""
    if _SECONDS.fullmatch(stated):
        return datetime.fromtimestamp(int(stated[:10]), UTC).isoformat()
    return stated if _YEAR.search(stated) else None


_YEAR = re.compile(r"\d{4}-\d\d-\d\d")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")


def bylines(sheet: Sheet) -> Iterator[Evidence]:
    """Yield bylines as shown. Dear (up to five searches), so asked only while the head names no person."""
    root = own_part(sheet)
    for selector, confidence in _byline_selectors():
        nodes = root.css(selector)
        longest = _LONGEST_BYLINE if confidence >= _FIRM else _LONGEST_LOOSE
        own = (node for node in islice(nodes, _MOST_BYLINES) if not _is_elsewhere(node))
        found = [text for node in islice(own, 6) if (text := _byline_text(node))]
        for text in (text for text in found if len(text) <= longest):
            yield clue("author", text, "byline", confidence)
        # Each further search is dear, and looser selectors only add what stands around the name.
        if confidence >= _FIRM and read_bylines(found).people:
            return


_MOST_BYLINES = 30


def _is_elsewhere(node: Node) -> bool:
    """Tell whether an element is a control, or stands among readers' comments or other pieces."""
    current: Node | None = node
    for _ in range(8):
        if current is None or current.tag in {"main", "body"}:
            return False
        attributes = current.attributes
        if current.tag in _CONTROLS or _OTHERS.search(
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}".lower()
        ):
            return True
        current = current.parent
    return False


_CONTROLS = frozenset({"button", "form", "label", "input", "select", "figcaption", "nav"})
_OTHERS = re.compile("|".join(table("selectors")["not_bylines"]))


def _byline_text(node: Node) -> str | None:
    # A bar between elements: names of several people often stand in spans without any comma.
    text = node.attributes.get("content") or fold_space(node.text(separator="|"))
    if not text and node.attributes.get("itemprop") and (name := node.css_first("meta[itemprop=name]")) is not None:
        text = name.attributes.get("content") or ""
    return text if 2 < len(text) < _LONGEST_BYLINE else None


@cache
def _byline_selectors() -> tuple[tuple[str, float], ...]:
    return tuple((selector, float(confidence)) for selector, confidence in table("selectors")["bylines"])
