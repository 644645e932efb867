"""Does an address lead to feeds, and does a feed answer? Asks the web once each; records nothing."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from msgspec import Struct

from wireroom.intake.poll.discover import FeedCandidate, find_feeds
from wireroom.intake.poll.documents import read_document
from wireroom.intake.poll.opml import Outline, web_address
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.ports.web import Web
from wireroom.records.entries import ParsedFeed
from wireroom.records.outcomes import Fetched, Gone, NotModified, Outcome, Request, Throttled
from wireroom.records.sources import Feed
from wireroom.text.terms import reservation, said

CANDIDATES = 30
"""Addresses of one kind (declared, linked, usual) that are tried; a page with more lists feeds of others."""


class Checked(Struct, frozen=True, kw_only=True):
    """What asking a feed once gave, in words."""

    url: str
    title: str
    ok: bool
    told: str
    entries: int = 0
    newest: str | None = None
    reserved: str | None = None
    """Why only titles and links are kept of it."""


def scout(web: Web, url: str) -> tuple[tuple[Outline, ...], str]:
    """Return the feed at an address, or the working feeds that the page there leads to; and why there are none."""
    outcome = ask(web, web_address(url if ":" in url else f"https://{url}") or url)
    if not isinstance(outcome, Fetched):
        return (), told(outcome)
    feed = _parsed(outcome)
    if isinstance(feed, ParsedFeed):
        return (_outline(outcome.final_url, feed),), ""
    named = find_feeds(outcome.body, outcome.final_url)
    for _, group in groupby(named, key=lambda candidate: candidate.because):
        # What the page declares goes before what is guessed: a guess often gives the same feed under another address.
        if found := _working(web, islice(group, CANDIDATES)):
            return found, ""
    return (), told(outcome)


def _working(web: Web, candidates: Iterable[FeedCandidate]) -> tuple[Outline, ...]:
    """Return the feeds among candidates that answer with items, each once; comments only when there is nothing else."""
    wanted = [Request(url=candidate.url) for candidate in candidates]
    answers = {request.url: answer for request, answer in web.fetch_all(wanted)}
    found: dict[str, Outline] = {}
    for request in wanted:
        answer = answers[request.url]
        feed = _parsed(answer)
        if isinstance(answer, Fetched) and isinstance(feed, ParsedFeed) and feed.items:
            found.setdefault(feed.topic or answer.final_url, _outline(answer.final_url, feed))
    pieces = tuple(feed for feed in found.values() if "comments" not in feed.url)
    return pieces or tuple(found.values())


def ask(web: Web, url: str) -> Outcome:
    """Ask for one document."""
    return next(outcome for _, outcome in web.fetch_all([Request(url=url)]))


def check(web: Web, feeds: Iterable[Feed]) -> Iterator[Checked]:
    """Ask every feed once and say how it does, as the answers come."""
    by_request = {Request(url=feed.url): feed for feed in feeds}
    for request, outcome in web.fetch_all(by_request):
        yield _checked(by_request[request], outcome)


def _checked(feed: Feed, outcome: Outcome) -> Checked:
    parsed = read_document(feed, outcome) if isinstance(outcome, Fetched) else None
    if not isinstance(parsed, ParsedFeed):
        why = f"not a feed: {parsed.reason}" if parsed else told(outcome)
        return Checked(url=feed.url, title=feed.title or feed.url, ok=False, told=why)
    dates = sorted(item.published for item in parsed.items if item.published)
    reserved = reservation(said(outcome.headers, outcome.reserved_at)) if isinstance(outcome, Fetched) else None
    kept = f"; only titles and links are kept: {reserved}" if reserved else ""
    return Checked(
        url=feed.url,
        title=feed.title or parsed.title or feed.url,
        ok=True,
        told=f"{parsed.format}, {len(parsed.items)} items{kept}",
        entries=len(parsed.items),
        newest=dates[-1].strftime("%Y-%m-%d %H:%M") if dates else None,
        reserved=reserved,
    )


def told(outcome: Outcome) -> str:
    """Say in words a user understands why there is nothing to read."""
    if isinstance(outcome, Fetched):
        parsed = _parsed(outcome)
        return f"not a feed: {parsed.reason}" if isinstance(parsed, Unreadable) else "readable"
    if isinstance(outcome, Gone):
        return f"nothing lives there any more ({outcome.status})"
    if isinstance(outcome, Throttled):
        return f"asks us to come back later ({outcome.status})"
    return "unchanged" if isinstance(outcome, NotModified) else outcome.reason


def _parsed(outcome: Outcome) -> ParsedFeed | Unreadable | None:
    if not isinstance(outcome, Fetched):
        return None
    return parse_feed(outcome.body, url=outcome.final_url, content_type=outcome.header("content-type"))


def _outline(url: str, feed: ParsedFeed) -> Outline:
    return Outline(
        url=url, title=feed.title or url, site_url=feed.link, kind="sitemap" if "sitemap" in feed.format else "feed"
    )
