"""What does the evidence of one page add up to, as one record?

Asks the readers over one parse in turn, the dearer ones only while something is missing; field by field the merge
decides. It must not touch the page's bytes or fetch anything.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from typing import NamedTuple

import msgspec
from msgspec import Struct

from wireroom.intake.extract import (
    canonical,
    dating,
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
from wireroom.intake.extract.merge import Fields, by_field, joined
from wireroom.intake.extract.sheet import Sheet
from wireroom.records.articles import Article, Evidence, Image
from wireroom.records.entries import Entry
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.text.amp import cache_url
from wireroom.text.excerpts import first_sentences, shortened
from wireroom.text.fingerprints import text_hash
from wireroom.text.html import unmarked
from wireroom.text.language import detect

EXTRACTOR = "extract/5"
"""Rises whenever pages are read otherwise than before: pages that are in the archive are read again."""
LONGEST_TEXT = 200_000
"""Characters of body text that are kept: a novel's fifth, a live blog's day."""
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


def decide(sheet: Sheet, markup: bytes, context: Context) -> Article | NotArticle:
    """Make one record of what a page says, or tell why it is no piece; `markup` is what a second reader is given."""
    known = providers.registered(sheet.url, context.providers)
    said = _said(sheet, context)
    fields = by_field(said)
    house = _house(sheet.url, fields, known)
    later = [*_shown(sheet, fields, house.names), *providers.described(sheet, known)]
    clues, fields = said + later, joined(fields, by_field(later))
    title = merge.title(fields.get("title", ()), house.names, kinds.sections(sheet.url, fields.get("section", ())))
    found = _body(sheet, markup, fields) if context.with_body else Body()
    problem = _problem(sheet, fields, found if context.with_body else None)
    if problem or not title.value:
        return NotArticle(reason=_detour(sheet) or problem or "no headline in it")
    language, declared = _language(sheet, fields, found.text)
    day_first = partial(times.is_day_first, language, declared, sheet.url)
    dates, dated = dating.decide(sheet, fields, found, context.now, day_first)
    credits_, signers, signed = signing.decide(sheet, fields, found, house.names)
    credits_ = providers.apart(credits_, known)
    summary = merge.plain(fields.get("excerpt", ()))
    image = merge.image(fields.get("image", ()))
    section = merge.plain(kinds.named_sections(fields.get("section", ()), house.names), 80)
    address, claim = canonical.choose(fields["canonical"])
    amp = canonical.amp(sheet) or canonical.shown_amp(sheet, address)
    chosen = [title.winner, summary.winner, image.winner, section.winner, claim, house.winner, *signers]
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
        excerpt=shortened(summary.value) or first_sentences(found.text),
        text=found.text,
        published_at=dates.published.when if dates.published else None,
        date_method=dates.published.method if dates.published else None,
        date_confidence=dates.published.confidence if dates.published else 0.0,
        updated_at=dates.updated.when if dates.updated else None,
        authors=credits_.people,
        agencies=credits_.agencies,
        provider=house.provider,
        images=(Image(url=image.value),) if image.value else (),
        language=language,
        type=kinds.kind(sheet.url, fields, (line for line, _ in found.around), len(found.text)),
        paywalled=any(stated.value == "True" for stated in fields.get("paywalled", ())),
        section=section.value or None,
        keywords=tuple(_keywords(fields.get("keywords", ()))),
        links=tuple(dict.fromkeys(link for ref in found.links if (link := sheet.address(ref)))),
        evidence=merge.record((*clues, *house.mast, *dated, *signed), chosen),
        text_hash=text_hash(found.text),
    )


def _shown(sheet: Sheet, fields: Fields, house: tuple[str, ...]) -> Iterator[Evidence]:
    """Yield pictures, and bylines only while the head names no person, which its publisher under any name is not."""
    yield from pictures.evidence(sheet, fields.get("image", ()))
    if not _names_person(fields, house):
        yield from headings.bylines(sheet)


class _House(NamedTuple):
    """Who publishes the page, under which names, the statement that told, and what a title tag ends in."""

    provider: Provider
    names: tuple[str, ...]
    winner: Evidence | None
    mast: tuple[Evidence, ...]


def _house(url: str, fields: Fields, known: Provider | None) -> _House:
    named = fields.get("provider", ())
    is_named = any(stated.confidence >= _FIRM for stated in named)
    mast = () if is_named else tuple(mastheads.evidence(url, fields.get("title", ())))
    named = (*named, *mast)
    provider = providers.choose(url, named, known)
    winner = next((stated for stated in named if stated.value == provider.name), None)
    return _House(provider, providers.house_names(url, named, provider, known), winner, mast)


def _problem(sheet: Sheet, fields: Fields, body: Body | None) -> str | None:
    """Return why a page is no piece; without a body there is nothing to weigh it by, and what it declares must do."""
    if body is None:
        return kinds.why_not(sheet.url, fields, LONGEST_TEXT, 1.0)
    problem = kinds.why_not(sheet.url, fields, kinds.size(body.text), body.confidence)
    if problem or not kinds.may_list(sheet.url, fields, body.text):
        return problem
    return LISTS if headings.teasers(sheet) > kinds.MOST_TEASERS else None


LISTS = "a list of pieces: headings that lead elsewhere, and no paragraph of its own"


def _detour(sheet: Sheet) -> str | None:
    """Say where a page without a piece of its own sends its readers, None when it does not."""
    if target := next(iter(sheet.metas.get("refresh", ())), ""):
        return f"no article in it: the page only sends readers on ({target[:200]})"
    if sheet.tree.css_first("frameset, frame") is not None:
        return "no article in it: the page is a set of frames"
    return None


def _said(sheet: Sheet, context: Context) -> list[Evidence]:
    return [
        *structured.evidence(sheet),
        *metadata.evidence(sheet),
        *headings.evidence(sheet),
        *times.from_url(sheet.url),
        *canonical.claims(sheet),
        *chain.from_iterable(map(feed_word.evidence, context.entries)),
    ]


def _names_person(fields: Fields, house: tuple[str, ...]) -> bool:
    """Tell whether the head names a person as the author, and no house beside."""
    stated = [clue.value for clue in fields.get("author", ()) if clue.confidence >= _FIRM]
    return bool(stated) and "house" not in fields and names_person(stated, house)


_FIRM = 0.6


def _body(sheet: Sheet, markup: bytes, fields: Fields) -> Body:
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


def _language(sheet: Sheet, fields: Fields, text: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the text's own language, else the declared one; and what is declared."""
    declared = (sheet.language or "", *(clue.value for clue in fields.get("language", ())))
    codes = (found[0].lower() for found in map(_LANGUAGE.match, declared) if found)
    return detect(text) or next(codes, None), declared


def _keywords(clues: Iterable[Evidence]) -> Iterator[str]:
    seen: set[str] = set()
    for stated in clues:
        for text in map(str.strip, stated.value.replace(";", ",").replace("|", ",").split(",")):
            folded = text.lower()
            if text and folded not in seen and len(seen) < 40 and len(text) <= 80:
                seen.add(folded)
                yield text
