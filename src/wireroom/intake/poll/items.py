"""What does one item of an XML feed say?"""

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from wireroom.intake.poll import fields
from wireroom.intake.poll.elements import (
    Element,
    Parts,
    Scope,
    absolute_link,
    first_text,
    grouped,
    markup_of,
    named,
    place_of,
    text_of,
    texts,
)
from wireroom.intake.poll.identity import item_key
from wireroom.intake.poll.limits import MAX_BYLINE, MAX_TITLE
from wireroom.intake.poll.markup import absolute, resolved
from wireroom.intake.poll.names import RDF_ABOUT, XML_LANG, short_name
from wireroom.intake.poll.unwrap import unwrapped
from wireroom.records.entries import Enclosure, FeedItem, Person
from wireroom.text.dates import Moment, parse_date
from wireroom.text.sanitize import plain

_EMAIL = re.compile(r"[^\s<>()\"',;:@]{1,64}@[^\s<>()\"',;:@]{1,255}\.[^\s<>()\"',;:@.]{2,24}")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)


class Feed(Struct, frozen=True):
    """What items inherit from their feed."""

    scope: Scope
    head: Parts
    language: str | None
    authors: tuple[Person, ...]


def read_item(element: Element, feed: Feed) -> FeedItem:
    """Read one item with what it inherits from its feed."""
    parts = grouped(element)
    said = _with_group(parts)
    scope = feed.scope
    guid = first_text(parts, fields.GUID) or element.get(RDF_ABOUT)
    link = _link(element, parts, scope)
    title = title_of(said)
    summary, content = _markup(said, fields.SUMMARY, scope), _markup(parts, fields.CONTENT, scope)
    published, raw = _date(parts, fields.PUBLISHED)
    updated, _ = _date(parts, fields.UPDATED)
    if updated is None and (stamp := element.get("LASTMOD")):  # CDF
        updated = parse_date(stamp)
    return FeedItem(
        key=item_key(guid, link, title, summary, content),
        guid=guid,
        link=link,
        title=title,
        summary=summary,
        content=content,
        published=published.when if published else None,
        published_raw=raw,
        updated=updated.when if updated else None,
        authors=people(parts, scope) or _inherited(parts, feed),
        tags=tuple(dict.fromkeys(_tags(said))),
        enclosures=tuple({file.url: file for file in _files(parts, scope)}.values()),
        language=_language(element, parts, feed),
        kind=_kind(parts),
    )


def _with_group(parts: Parts) -> Parts:
    """Add what only the item's media group says: films carry their description and tags there."""
    groups = parts.get("media:group")
    return {**grouped(groups[0]), **parts} if groups else parts


def _link(element: Element, parts: Parts, scope: Scope) -> str | None:
    """Return the item's address: the publisher's own behind a counting service, the link, a permanent guid."""
    base = scope.base_of(element)
    original = absolute(base, first_text(parts, _COUNTED)) if _COUNTED[0] in parts else None
    if link := original or absolute_link(parts, scope):
        return unwrapped(link)
    for guid in parts.get("guid", ()):
        if guid.get("ispermalink", guid.get("isPermaLink", "true")).lower() == "true" and _WEB.fullmatch(text_of(guid)):
            return text_of(guid)
    if place := absolute(base, place_of(element)):
        return unwrapped(place)
    about = element.get(RDF_ABOUT) or first_text(parts, ("id",))
    return absolute(base, about) if about and _WEB.fullmatch(about) else None


_COUNTED = ("feedburner:origlink",)


def _language(element: Element, parts: Parts, feed: Feed) -> str | None:
    """Return the language of what the item says: of its content, summary or title, else of the whole item or feed."""
    if feed.scope.has_languages:
        for part in named(parts, _SAID):
            if part.get(XML_LANG) is not None:
                return feed.scope.language_of(part)
    own = first_text(parts, fields.LANGUAGE)
    return own.replace("_", "-") if own else feed.scope.language_of(element) or feed.language


_SAID = (*fields.CONTENT, *fields.SUMMARY, *fields.TITLE)


def title_of(parts: Parts) -> str | None:
    """Return a title as plain text."""
    for element in named(parts, fields.TITLE):
        if shown := plain(markup_of(element)[:MAX_TITLE]):
            return shown
    return None


