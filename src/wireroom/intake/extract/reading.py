"""What does one fetched page say, as one record?

Runs the readers over one parse and hands their evidence to the merge. Never an exception, never a fetch: what cannot
be read is a NotArticle with its reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

import msgspec
from msgspec import Struct

from wireroom.intake.extract import (
    canonical,
    feed_word,
    headings,
    kinds,
    mastheads,
    merge,
    metadata,
    pictures,
    providers,
    second_opinion,
    signing,
    structured,
    times,
)
from wireroom.intake.extract.body import Body, read_body
from wireroom.intake.extract.bylines import names_person
from wireroom.intake.extract.merge import by_field
from wireroom.intake.extract.sheet import Sheet, open_sheet
from wireroom.intake.extract.titles import key
from wireroom.intake.extract.versions import compare
from wireroom.records.articles import Article, Evidence, Image, Reading, Unread
from wireroom.records.entries import Entry
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.records.versions import Version
from wireroom.text.amp import cache_url, uncached
from wireroom.text.encodings import decode, is_utf8
from wireroom.text.excerpts import excerpt, first_sentences
from wireroom.text.fingerprints import text_hash
from wireroom.text.html import fold_space, parse, unmarked
from wireroom.text.language import detect

EXTRACTOR = "extract/4"
"""Rises whenever pages are read otherwise than before: pages that are in the archive are read again."""
LARGEST = 8_000_000
"""Bytes of a page that are read; the rest is left aside."""
LONGEST_TEXT = 200_000
"""Characters of body text that are kept: a novel's fifth, a live blog's day."""
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|div|p|title|meta|article|h1|main|section|script|span|table|\?xml)\b",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?=$|[-_])", re.IGNORECASE)


class NotArticle(Struct, frozen=True, kw_only=True):
    """The page is no piece, or cannot be read; `reason` says why in words for the desk."""

    reason: str


class Context(Struct, frozen=True, kw_only=True):
    """What is known of a page before it is read; `url` is where its bytes came from, `original` how it was found."""

    url: str
    original: str
    content_type: str | None
    providers: Sequence[Provider]
    now: datetime
    entries: tuple[Entry, ...] = ()
    with_body: bool = True


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


LISTS = "a list of pieces: headings that lead elsewhere, and no paragraph of its own"
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
    return _decide(open_sheet(tree, uncached(context.url)), markup, context)


def _as_utf8(body: bytes, content_type: str | None) -> bytes:
    """Return a page in UTF-8; most are, and are spared two copies.

    Bytes that are valid UTF-8 beyond ASCII are UTF-8, whatever they declare: that is never chance.
    """
    if not body.isascii() and is_utf8(body):
        return body
    return decode(body, content_type).text.encode("utf-8", "replace")


def _dates(
    sheet: Sheet, fields: dict[str, tuple[Evidence, ...]], body: Body, now: datetime, *, day_first: bool
) -> tuple[merge.Dates, tuple[Evidence, ...]]:
    """Decide the dates; dearer, less certain readers are asked only while nothing is found. Return their word too."""
    dates = merge.dates(fields, now, day_first=day_first)
    heads = [stated.value for stated in fields.get("title", ())]
    further: tuple[Callable[[], Iterator[Evidence]], ...] = (
        lambda: times.from_lines([*heads, *_from_headline([line for line, _ in body.around], heads)]),
        lambda: times.from_marked(headings.dated(sheet)),
        lambda: times.from_scripts(_scripts(sheet)),
    )
    told: tuple[Evidence, ...] = ()
    for ask in further:
        if dates.published is not None:
            break
        told += tuple(ask())
        dates = merge.dates({**fields, **by_field(told)}, now, day_first=day_first)
    return dates if dates.published else merge.of_change(dates), told


def _scripts(sheet: Sheet) -> Iterator[str]:
    return (node.text() for node in sheet.nodes["script"])


def _from_headline(lines: Sequence[str], heads: Iterable[str]) -> list[str]:
    """Return lines with those under the headline first, then those above it, the nearest first: pages show a clock."""
    keys = frozenset(map(key, heads))
    under = next((at + 1 for at in range(len(lines) - 1, -1, -1) if key(lines[at]) in keys), 0)
    return [*lines[under:], *reversed(lines[:under])]


def _decide(sheet: Sheet, markup: bytes, context: Context) -> Article | NotArticle:
    said = tuple(_evidence(sheet, context))
    shown = pictures.evidence(sheet, [stated for stated in said if stated.field == "image"])
    known = providers.registered(sheet.url, context.providers)
    signed = () if _names_person(said) else headings.bylines(sheet)
    clues = (*said, *shown, *signed, *providers.described(sheet, known))
    fields = by_field(clues)
    named = fields.get("provider", ())
    is_named = any(stated.confidence >= _FIRM for stated in named)
    mast = () if is_named else tuple(mastheads.evidence(sheet.url, fields.get("title", ())))
    named = (*named, *mast)
    provider = providers.choose(sheet.url, named, context.providers)
    house = providers.house_names(sheet.url, named, provider, known)
    title = merge.title(fields.get("title", ()), house, kinds.sections(sheet.url, fields.get("section", ())))
    found = _body(sheet, markup, fields) if context.with_body else Body()
    # Without a body there is nothing to weigh a page by; what it declares must do.
    characters = kinds.size(found.text) if context.with_body else LONGEST_TEXT
    certainty = found.confidence if context.with_body else 1.0
    problem = kinds.why_not(sheet.url, fields, characters, certainty)
    if not problem and context.with_body and kinds.may_list(sheet.url, fields, found.text):
        problem = LISTS if headings.teasers(sheet) > kinds.MOST_TEASERS else None
    if problem or not title.value:
        return NotArticle(reason=_detour(sheet) or problem or "no headline in it")
    language, declared = _language(sheet, fields, found.text)
    day_first = times.is_day_first(language, declared, sheet.url)
    dates, told = _dates(sheet, fields, found, context.now, day_first=day_first)
    credits_, signers, read = signing.decide(sheet, fields, found, house)
    credits_ = providers.apart(credits_, known)
    summary = merge.plain(fields.get("excerpt", ()))
    image = merge.image(fields.get("image", ()))
    section = merge.plain(kinds.named_sections(fields.get("section", ()), house), 80)
    address, claim = canonical.choose(fields["canonical"])
    amp = canonical.amp(sheet) or canonical.shown_amp(sheet, address)
    chosen = [title.winner, summary.winner, image.winner, section.winner, claim, *signers]
    chosen += [next((stated for stated in named if stated.value == provider.name), None)]
    chosen += [stamp.evidence for stamp in (dates.published, dates.updated) if stamp]
    return Article(
        id=article_id(address),
        extractor=EXTRACTOR,
        read_at=context.now,
        canonical_url=address,
        original_url=context.original,
        amp_url=amp,
        cdn_amp_url=cache_url(amp) if amp else None,
        title=title.value,
        excerpt=excerpt(summary.value) or first_sentences(found.text),
        text=found.text,
        published_at=dates.published.when if dates.published else None,
        date_method=dates.published.method if dates.published else None,
        date_confidence=dates.published.confidence if dates.published else 0.0,
        updated_at=dates.updated.when if dates.updated else None,
        authors=credits_.people,
        agencies=credits_.agencies,
        provider=provider,
        images=(Image(url=image.value),) if image.value else (),
        language=language,
        type=kinds.kind(sheet.url, clues, (line for line, _ in found.around), len(found.text)),
        paywalled=any(stated.value == "True" for stated in fields.get("paywalled", ())),
        section=section.value or None,
        keywords=tuple(_keywords(fields.get("keywords", ()))),
        links=tuple(dict.fromkeys(link for ref in found.links if (link := sheet.address(ref)))),
        evidence=merge.record((*clues, *mast, *told, *read), chosen),
        text_hash=text_hash(found.text),
    )


def _detour(sheet: Sheet) -> str | None:
    """Say where a page without a piece of its own sends its readers, None when it does not."""
    if target := next(iter(sheet.metas.get("refresh", ())), ""):
        return f"no article in it: the page only sends readers on ({target[:200]})"
    if sheet.tree.css_first("frameset, frame") is not None:
        return "no article in it: the page is a set of frames"
    return None


def _evidence(sheet: Sheet, context: Context) -> Iterator[Evidence]:
    yield from structured.evidence(sheet)
    yield from metadata.evidence(sheet)
    yield from headings.evidence(sheet)
    yield from times.from_url(sheet.url)
    yield from canonical.claims(sheet)
    for entry in context.entries:
        yield from feed_word.evidence(entry)


def _names_person(clues: Iterable[Evidence]) -> bool:
    """Tell whether the head names a person as the author, and no house beside."""
    stated = [clue.value for clue in clues if clue.field == "author" and clue.confidence >= _FIRM]
    houses = [clue.value for clue in clues if clue.field in {"house", "provider"}]
    return not any(clue.field == "house" for clue in clues) and names_person(stated, houses)


_FIRM = 0.6


def _body(sheet: Sheet, markup: bytes, fields: dict[str, tuple[Evidence, ...]]) -> Body:
    """Return the body as shown; where that is unclear, the declared one or the slower reader's."""
    shown = read_body(sheet.tree)
    text = shown.text
    if shown.confidence < _SURE:
        declared = max((unmarked(clue.value) for clue in fields.get("body", ())), key=len, default="")
        text = declared if len(declared) > 2 * len(text) else text
    if shown.confidence < second_opinion.UNSURE and text == shown.text:
        text = second_opinion.ask(markup.decode("utf-8", "replace")) or text
    return msgspec.structs.replace(shown, text=text[:LONGEST_TEXT])


_SURE = 0.65
"""Confidence above which what a page declares as its text is not looked at."""


def _language(sheet: Sheet, fields: dict[str, tuple[Evidence, ...]], text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the text's own language, else the declared one; and what is declared."""
    declared = (sheet.language or "", *(clue.value for clue in fields.get("language", ())))
    codes = [found[0].lower() for found in map(_LANGUAGE.match, declared) if found]
    return detect(text) or (codes[0] if codes else None), declared


def _keywords(clues: Iterable[Evidence]) -> Iterator[str]:
    seen: set[str] = set()
    for stated in clues:
        for word in re.split(r"[,;|]", stated.value):
            text = fold_space(word)
            if text and text.lower() not in seen and len(seen) < 40 and len(text) <= 80:
                seen.add(text.lower())
                yield text
