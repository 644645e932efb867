"""What does one fetched page say, as one record?

Runs the readers over one parse and hands their evidence to the merge. Never an exception, never a fetch: what cannot
be read is a NotArticle with its reason.
"""

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from wireroom.intake.extract.deciding import EXTRACTOR, Context, NotArticle, decide
from wireroom.intake.extract.sheet import open_sheet
from wireroom.intake.extract.versions import compare
from wireroom.records.articles import Article, Reading, Unread
from wireroom.records.sources import Provider
from wireroom.records.versions import Version
from wireroom.text.amp import uncached
from wireroom.text.encodings import decode, is_utf8
from wireroom.text.html import parse

LARGEST = 8_000_000
"""Bytes of a page that are read; the rest is left aside."""
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|title|meta|article|h1|main|section|script|span|table|\?xml)\b",
    re.IGNORECASE,
)


def extract(
    unread: Unread, body: bytes, providers: Sequence[Provider], now: datetime, *, reserved: str | None = None
) -> tuple[Reading, Version | None]:
    """Read a fetched page; the version tells what changed since the reading before.

    Of a page whose publisher reserves its analysis (`reserved` says how) no text is read: title, date and link stay.
    """
    page = unread.page
    context = Context(
        url=page.final_url or page.url,
        original=page.url,
        content_type=page.content_type,
        providers=providers,
        now=now,
        entries=unread.entries,
        with_body=reserved is None,
    )
    entries = tuple(entry.id for entry in unread.entries)
    found = _read(body, context)
    if isinstance(found, NotArticle):
        problem = Reading(page=page.id, extractor=EXTRACTOR, read_at=now, problem=found.reason, entries=entries)
        return problem, None
    article = msgspec.structs.replace(found.without_text(reserved) if reserved else found, page=page.id)
    article, version = _versioned(unread.previous, article)
    return Reading(page=page.id, extractor=EXTRACTOR, read_at=now, article=article, entries=entries), version


def _versioned(before: Article | None, article: Article) -> tuple[Article, Version | None]:
    """Give a reading the number that follows from the one before; the version tells what changed, if anything did."""
    if before is None or before.id != article.id:
        return article, None
    # A later extractor's better reading of the same fetch is no change of the publisher's.
    reread = before.page == article.page and before.extractor != EXTRACTOR
    version = None if reread else compare(before, article)
    if version is None:  # and what did not change is no younger: front pages and letters tell what is new by this time
        return msgspec.structs.replace(article, version=before.version, read_at=before.read_at), None
    return msgspec.structs.replace(article, version=version.number), version


def read_page(
    body: bytes, url: str, *, content_type: str | None, providers: Sequence[Provider], now: datetime
) -> Article | NotArticle:
    """Read a page by itself, without a feed's word on it."""
    return _read(body, Context(url=url, original=url, content_type=content_type, providers=providers, now=now))


def read_head(
    body: bytes, url: str, *, content_type: str | None, providers: Sequence[Provider], now: datetime
) -> Article | NotArticle:
    """Read what a page says of itself without looking for its body text."""
    context = Context(url=url, original=url, content_type=content_type, providers=providers, now=now, with_body=False)
    return _read(body, context)


def _read(body: bytes, context: Context) -> Article | NotArticle:
    """Read a page; one that breaks a reader is set aside with the failure as its reason."""
    try:
        return _read_page(body, context)
    except Exception as failure:  # noqa: BLE001 - the promise of this stage: no page stops the line
        return NotArticle(reason=f"{FAILED}: {type(failure).__name__}: {failure}"[:300])


FAILED = "a reader failed on the page"
"""How the reason of a page begins that broke one of our readers: a defect to report, not a property of the page."""


def _read_page(body: bytes, context: Context) -> Article | NotArticle:
    if not body or body.isspace():
        return NotArticle(reason="the page is empty")
    markup = _as_utf8(body[:LARGEST], context.content_type)
    if not _MARKUP.search(markup, 0, 200_000):
        return NotArticle(reason="no markup in it: not a web page")
    tree = parse(markup)
    if tree is None:
        return NotArticle(reason="elements nest too deep to be read safely")
    return decide(open_sheet(tree, uncached(context.url)), markup, context)


def _as_utf8(body: bytes, content_type: str | None) -> bytes:
    """Return a page in UTF-8; most are, and are spared two copies.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever they declare: that is never chance.
    """
    if not body.isascii() and is_utf8(body):
        return body
    return decode(body, content_type).text.encode("utf-8", "replace")