def _markup(parts: Parts, names: tuple[str, ...], scope: Scope) -> str | None:
    """Return what the best of these elements says, as markup with absolute addresses."""
    for element in named(parts, names):
        if text := markup_of(element):
            return resolved(text, scope.base_of(element))
    return None


def _date(parts: Parts, names: tuple[str, ...]) -> tuple[Moment | None, str | None]:
    """Return the best date that can be read and its text; of elements with one name the last counts."""
    raw = None
    for name in names:
        for element in reversed(parts.get(name, ())):
            text = text_of(element)
            raw = raw or text
            if text and (moment := parse_date(text)):
                return moment, text
    return None, raw or None


def people(parts: Parts, scope: Scope) -> tuple[Person, ...]:
    """Return the authors that an item or feed names, each once."""
    found = (_person(element, scope) for element in named(parts, fields.AUTHORS))
    return tuple({person.name: person for person in found if person}.values())


def _person(element: Element, scope: Scope) -> Person | None:
    """Read an Atom person, or the text of an RSS one: `mail (Name)`, `Name <mail>`, a name or a mail alone."""
    if len(element):
        parts = grouped(element)
        name, email = first_text(parts, ("name",)), first_text(parts, ("email",))
        url = absolute(scope.base_of(element), first_text(parts, ("uri", "url", "homepage")))
        return Person(name=name or email or url or "", email=email, url=url) if name or email or url else None
    return _byline(text_of(element)[:MAX_BYLINE])


@lru_cache(maxsize=1024)
def _byline(text: str) -> Person | None:
    """Take a byline apart; the same few names stand under all items of a feed."""
    found = _EMAIL.search(text) if "@" in text else None
    if not found:
        shown = plain(text)
        return Person(name=shown) if shown else None
    rest = (text[: found.start()] + text[found.end() :]).replace("()", "").replace("<>", "")
    return Person(name=plain(rest).strip(" ()<>\"'") or found[0], email=found[0])


def _inherited(parts: Parts, feed: Feed) -> tuple[Person, ...]:
    """Return the authors of the item's source, else of the feed (RFC 4287 §4.2.1)."""
    sources = parts.get("source")
    if not sources:
        return feed.authors
    return tuple(person for source in sources for person in people(grouped(source), feed.scope))


def _tags(parts: Parts) -> Iterator[str]:
    for element in named(parts, fields.TAGS):
        tag = element.get("term") or element.get("text") or text_of(element) or element.get("label")
        if tag and (shown := plain(tag[:MAX_TITLE])):
            yield shown
    for text in texts(parts, fields.TAG_LISTS):
        yield from (word.strip() for word in text.split(",") if word.strip())


def _files(parts: Parts, scope: Scope) -> Iterator[Enclosure]:
    for link in parts.get("link", ()):
        if (link.get("rel") or "").lower() == "enclosure":
            yield from _file(link, scope)
    for element in named(parts, fields.FILES):
        yield from _file(element, scope)
    for element in parts.get("content", ()):
        if place := absolute(scope.base_of(element), element.get("src")):  # RFC 4287 §4.1.3.2: it lies elsewhere
            yield Enclosure(url=place, type=element.get("type"))
    for element in named(parts, fields.GROUPS):
        if len(element):
            yield from _files(grouped(element), scope)


def _file(element: Element, scope: Scope) -> Iterator[Enclosure]:
    """Yield the file an element points to; how big it is stands in one attribute or another."""
    url = absolute(scope.base_of(element), element.get("url") or element.get("href"))
    if not url:
        return
    image = "image" if short_name(element.tag) in fields.IMAGES else None
    yield Enclosure(
        url=url,
        type=element.get("type") or element.get("medium") or image,
        length=_number(element.get("length") or element.get("fileSize")),
        width=_number(element.get("width")),
        height=_number(element.get("height")),
    )


def _kind(parts: Parts) -> str | None:
    """Return `video` where the feed's own word is that the item is a film: every medium of it is one."""
    if "yt:videoid" in parts:
        return "video"
    holders = [parts, *map(grouped, parts.get("media:group", ()))]
    media = {medium.get("medium") for holder in holders for medium in holder.get("media:content", ())}
    return "video" if media == {"video"} else None


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
