"""What items does a page without a feed list? Found by the CSS selectors that the beat names for it."""

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from wireroom.intake.poll.identity import item_key
from wireroom.intake.poll.limits import MAX_TITLE
from wireroom.intake.poll.markup import absolute
from wireroom.records.entries import FeedItem, ParsedFeed
from wireroom.records.sources import Selectors
from wireroom.text.dates import Moment, parse_date
from wireroom.text.encodings import decode
from wireroom.text.html import Node, Tree, parse, text_of

MAX_PAGE = 2_000_000
MAX_LISTED = 500
"""Items of a page; an index that lists more is an archive."""


def read_page(body: bytes, selectors: Selectors, *, url: str, content_type: str | None) -> ParsedFeed | str:
    """Read a page's items in its order; a sentence when the selectors find none."""
    decoded = decode(body[:MAX_PAGE], content_type)
    tree = parse(decoded.text)
    if tree is None:
        return "the page cannot be read as HTML"
    base = _base(tree, url)
    items = tuple(_items(tree, selectors, base))
    if not items:
        return f"nothing on the page matches items = {selectors.items!r} with a link at {selectors.link!r}"
    title = tree.css_first("title")
    return ParsedFeed(
        format="page",
        encoding=decoded.encoding,
        title=text_of(title)[:MAX_TITLE] if title else None,
        link=url,
        items=items,
        repairs=decoded.repairs,
    )


def complaint(selector: str) -> str | None:
    """Say what is wrong with a selector; None when it can be used."""
    try:
        LexborHTMLParser("<p>").css_first(selector)
    except (SelectolaxError, ValueError) as error:
        return f"{selector!r} is no CSS selector ({error})"
    return None


def _base(tree: Tree, url: str) -> str:
    base = tree.css_first("base[href]")
    return (absolute(url, base.attributes.get("href")) if base else None) or url


def _items(tree: Tree, selectors: Selectors, base: str) -> Iterator[FeedItem]:
    for holder in tree.css(selectors.items)[:MAX_LISTED]:
        anchor = holder if holder.tag == "a" and "href" in holder.attributes else holder.css_first(selectors.link)
        link = absolute(base, anchor.attributes.get("href")) if anchor else None
        if anchor is None or link is None:
            continue
        raw, moment = _date(holder, selectors)
        title = _text(holder, selectors.title) or text_of(anchor)[:MAX_TITLE] or None
        yield FeedItem(
            key=item_key(None, link),
            link=link,
            title=title,
            summary=_text(holder, selectors.summary),
            published=moment.when if moment else None,
            published_raw=raw,
        )


def _text(holder: Node, selector: str | None) -> str | None:
    found = holder.css_first(selector) if selector else None
    return (text_of(found)[:MAX_TITLE] or None) if found else None


def _date(holder: Node, selectors: Selectors) -> tuple[str | None, Moment | None]:
    """Read the date element: its `datetime` attribute, else its text."""
    found = holder.css_first(selectors.date) if selectors.date else None
    raw = (found.attributes.get("datetime") or text_of(found)) if found else None
    return raw, parse_date(raw) if raw else None
