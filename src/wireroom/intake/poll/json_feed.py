"""What does a JSON Feed say? Versions 1.0 and 1.1 (jsonfeed.org), and the mistakes publishers make in them."""

import html
import json
from typing import Any

from wireroom.intake.poll.identity import item_key
from wireroom.intake.poll.limits import MAX_ITEMS, MAX_NODES
from wireroom.intake.poll.markup import absolute
from wireroom.intake.poll.unwrap import unwrapped
from wireroom.records.entries import Enclosure, FeedItem, ParsedFeed, Person
from wireroom.text.dates import parse_date
from wireroom.text.encodings import decode
from wireroom.text.sanitize import plain

Fields = dict[str, Any]


def read(body: bytes, *, url: str, content_type: str | None) -> ParsedFeed | str:
    """Read a JSON Feed; a sentence when the document is none."""
    decoded = decode(body, content_type)
    repairs = list(decoded.repairs)
    if body.count(b"{") + body.count(b"[") > MAX_NODES:
        return f"more than {MAX_NODES:,} objects and lists in the document"
    try:
        feed = json.loads(decoded.text, strict=False, parse_int=_integer)
    except (ValueError, RecursionError):
        return "the document looks like JSON but cannot be read as JSON"
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return "JSON without a list of items is no JSON Feed"
    if len(feed["items"]) > MAX_ITEMS:
        repairs.append(f"read only the first {MAX_ITEMS:,} of {len(feed['items']):,} items")
    link = absolute(url, _text(feed, "home_page_url"))
    return ParsedFeed(
        format="json1"
        if "version/1" in str(feed.get("version")) and "1.1" not in str(feed.get("version"))
        else "json11",
        encoding=decoded.encoding,
        title=_text(feed, "title"),
        link=link,
        language=_text(feed, "language"),
        hub=next((hub["url"] for hub in _objects(feed, "hubs") if isinstance(hub.get("url"), str)), None),
        topic=absolute(url, _text(feed, "feed_url")),
        older=absolute(url, _text(feed, "next_url")),
        items=tuple(_item(item, feed, link or url) for item in feed["items"][:MAX_ITEMS] if isinstance(item, dict)),
        repairs=tuple(repairs),
    )


def _integer(digits: str) -> int | str:
    """Read a number; ids may have more digits than Python reads as one."""
    return int(digits) if len(digits) < MOST_DIGITS else digits


MOST_DIGITS = 30


def _item(item: Fields, feed: Fields, base: str) -> FeedItem:
    guid, raw = _text(item, "id"), _text(item, "date_published")
    link = absolute(base, _text(item, "url") or _text(item, "external_url"))
    link = unwrapped(link) if link else None
    title, summary, content = _text(item, "title"), _text(item, "summary"), _content(item)
    published, updated = (parse_date(value) if value else None for value in (raw, _text(item, "date_modified")))
    return FeedItem(
        key=item_key(guid, link, title, summary, content),
        guid=guid,
        link=link,
        title=plain(title) if title else None,
        summary=html.escape(summary, quote=False) if summary else None,
        content=content,
        published=published.when if published else None,
        published_raw=raw,
        updated=updated.when if updated else None,
        authors=_authors(item) or _authors(feed),
        tags=tuple(str(tag) for tag in item.get("tags") or () if isinstance(tag, str)),
        enclosures=_enclosures(item, base),
        language=_text(item, "language") or _text(feed, "language"),
    )


def _content(item: Fields) -> str | None:
    text = _text(item, "content_text")
    return _text(item, "content_html") or (html.escape(text, quote=False) if text else None)


def _authors(holder: Fields) -> tuple[Person, ...]:
    """Read `authors` (1.1) or `author` (1.0)."""
    single = holder.get("author")
    people = _objects(holder, "authors") or ([single] if isinstance(single, dict) else [])
    named = [(_text(person, "name") or _text(person, "url"), _text(person, "url")) for person in people]
    return tuple(Person(name=name, url=url) for name, url in named if name)


def _enclosures(item: Fields, base: str) -> tuple[Enclosure, ...]:
    found = []
    for attachment in _objects(item, "attachments"):
        if url := absolute(base, _text(attachment, "url")):
            size = attachment.get("size_in_bytes")
            length = int(size) if isinstance(size, (int, float)) and 0 <= size < 2**53 else None
            found.append(Enclosure(url=url, type=_text(attachment, "mime_type"), length=length))
    if image := absolute(base, _text(item, "image") or _text(item, "banner_image")):
        found.append(Enclosure(url=image, type="image"))
    return tuple(found)


def _objects(holder: Fields, name: str) -> list[Fields]:
    value = holder.get(name)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def _text(holder: Fields, name: str) -> str | None:
    """Return a text value; ids are sometimes numbers."""
    value = holder.get(name)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    return (value.strip() or None) if isinstance(value, str) else None
