"""What does the outcome of asking for a page mean for later? Outcome in, one Page out; reads no body."""

from datetime import datetime, timedelta
from typing import assert_never

from msgspec.structs import replace

from wireroom.records.ids import Digest, page_id
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Refused, Throttled
from wireroom.records.pages import Page, Target
from wireroom.text.terms import said

BACK_OFF = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""Waits after the first, second and third failure; after that the page is left alone."""

THROTTLED_WAIT = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=7)


def absorb(target: Target, outcome: Outcome, body: Digest | None, now: datetime) -> Page:
    """Return the page record: what came, and when asking again is worth while."""
    page = _page(target, now)
    match outcome:
        case Fetched():
            return _fetched(page, outcome, body)
        case NotModified():
            return replace(page, outcome="not_modified", final_url=outcome.final_url, status=304, body=body)
        case Gone():
            reason = f"HTTP {outcome.status}: nothing at this address"
            return replace(page, outcome="gone", final_url=outcome.final_url, status=outcome.status, reason=reason)
        case Throttled():
            return _throttled(page, outcome, now)
        case Refused():
            reason = f"{outcome.by} refuses: {outcome.reason}"
            return replace(page, outcome="refused", status=outcome.status, reason=reason)
        case Failed():
            wait = BACK_OFF[page.attempts - 1] if page.attempts <= len(BACK_OFF) else None
            retry_at = now + wait if wait else None
            return replace(page, outcome="failed", status=outcome.status, reason=outcome.reason, retry_at=retry_at)
        case _:
            assert_never(outcome)


def _page(target: Target, now: datetime) -> Page:
    """Return the record as it stands before the outcome; attempts count tries without a usable answer in a row."""
    last = target.last
    is_retry = last is not None and last.outcome in {"failed", "throttled"}
    return Page(
        id=page_id(target.url, now.isoformat()),
        url=target.url,
        final_url=target.url,
        fetched_at=now,
        outcome="failed",
        attempts=last.attempts + 1 if last is not None and is_retry else 1,
    )


def _fetched(page: Page, outcome: Fetched, body: Digest | None) -> Page:
    return replace(
        page,
        outcome="fetched",
        final_url=outcome.final_url,
        status=outcome.status,
        content_type=outcome.header("content-type"),
        body=body,
        redirects=outcome.redirects,
        robots_tag=said(outcome.headers, outcome.reserved_at),
    )


def _throttled(page: Page, outcome: Throttled, now: datetime) -> Page:
    """Come back when the server says, or in an hour; a wish of more than a week is taken as a week."""
    retry_at = min(outcome.retry_at or now + THROTTLED_WAIT, now + LONGEST_WAIT)
    reason = f"HTTP {outcome.status}: the server is overloaded or we asked too often"
    return replace(page, outcome="throttled", status=outcome.status, reason=reason, retry_at=max(retry_at, now))
