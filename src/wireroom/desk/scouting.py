"""Does an address lead to feeds, and does a feed answer? Asks the web once each; records nothing."""

from collections.abc import Iterable, Iterator

from wireroom.desk.subscriptions import Checked
from wireroom.intake.poll.discover import find_feeds
from wireroom.intake.poll.opml import Outline
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.ports.web import Web
from wireroom.records.entries import ParsedFeed
from wireroom.records.outcomes import Fetched, Gone, NotModified, Outcome, Request, Throttled

CANDIDATES = 12
"""Feeds of a page that are tried; beyond that a page lists feeds for others, not its own."""


def scout(web: Web, url: str) -> tuple[Outline, ...]:
    """Return the feed at an address, or the working feeds that the page there names."""
    outcome = ask(web, url)
    if not isinstance(outcome, Fetched):
        return ()
    feed = _parsed(outcome)
    if feed is not None:
        return (_outline(outcome.final_url, feed),)
    named = [candidate.url for candidate in find_feeds(outcome.body, outcome.final_url)][:CANDIDATES]
    answers = {request.url: answer for request, answer in web.fetch_all([Request(url=one) for one in named])}
    found = ((one, _parsed(answers[one])) for one in named if one in answers)
    return tuple(_outline(one, feed) for one, feed in found if feed is not None and feed.items)


def ask(web: Web, url: str) -> Outcome:
    """Ask for one document."""
    return next(outcome for _, outcome in web.fetch_all([Request(url=url)]))


def check(web: Web, feeds: Iterable[Outline]) -> Iterator[Checked]:
    """Ask every feed once and say how it does, as the answers come."""
    by_request = {Request(url=feed.url): feed for feed in feeds}
    for request, outcome in web.fetch_all(by_request):
        yield _checked(by_request[request], outcome)


def _checked(feed: Outline, outcome: Outcome) -> Checked:
    parsed = _parsed(outcome)
    if parsed is None:
        return Checked(url=feed.url, title=feed.title, ok=False, told=told(outcome))
    dates = sorted(item.published for item in parsed.items if item.published)
    return Checked(
        url=feed.url,
        title=feed.title or parsed.title or feed.url,
        ok=True,
        told=f"{parsed.format}, {len(parsed.items)} items",
        entries=len(parsed.items),
        newest=dates[-1].strftime("%Y-%m-%d %H:%M") if dates else None,
    )


def told(outcome: Outcome) -> str:
    """Say in words a user understands why there is nothing to read."""
    if isinstance(outcome, Fetched):
        parsed = parse_feed(outcome.body, url=outcome.final_url, content_type=outcome.header("content-type"))
        return f"not a feed: {parsed.reason}" if isinstance(parsed, Unreadable) else "readable"
    if isinstance(outcome, Gone):
        return f"nothing lives there any more ({outcome.status})"
    if isinstance(outcome, Throttled):
        return f"asks us to come back later ({outcome.status})"
    return "unchanged" if isinstance(outcome, NotModified) else outcome.reason


def _parsed(outcome: Outcome) -> ParsedFeed | None:
    if not isinstance(outcome, Fetched):
        return None
    parsed = parse_feed(outcome.body, url=outcome.final_url, content_type=outcome.header("content-type"))
    return None if isinstance(parsed, Unreadable) else parsed


def _outline(url: str, feed: ParsedFeed) -> Outline:
    return Outline(
        url=url, title=feed.title or url, site_url=feed.link, kind="sitemap" if "sitemap" in feed.format else "feed"
    )
