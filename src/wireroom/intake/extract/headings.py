"""What does the page show its readers: headline, byline, times, lead image?

Reads the visible tree, by table-driven selectors; what the head says is other readers' evidence.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from itertools import chain, islice

from wireroom.intake.extract import marks
from wireroom.intake.extract.byline_words import is_other_work
from wireroom.intake.extract.bylines import names_person
from wireroom.intake.extract.searches import search
from wireroom.intake.extract.sheet import Sheet, clue, own_part
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.html import Node, called, fold_space, text_of

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
    """Return a heading's text without badges and what only screen readers are told, a colon behind its kicker."""
    text = text_of(node)
    if not any(node.iter()) or not node.css(_MARKED):  # most hold nothing but text, or a bare link
        return text
    known = table("selectors")
    for unseen in node.css(known["not_headline"])[:_MOST_WITHIN]:
        text = text.replace(text_of(unseen), "", 1)
    for above in map(text_of, node.css(known["kickers"])[:_MOST_WITHIN]):
        before, _, behind = text.partition(above)
        if above and not before.strip() and _LETTER.match(behind.lstrip()) and _LETTER.match(above[-1]):
            text = f"{above}: {behind.lstrip()}"
    return fold_space(text) or text_of(node)


_LETTER = re.compile(r"\w")
_MARKED = "[class]:not(h1), [hidden]"
"""What may be a badge or kicker: asked first, for a third of what looking for both takes."""
_MOST_WITHIN = 8
"""Elements of a heading that are looked at; each costs a walk over its text."""


def teasers(sheet: Sheet) -> int:
    """Return how many headings lead elsewhere. A search of the whole tree, so asked of doubtful pages only."""
    return len(sheet.tree.css("h2 a[href], h3 a[href], a > h2, a > h3"))


def shown_times(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what `<time>` and elements marked as dates say."""
    times = (node for node in sheet.nodes["time"] if not _DATED.isdisjoint(node.attributes) or _is_own(node))
    for rank, node in enumerate(islice(chain(sheet.dated, times), 8)):
        attributes = node.attributes
        stated = attributes.get("datetime") or attributes.get("content") or node.text(deep=True)[:100]
        name = f"{attributes.get('itemprop') or ''} {attributes.get('class') or ''}".lower()
        # Themes mark a piece that was never changed as both: "entry-date published updated".
        updated = ("modif" in name or "updat" in name) and "publi" not in name
        exact = "datepublished" in name or "published" in name
        confidence = 0.70 if exact else max(0.2, 0.50 - 0.08 * rank)
        yield clue("updated" if updated else "published", stated, "time", confidence)


_DATED = frozenset({"datetime", "itemprop"})


def _is_own(node: Node) -> bool:
    """Tell whether a `<time>` of text alone stands in an article: elsewhere it may be a clock."""
    return _YEAR_TOLD.search(node.text(deep=True)[:100]) is not None and any(
        current is not None and current.tag == "article" for current in _around(node)
    )


def _around(node: Node) -> Iterator[Node | None]:
    current = node.parent
    for _ in range(8):
        if current is None:
            return
        yield current
        current = current.parent


_YEAR_TOLD = re.compile(r"(?:19|20)\d\d")


def dated(sheet: Sheet) -> Iterator[str]:
    """Yield short texts of elements that are named after a time. A search of the whole tree, so asked late."""
    named = search(sheet.tree, own_part(sheet), "dated")[:_MOST_DATED]
    for node in islice((node for node in named if not _is_elsewhere(node)), 12):
        stated = (node.attributes.get(name) or "" for name in table("dates")["moments"])
        moment = next((moment for moment in map(_moment, stated) if moment), None)
        text = moment or fold_space(node.text(separator=" "))
        if len(text) <= _LONGEST_LOOSE:
            yield text


_MOST_DATED = 40


def _moment(stated: str) -> str | None:
    """Return the moment that an attribute holds, seconds or thousandths since 1970 as a date; None for other values."""
    if _SECONDS.fullmatch(stated):
        return datetime.fromtimestamp(int(stated[:10]), UTC).isoformat()
    return stated if _YEAR.search(stated) else None


_YEAR = re.compile(r"\d{4}-\d\d-\d\d")
_SECONDS = re.compile(r"1\d{9}(?:\d{3})?")


def bylines(sheet: Sheet) -> Iterator[Evidence]:
    """Yield bylines as shown. Dear (a search or three), so asked only while the head names no person."""
    root, named = own_part(sheet), False
    for confidence, nodes in marks.marked(sheet.tree, root):
        longest = _LONGEST_BYLINE if confidence >= _FIRM else _LONGEST_LOOSE
        own = (node for node in islice(nodes, _MOST_BYLINES) if not _is_elsewhere(node) and not _is_others(node))
        found = [text for node in islice(own, 6) if (text := _byline_text(node))]
        for text in found:
            if len(text) <= longest:
                named = True
                yield clue("author", text, "byline", confidence)
        # Each further search is dear, and looser selectors only add what stands around the name.
        if confidence >= _FIRM and names_person(found):
            return
    if not named and isinstance(root, Node) and root.tag != "body":
        yield from _alone(sheet)


def _alone(sheet: Sheet) -> Iterator[Evidence]:
    """Yield the byline beside the article's own part, when that is not the whole page and the page has but one."""
    for selector in (_DECLARED, table("selectors")["cards"]):
        nodes = (node for node in sheet.tree.css(selector)[:_MOST_BYLINES] if not _is_elsewhere(node))
        texts = {text for node in nodes if (text := _byline_text(node))}
        if len(texts) == 1:
            yield clue("author", texts.pop(), "byline", _ASIDE)
        if texts:
            return


_DECLARED = ", ".join(table("selectors")["searches"]["bylines"]["always"][:2])
_ASIDE = 0.45


def _is_others(node: Node) -> bool:
    """Tell whether the text just before an element says that what it names did something else: "Editor: "."""
    before = node.prev
    return before is not None and before.is_text_node and is_other_work(before.text_content or "")


_MOST_BYLINES = 30


def _is_elsewhere(node: Node) -> bool:
    """Tell whether an element is a control, or stands among readers' comments or other pieces."""
    current: Node | None = node
    for _ in range(8):
        if current is None or (tag := current.tag) in _OWN:
            return False
        if tag in _CONTROLS or _are_others(called(current)):
            return True
        current = current.parent
    return False


@lru_cache(maxsize=256)
def _are_others(names: str) -> bool:
    """Tell whether class and id say that an element holds something else; those found mostly stand side by side."""
    return _OTHERS.search(names.lower()) is not None


_OWN = frozenset({"main", "body", "address", "html"})
"""Where the walk ends; an address is, by the standard, whom to ask about the article."""
_CONTROLS = frozenset({"form", "label", "input", "select", "figcaption", "nav"})
_OTHERS = re.compile("|".join(table("selectors")["not_bylines"]))


def _byline_text(node: Node) -> str | None:
    # A bar between elements: names of several people often stand in spans without any comma.
    attributes = node.attributes
    marked = attributes.get("itemprop") or attributes.get("rel")
    name = node.css_first("[itemprop=name]") if marked else None
    said = name or node  # beside the name may stand what the author does, a picture, and the name in parts
    stated = name.attributes.get("content") if name else attributes.get("content")
    text = stated or fold_space(said.text(separator="|"))
    return text if 2 < len(text) < _LONGEST_BYLINE else None
