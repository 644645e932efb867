"""What does a sitemap say? News, plain and text sitemaps, and the index of several.

A plain sitemap lists pages of every kind; whether one is an article is for later stages to find out.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from wireroom.intake.poll.elements import Element, Parts, first_text, grouped, texts
from wireroom.intake.poll.limits import MAX_ITEMS
from wireroom.intake.poll.markup import absolute
from wireroom.intake.poll.names import short_name
from wireroom.intake.poll.tree import Tree
from wireroom.records.entries import Enclosure, FeedItem, ParsedFeed
from wireroom.text.dates import parse_date
from wireroom.text.encodings import decode

_LINE = re.compile(r"https?://\S+", re.IGNORECASE)


def read(tree: Tree) -> ParsedFeed | None:
    """Read a sitemap or an index of sitemaps; None when the tree is something else."""
    name = short_name(tree.root.tag)
    if name not in {"urlset", "sitemapindex"}:
        return None
    wanted = "url" if name == "urlset" else "sitemap"
    places = [child for child in tree.root.iterchildren("*") if short_name(child.tag) == wanted]
    items = tuple(item for place in places[:MAX_ITEMS] if (item := _item(grouped(place))))
    has_news = any(item.title for item in items)
    surplus = (f"read only the first {MAX_ITEMS:,} of {len(places):,} addresses",) if len(places) > MAX_ITEMS else ()
    return ParsedFeed(
        format="sitemap-index" if wanted == "sitemap" else ("sitemap-news" if has_news else "sitemap"),
        encoding=tree.encoding,
        items=items,
        repairs=tree.repairs + surplus,
    )


def read_text(body: bytes) -> ParsedFeed:
    """Read a text sitemap: one address a line."""
    decoded = decode(body)
    lines = [line.strip() for line in decoded.text.splitlines()[: MAX_ITEMS * 2]]
    found = (absolute("", line) for line in lines if _LINE.fullmatch(line))
    addresses = dict.fromkeys(address for address in found if address)
    items = tuple(FeedItem(key=address, link=address) for address in list(addresses)[:MAX_ITEMS])
    return ParsedFeed(format="sitemap-text", encoding=decoded.encoding, items=items, repairs=decoded.repairs)


def parts(index: ParsedFeed, since: datetime | None) -> tuple[str, ...]:
    """Return which sitemaps of an index to ask for, newest first: those changed since we last read it, or undated.

    News sitemaps go first, since they are what we came for.
    """
    if index.format != "sitemap-index":
        return ()
    changed = [item for item in index.items if since is None or item.updated is None or item.updated > since - _SLACK]
    changed.sort(key=lambda item: item.updated or _NEVER, reverse=True)
    changed.sort(key=lambda item: "news" not in (item.link or "").rpartition("/")[2].lower())
    return tuple(item.link for item in changed if item.link)[:MOST_PARTS]


MOST_PARTS = 10
"""Sitemaps of an index that one visit asks for; sites with years of archives list hundreds."""
_SLACK = timedelta(days=2)
"""`lastmod` is often a bare date, and in the publisher's own zone."""
_NEVER = datetime.min.replace(tzinfo=UTC)


def _item(parts: Parts) -> FeedItem | None:
    """Read one address with its news, image and video parts."""
    link = absolute("", first_text(parts, ("loc",)))
    if not link:
        return None
    news = _first(parts, "news:news")
    video = _first(parts, "video:video")
    raw = first_text(news, ("news:publication_date",)) or first_text(video, ("video:publication_date",))
    published, updated = (parse_date(text) if text else None for text in (raw, first_text(parts, ("lastmod",))))
    return FeedItem(
        key=link,
        link=link,
        title=first_text(news, ("news:title",)) or first_text(video, ("video:title",)),
        summary=first_text(video, ("video:description",)),
        published=published.when if published else None,
        published_raw=raw,
        updated=updated.when if updated else None,
        tags=tuple(
            word.strip() for text in texts(news, ("news:keywords",)) for word in text.split(",") if word.strip()
        ),
        enclosures=(*_files(parts, "image:image", "image:loc", "image"), *_films(parts)),
        language=first_text(_first(news, "news:publication"), ("news:language",)),
    )


def _first(parts: Parts, name: str) -> Parts:
    holders = parts.get(name, ())
    return grouped(holders[0]) if holders else {}


def _films(parts: Parts) -> Iterator[Enclosure]:
    """Yield the films of an address, each before the picture that stands for it."""
    yield from _files(parts, "video:video", "video:content_loc", "video")
    yield from _files(parts, "video:video", "video:thumbnail_loc", "image")


def _files(parts: Parts, name: str, place: str, kind: str) -> Iterator[Enclosure]:
    holders: list[Element] = parts.get(name, [])
    found = (absolute("", first_text(grouped(holder), (place,))) for holder in holders)
    yield from (Enclosure(url=url, type=kind) for url in dict.fromkeys(found) if url)
