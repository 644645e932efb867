"""What each outcome of asking for a page means for later."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from wireroom.intake.fetch.absorb import absorb
from wireroom.intake.fetch.policy import plan
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import BeatId, Digest, entry_id, feed_id
from wireroom.records.outcomes import Failed, Fetched, Gone, Outcome, Refused, Throttled
from wireroom.records.pages import Page, Target

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://paper.example/1"
HOME = feed_id(BeatId("b"), URL)
ENTRY = Entry(id=entry_id(HOME, "k"), feed=HOME, item=FeedItem(key="k", link=URL), content_hash="h", seen_at=NOW)
TARGET = Target(url=URL, entry=ENTRY)


def page(outcome: Outcome, last: Page | None = None) -> Page:
    return absorb(replace(TARGET, last=last), outcome, None, NOW)


def test_the_request_abides_by_robots() -> None:
    assert (plan(TARGET).url, plan(TARGET).follow_robots) == (URL, True)


def test_a_page_keeps_its_body_type_and_terms() -> None:
    headers = (("content-type", "text/html"), ("x-robots-tag", "noai"))
    outcome = Fetched(url=URL, final_url=URL + "?", status=200, headers=headers, body=b"x")
    got = absorb(TARGET, outcome, Digest("d"), NOW)
    assert (got.outcome, got.body, got.content_type, got.final_url) == ("fetched", "d", "text/html", URL + "?")
    assert (got.robots_tag, got.retry_at) == ("x-robots-tag: noai", None)


def test_failures_back_off_and_end() -> None:
    waits = []
    last = None
    for _ in range(4):
        last = page(Failed(url=URL, reason="time-out"), last)
        waits.append(last.retry_at and last.retry_at - NOW)
    assert waits == [timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), None]


def test_a_throttled_page_waits_as_asked_or_an_hour() -> None:
    assert page(Throttled(url=URL, status=429)).retry_at == NOW + timedelta(hours=1)
    asked = NOW + timedelta(hours=9)
    assert page(Throttled(url=URL, status=503, retry_at=asked)).retry_at == asked


def test_gone_and_refused_pages_are_left_alone() -> None:
    gone = page(Gone(url=URL, final_url=URL, status=410))
    refused = page(Refused(url=URL, reason="disallowed", by="robots"))
    assert (gone.retry_at, refused.retry_at, refused.reason) == (None, None, "robots refuses: disallowed")
