"""When is a feed visited next, and with which request? Pure arithmetic on what is known; each answer says why.

The publisher's wishes bind first (Retry-After, skip hours and days, Cache-Control, ttl), then the rhythm in which the
feed brings news, always between a quarter of an hour and a day. A feed whose hub tells us of news is asked once a day.
"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from wireroom.records.entries import FeedItem, ParsedFeed
from wireroom.records.outcomes import Request
from wireroom.records.sources import Feed, FeedState

SHORTEST_S = 900
LONGEST_S = 86_400
FIRST_BACK_OFF_S = 1800
LONGEST_WISH_S = 7 * 86_400
"""A publisher may ask us to stay away for a week at most; longer wishes are mostly mistakes."""

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
)
_MAX_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


class Next(Struct, frozen=True, kw_only=True):
    """When to come back, the interval learnt (seconds), and the reason in words."""

    at: datetime
    interval_s: int
    why: str


def plan(feed: Feed, state: FeedState) -> Request:
    """Return the request for a visit, conditional on what we hold."""
    return Request(
        url=state.moved_to or feed.url,
        etag=state.etag,
        last_modified=state.last_modified,
        accept=ACCEPT,
    )


def plan_part(url: str) -> Request:
    """Return the request for a sitemap that an index names."""
    return Request(url=url, accept=ACCEPT)


def after_success(state: FeedState, parsed: ParsedFeed | None, cache_control: str | None, now: datetime) -> Next:
    """Choose the next visit after an answer; `parsed` is None when the document had not changed."""
    rhythm_s, why = _rhythm(state, parsed, now)
    told = parsed or state  # a 304 repeats nothing: what the document asked for still holds
    wish_s, whose = _wish(told, cache_control)
    if state.told_until is not None and state.told_until > now:
        wish_s, whose = LONGEST_S, "its hub tells us of news, so that nothing"
    if wish_s > rhythm_s:
        why = f"{whose} asks for {words(wish_s)}"
    interval_s = max(rhythm_s, wish_s)
    at = _outside_rest(now + timedelta(seconds=interval_s), told)
    if at != now + timedelta(seconds=interval_s):
        why += ", moved past the hours in which the feed asks not to be polled"
    return Next(at=at, interval_s=rhythm_s, why=why)


def after_failure(state: FeedState, reason: str, now: datetime, *, retry_at: datetime | None = None) -> Next:
    """Choose the next try after a failure: twice the wait each time, up to a day, and never before Retry-After."""
    wait_s = min(FIRST_BACK_OFF_S * 2 ** min(state.failures, 10), LONGEST_S)
    at = _outside_rest(now + timedelta(seconds=wait_s), state)
    latest = now + timedelta(seconds=LONGEST_WISH_S)
    if retry_at is not None and retry_at > at:
        at = _outside_rest(min(retry_at, latest), state)
        return Next(at=at, interval_s=state.interval_s, why=f"the server asked us to wait ({reason})")
    tries = state.failures + 1
    failed = "the last visit failed" if tries == 1 else f"the last {tries} visits failed"
    return Next(at=at, interval_s=state.interval_s, why=f"{failed} ({reason}): waiting {words(wait_s)}")


def _rhythm(state: FeedState, parsed: ParsedFeed | None, now: datetime) -> tuple[int, str]:
    """Return the interval that suits the feed's own rhythm.

    A document that had not changed lengthens the interval by half; a new one sets it to half the usual distance of
    its newest items, so that an item waits on average a quarter of that distance.
    """
    if parsed is None:
        longer = _bounded(state.interval_s * 3 // 2)
        return longer, f"nothing new: every {words(longer)}"
    usual = usual_distance_s(parsed.items, now)
    if usual is None:
        same = _bounded(state.interval_s)
        return same, f"its rhythm is not known yet: every {words(same)}"
    chosen = _bounded(usual // 2)
    return chosen, f"an item about every {words(usual)}: every {words(chosen)}"


def usual_distance_s(items: Sequence[FeedItem], now: datetime) -> int | None:
    """Return the median distance in seconds of the newest items, silence since the last one counted in."""
    times = sorted({item.published for item in items if item.published and item.published <= now}, reverse=True)[:20]
    if len(times) < 3:
        return None
    distances = sorted((later - earlier).total_seconds() for later, earlier in pairwise(times))
    silence = (now - times[0]).total_seconds()
    return int(max(distances[len(distances) // 2], silence / 2))


def _wish(told: ParsedFeed | FeedState, cache_control: str | None) -> tuple[int, str]:
    """Return the longest of what the publisher asks for, in seconds, and who asks."""
    max_age = max(map(int, _MAX_AGE.findall(cache_control or "")), default=0)
    ttl = told.ttl_s or 0
    seconds, whose = (max_age, "Cache-Control") if max_age >= ttl else (ttl, "the feed's ttl")
    return min(seconds, LONGEST_S), whose


def _outside_rest(at: datetime, told: ParsedFeed | FeedState) -> datetime:
    """Move a time to the next hour in which the publisher allows visits; a feed that forbids all forbids none."""
    if not (told.skip_hours or told.skip_days):
        return at
    for hours in range(24 * 8):
        start = at if hours == 0 else at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=hours)
        if start.hour not in told.skip_hours and start.isoweekday() not in told.skip_days:
            return start
    return at


def _bounded(seconds: int) -> int:
    return max(SHORTEST_S, min(LONGEST_S, seconds))


def words(seconds: int) -> str:
    """Say a span as a person would."""
    if seconds < 5400:
        return f"{max(1, round(seconds / 60))} minutes"
    if seconds < 129_600:
        return f"{round(seconds / 3600)} hours"
    return f"{round(seconds / 86_400)} days"
