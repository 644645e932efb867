"""Which items did a visit bring? The document, the sitemaps it is an index of, and what of them can be an article."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from wireroom.intake.poll import sitemap
from wireroom.intake.poll.articles import looks_like_article
from wireroom.intake.poll.identity import item_key
from wireroom.intake.poll.link_header import linked
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.records.entries import FeedItem, ParsedFeed
from wireroom.records.outcomes import Fetched, Outcome
from wireroom.records.sources import Feed
from wireroom.text.urls import LONGEST


def read_document(feed: Feed, outcome: Fetched) -> ParsedFeed | Unreadable:
    """Read what a visit fetched, its parts included."""
    parsed = _parsed(feed, outcome)
    if isinstance(parsed, Unreadable):
        return parsed
    whole = _reachable(_articles_of(_joined(feed, parsed, outcome.parts)))
    return _with_hub(replace(whole, items=_told_apart(whole.items)), outcome)


def _with_hub(parsed: ParsedFeed, outcome: Fetched) -> ParsedFeed:
    """Take the hub that the server names before one in the document, which may have been copied (WebSub §4)."""
    if not (hub := linked(outcome.headers, "hub", outcome.final_url)):
        return parsed
    return replace(parsed, hub=hub, topic=linked(outcome.headers, "self", outcome.final_url) or parsed.topic)


def parts_wanted(feed: Feed, outcome: Outcome, since: datetime | None) -> tuple[str, ...]:
    """Return the sitemaps to ask for when the document is an index of them; nearly every document is none."""
    if not isinstance(outcome, Fetched) or feed.kind == "page" or not _may_be_index(outcome.body):
        return ()
    parsed = _parsed(feed, outcome)
    return () if isinstance(parsed, Unreadable) else sitemap.parts(parsed, since)


def _may_be_index(body: bytes) -> bool:
    return b"sitemapindex" in body[:4096] or body.startswith(b"\x1f\x8b")


def _parsed(feed: Feed, outcome: Fetched) -> ParsedFeed | Unreadable:
    kind = outcome.header("content-type")
    return parse_feed(outcome.body, url=outcome.final_url, content_type=kind, selectors=feed.selectors)


def _joined(feed: Feed, index: ParsedFeed, parts: Sequence[Outcome]) -> ParsedFeed:
    """Put what an index of sitemaps leads to in its place; a part that could not be read is named."""
    if index.format != "sitemap-index":
        return index
    read = [(part.url, _parsed(feed, part) if isinstance(part, Fetched) else None) for part in parts]
    found = [one for _, one in read if isinstance(one, ParsedFeed) and one.format != "sitemap-index"]
    told = tuple(f"not read: {url}" for url, one in read if one not in found)
    has_news = any(one.format == "sitemap-news" for one in found)
    return replace(
        index,
        format="sitemap-news" if has_news else "sitemap",
        items=tuple(item for one in found for item in one.items),
        repairs=(*index.repairs, *told),
    )


def _articles_of(parsed: ParsedFeed) -> ParsedFeed:
    """Leave out what sitemaps list besides articles, and say how much that was; news sitemaps list nothing else."""
    if not parsed.format.startswith("sitemap"):
        return parsed
    kept = tuple(item for item in parsed.items if item.title or (item.link and looks_like_article(item.link)))
    out = len(parsed.items) - len(kept)
    told = (f"left out {out:,} addresses that look like sections, not articles",) if out else ()
    return replace(parsed, items=kept, repairs=(*parsed.repairs, *told))


def _reachable(parsed: ParsedFeed) -> ParsedFeed:
    """Take links away that no server would be asked for, and say so; their items stay."""
    out = sum(1 for item in parsed.items if len(item.link or "") > LONGEST)
    if not out:
        return parsed
    kept = (replace(item, link=None) if len(item.link or "") > LONGEST else item for item in parsed.items)
    told = f"left out {out:,} links of more than {LONGEST:,} characters"
    return replace(parsed, items=tuple(kept), repairs=(*parsed.repairs, told))


def _told_apart(items: tuple[FeedItem, ...]) -> tuple[FeedItem, ...]:
    """Give items keys of their own where a publisher gave several pieces one id: links tell them apart, else titles."""
    if len({item.key for item in items}) == len(items):
        return items
    links = Counter(key for key, _ in {(item.key, item.link) for item in items if item.link})
    linked = [_linked(item) if item.link and links[item.key] > 1 else item for item in items]
    titles = Counter(key for key, _ in {(item.key, item.title) for item in linked})
    return tuple(_named(item) if titles[item.key] > 1 else item for item in linked)


def _linked(item: FeedItem) -> FeedItem:
    return replace(item, key=item_key(None, item.link))


def _named(item: FeedItem) -> FeedItem:
    return replace(item, key=item_key(None, None, item.key, item.title))
