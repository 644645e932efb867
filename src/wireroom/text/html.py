"""What tree does a page's markup make, and what plain text stands in it?

One parse per page: every reader of a page shares the tree made here. lexbor was chosen by measurement (131 news pages:
848 pages/s against lxml's 406, and a walk over all nodes costs a quarter of the parse). Markup that would hurt the
parser is refused before it gets there; nothing is fetched, run or repaired by guessing.
"""

import re
from html import unescape

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode, SelectolaxError

Tree = LexborHTMLParser
Node = LexborNode

MOST_LEVELS = 12_000
"""Deeper nesting is refused: time grows with the square of the depth (10,000 levels 0.3 s, 200,000 levels 110 s)."""
MOST_CHARACTERS = 6_000_000
"""Markup beyond this is cut off; the largest honest page met had 1.9 million characters."""
_WITHOUT_EVENTS = LexborDocumentOptions.WO_EVENTS.value
"""Nothing listens to how the tree changes; the one thing lost is the copy of a chosen option in `<selectedcontent>`."""
_SUSPICIOUS = 20_000
"""Tags; from here on the nesting is estimated."""
_SHORTEST_TAG = 3
"""Bytes."""
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*?(/?)>")
_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
    }
)
_MARKUP = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|"
    r"mark|nobr|ol|p|q|s|small|span|strike|strong|sub|sup|table|tbody|td|time|tr|tt|u|ul|wbr)\b[^<>]{0,300}>|<!--.*?-->",
    re.IGNORECASE,
)
"""Elements that form text. Others stay as written: a headline about `<script>` is about it, and output escapes it."""


def parse(markup: str | bytes) -> Tree | None:
    """Return the tree of a page, None when its nesting is too deep to be read safely.

    Bytes must be UTF-8; a page that comes as such is spared a copy (0.1 ms).
    """
    if len(markup) > MOST_CHARACTERS:
        whole = markup if isinstance(markup, str) else markup.decode("utf-8", "replace")
        markup = whole[:MOST_CHARACTERS]
    if (
        _is_suspicious(markup)
        and depth(markup if isinstance(markup, str) else markup.decode("utf-8", "replace")) > MOST_LEVELS
    ):
        return None
    if isinstance(markup, bytes):
        return LexborHTMLParser(markup, options=_WITHOUT_EVENTS)
    try:
        return LexborHTMLParser(markup, options=_WITHOUT_EVENTS)
    except UnicodeEncodeError:  # lone surrogates, which no decoder of ours makes
        return LexborHTMLParser(markup.encode("utf-8", "replace"), options=_WITHOUT_EVENTS)


def is_selector(selector: str) -> bool:
    """Tell whether a CSS selector can be read."""
    try:
        LexborHTMLParser("").css(selector)
    except SelectolaxError:
        return False
    return bool(selector.strip())


def _is_suspicious(markup: str | bytes) -> bool:
    # What a tag takes at the least, `<b>`, settles short pages.
    return len(markup) > _SHORTEST_TAG * _SUSPICIOUS and _openings(markup) > _SUSPICIOUS


def _openings(markup: str | bytes) -> int:
    if isinstance(markup, str):
        return markup.count("<")
    import numpy as np  # noqa: PLC0415 - for large pages only: 0.012 ms for 186 KB, bytes.count takes 0.042

    return int(np.count_nonzero(np.frombuffer(markup, np.uint8) == ord("<")))


def depth(markup: str) -> int:
    """Estimate how deep elements nest, without parsing: open tags less closing ones, at their highest."""
    level = highest = 0
    for closing, name, selfclosing in _TAG.findall(markup):
        if selfclosing or name.lower() in _VOID:
            continue
        level = max(0, level - 1) if closing else level + 1
        highest = max(highest, level)
    return highest


def fold_space(text: str) -> str:
    """Return text on one line with single spaces."""
    # Most texts of a head are on one line already; of white space only the plain blank is printable.
    is_folded = text.isprintable() and "  " not in text and text.strip() == text
    return text if is_folded else " ".join(text.split())


def text_of(node: Node) -> str:
    """Return the text under a node on one line."""
    return fold_space(node.text(separator="", strip=False))


def called(node: Node) -> str:
    """Return class and id of an element, not of the document: a third of what all its attributes take."""
    return f"{node.attrs.get('class') or ''} {node.id or ''}"


def unmarked(text: str) -> str:
    """Return an attribute's text without the markup and doubled entities that publishers leave in it."""
    if "&" in text and ";" in text:  # "&amp;amp;" is common, a third level was never met; "?a=1&copy=2" is an address
        text = unescape(unescape(text))
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return fold_space(text)
