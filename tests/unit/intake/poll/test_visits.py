"""When a feed is due again, and what each outcome of a visit leaves behind."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from wireroom.intake.poll.absorb import absorb, absorb_archive
from wireroom.intake.poll.schedule import after_failure, after_success, plan
from wireroom.intake.poll.websub import absorb_push
from wireroom.records.entries import FeedItem, ParsedFeed
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Redirect, Refused, Throttled
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import VisitFacts

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
URL = "https://paper.example/feed"
FEED = Feed(id=feed_id(BeatId("b"), URL), beat=BeatId("b"), url=URL)
STATE = FeedState(feed=FEED.id, next_due_at=NOW, etag='"1"', last_modified="yesterday")


def document(*items: str) -> bytes:
    inner = "".join(f"<item><guid>{key}</guid><title>Title {key}</title></item>" for key in items)
    return f"<rss version='2.0'><channel>{inner}</channel></rss>".encode()


def fetched(body: bytes, **headers: str) -> Fetched:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Fetched(url=URL, final_url=URL, status=200, headers=named, body=body)


def hashes(facts: VisitFacts) -> dict[str, str]:
    return {entry.item.key: entry.content_hash for entry in facts.entries}


def every(hours: float, count: int = 10) -> ParsedFeed:
    items = tuple(FeedItem(key=str(n), published=NOW - timedelta(hours=hours * n)) for n in range(count))
    return ParsedFeed(format="rss20", encoding="utf-8", items=items)


def test_the_request_is_conditional_and_follows_a_move() -> None:
    request = plan(FEED, replace(STATE, moved_to="https://new.example/feed"))
    assert (request.url, request.etag, request.last_modified) == ("https://new.example/feed", '"1"', "yesterday")


def test_the_interval_follows_the_rhythm_within_bounds() -> None:
    waits = [after_success(STATE, every(hours), None, NOW).interval_s for hours in (0.1, 4, 200)]
    assert waits == [900, 7200, 86_400]
    assert "about every 4 hours" in after_success(STATE, every(4), None, NOW).why


def test_nothing_new_lengthens_the_interval() -> None:
    assert after_success(replace(STATE, interval_s=3600), None, None, NOW).interval_s == 5400


def test_the_publisher_may_ask_for_more_but_for_a_day_at_most() -> None:
    asked = after_success(STATE, every(0.1), "public, max-age=7200", NOW)
    assert (asked.at, asked.why) == (NOW + timedelta(hours=2), "Cache-Control asks for 2 hours")
    assert after_success(STATE, replace(every(0.1), ttl_s=10**7), None, NOW).at == NOW + timedelta(days=1)
    assert after_success(STATE, every(0.1), "s-maxage=5, max-age=7200", NOW).at == NOW + timedelta(hours=2)


def test_skip_hours_and_days_are_kept() -> None:
    resting = replace(every(0.1), skip_hours=(12, 13))
    assert after_success(STATE, resting, None, NOW).at == datetime(2026, 11, 20, 14, tzinfo=UTC)
    assert after_success(STATE, replace(every(0.1), skip_days=(5,)), None, NOW).at == datetime(2026, 11, 21, tzinfo=UTC)
    never = replace(every(0.1), skip_hours=tuple(range(24)))
    assert after_success(STATE, never, None, NOW).at == NOW + timedelta(minutes=15)


def test_failures_double_the_wait_up_to_a_day() -> None:
    waits = [after_failure(replace(STATE, failures=count), "x", NOW).at - NOW for count in (0, 1, 2, 30)]
    assert waits == [timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(days=1)]


def test_new_items_become_entries_once() -> None:
    first = absorb(FEED, STATE, fetched(document("a", "b", "a"), etag='"2"'), {}, NOW)
    assert (first.visit.entries_seen, first.visit.entries_new, len(first.entries)) == (3, 2, 2)
    assert (first.state.etag, first.state.last_modified, first.state.last_new_at) == ('"2"', None, NOW)
    again = absorb(FEED, first.state, fetched(document("c", "a", "b")), hashes(first), NOW)
    assert [entry.item.key for entry in again.entries] == ["c"]


def test_a_changed_item_is_an_entry_again_but_not_a_new_one() -> None:
    first = absorb(FEED, STATE, fetched(document("a")), {}, NOW)
    changed = absorb(FEED, first.state, fetched(document("a").replace(b"Title", b"Headline")), hashes(first), NOW)
    assert [entry.id for entry in changed.entries] == [first.entries[0].id]
    assert changed.visit.entries_new == 0


def test_a_mass_change_of_ids_and_new_dates_bring_nothing_new() -> None:
    first = absorb(FEED, STATE, fetched(document("a", "b")), {}, NOW)
    stamped = document("a", "b").replace(b"<guid>", b"<pubDate>20 Nov 2026</pubDate><guid>urn:new:")
    assert absorb(FEED, first.state, fetched(stamped), hashes(first), NOW).entries == ()


def test_a_site_that_moves_to_https_brings_nothing_new() -> None:
    """Ids that are links and ids that are not."""
    body = document("http://paper.example/a", "b").replace(
        b"<guid>b</guid>", b"<guid>b</guid><link>http://paper.example/b</link>"
    )
    first = absorb(FEED, STATE, fetched(body), {}, NOW)
    assert len(first.entries) == 2
    moved = body.replace(b"<guid>http:", b"<guid>https:").replace(b"<link>http:", b"<link>https:")
    assert absorb(FEED, first.state, fetched(moved), hashes(first), NOW).entries == ()


def test_a_new_piece_that_says_the_same_as_one_still_listed_is_new() -> None:
    same = document("mon", "tue").replace(b"Title mon", b"Morning briefing").replace(b"Title tue", b"Morning briefing")
    first = absorb(FEED, STATE, fetched(same), {}, NOW)
    assert len(first.entries) == 2
    third = same.replace(b"<item>", b"<item><guid>wed</guid><title>Morning briefing</title></item><item>", 1)
    again = absorb(FEED, first.state, fetched(third), hashes(first), NOW)
    assert [entry.item.key for entry in again.entries] == ["wed"]


def test_the_wait_after_a_failure_heeds_the_hours_of_rest() -> None:
    resting = replace(STATE, skip_hours=(12, 13))
    assert after_failure(resting, "x", NOW).at == datetime(2026, 11, 20, 14, tzinfo=UTC)


def test_the_same_bytes_again_are_read_as_not_modified_and_renew_validators() -> None:
    first = absorb(FEED, STATE, fetched(document("a")), {}, NOW)
    again = absorb(FEED, first.state, fetched(document("a"), etag='"9"'), hashes(first), NOW)
    assert (again.entries, again.state.etag, again.visit.entries_seen) == ((), '"9"', 0)


def test_304_keeps_validators_and_takes_new_ones() -> None:
    quiet = absorb(FEED, STATE, NotModified(url=URL, final_url=URL), {}, NOW)
    assert (quiet.state.etag, quiet.state.failures, quiet.state.last_ok_at) == ('"1"', 0, NOW)
    fresh = NotModified(url=URL, final_url=URL, headers=(("etag", '"3"'),))
    assert absorb(FEED, STATE, fresh, {}, NOW).state.etag == '"3"'


def test_only_an_unbroken_run_of_permanent_redirects_moves_the_address() -> None:
    def moved(*statuses: int) -> str | None:
        steps = tuple(Redirect(status=status, url=f"https://{n}.example/") for n, status in enumerate(statuses))
        outcome = replace(fetched(document("a")), redirects=steps)
        return absorb(FEED, STATE, outcome, {}, NOW).state.moved_to

    assert [moved(301, 308), moved(301, 302, 301), moved(302)] == ["https://1.example/", "https://0.example/", None]


def test_a_feed_whose_new_address_stays_dead_is_asked_where_the_beat_lists_it() -> None:
    def after(failures: int, outcome: Outcome) -> FeedState:
        state = replace(STATE, moved_to="https://new.example/feed", failures=failures)
        return absorb(FEED, state, outcome, {}, NOW).state

    dead, busy = Failed(url=URL, reason="no such host"), Throttled(url=URL, status=503)
    assert [after(5, dead).moved_to, after(9, busy).moved_to] == ["https://new.example/feed"] * 2
    back = after(6, dead)
    request = plan(FEED, back)
    assert (request.url, request.etag, request.last_modified) == (FEED.url, None, None)
    assert "at the listed address" in back.why_next


def test_410_retires_and_404_waits() -> None:
    retired = absorb(FEED, STATE, Gone(url=URL, final_url=URL, status=410), {}, NOW).state
    missing = absorb(FEED, STATE, Gone(url=URL, final_url=URL, status=404), {}, NOW).state
    assert (retired.status, missing.status, missing.failures) == (FeedStatus.RETIRED, FeedStatus.ACTIVE, 1)


def test_a_refusal_blocks_and_says_who_refuses() -> None:
    facts = absorb(FEED, STATE, Refused(url=URL, reason="disallowed for us", by="robots"), {}, NOW)
    assert facts.state.status is FeedStatus.BLOCKED
    assert facts.state.why_next == "no visit planned: robots refuses: disallowed for us"


def test_retry_after_is_kept() -> None:
    later = NOW + timedelta(hours=5)
    assert absorb(FEED, STATE, Throttled(url=URL, status=429, retry_at=later), {}, NOW).state.next_due_at == later


def test_failures_and_unreadable_documents_count_and_keep_what_we_hold() -> None:
    for outcome in (Failed(url=URL, reason="time-out"), fetched(b"<html></html>")):
        facts = absorb(FEED, STATE, outcome, {}, NOW)
        assert (facts.state.failures, facts.state.etag, facts.visit.reason is not None) == (1, '"1"', True)


def test_what_a_document_asked_for_holds_after_a_304() -> None:
    body = document("a").replace(b"<channel>", b"<channel><ttl>600</ttl><skipHours><hour>22</hour></skipHours>")
    first = absorb(FEED, STATE, fetched(body), {}, NOW)
    assert (first.state.ttl_s, first.state.skip_hours) == (36_000, (22,))
    again = absorb(FEED, first.state, NotModified(url=URL, final_url=URL), {}, NOW)
    assert again.state.next_due_at == datetime(2026, 11, 20, 23, tzinfo=UTC)
    assert "hours in which the feed asks not to be polled" in again.state.why_next


def test_a_feed_whose_hub_tells_us_is_asked_once_a_day() -> None:
    told = replace(STATE, told_until=NOW + timedelta(days=5))
    upcoming = after_success(told, every(0.1), None, NOW)
    assert (upcoming.at, upcoming.why) == (
        NOW + timedelta(days=1),
        "its hub tells us of news, so that nothing asks for 24 hours",
    )


def test_of_a_feed_whose_publisher_reserves_its_analysis_titles_and_links_are_kept() -> None:
    body = document("a").replace(b"</title>", b"</title><description>All of it.</description>")
    facts = absorb(FEED, STATE, fetched(body, tdm_reservation="1"), {}, NOW)
    assert (facts.entries[0].item.title, facts.entries[0].item.summary) == ("Title a", None)
    assert facts.state.reserved == "its header says tdm-reservation: 1"
    again = absorb(FEED, facts.state, fetched(document("a", "b")), hashes(facts), NOW)
    assert again.state.reserved is None


def test_an_archive_document_adds_its_items_and_leads_further_back() -> None:
    body = document("old").replace(
        b"<channel>", b"<channel><atom:link xmlns:atom='http://www.w3.org/2005/Atom' rel='prev-archive' href='/1'/>"
    )
    state = replace(STATE, older="https://paper.example/2")
    facts = absorb_archive(FEED, state, replace(fetched(body), url="https://paper.example/2"), {}, NOW)
    assert [entry.item.key for entry in facts.entries] == ["old"]
    assert facts.state == replace(state, older="https://paper.example/1")
    oldest = absorb_archive(FEED, facts.state, fetched(document("older")), hashes(facts), NOW)
    assert oldest.state.older == ""
    assert absorb(FEED, oldest.state, fetched(body), {}, NOW).state.older == "", "what was read back is not read again"
    failed = absorb_archive(FEED, state, Failed(url=URL, reason="time-out"), {}, NOW)
    assert (failed.state, failed.visit.outcome) == (state, "failed")


def test_what_is_reserved_stays_reserved_in_archives_and_when_a_hub_sends_it() -> None:
    body = document("a").replace(b"</title>", b"</title><description>All of it.</description>")
    state = absorb(FEED, STATE, fetched(document("b"), tdm_reservation="1"), {}, NOW).state
    assert [entry.item.summary for entry in absorb_archive(FEED, state, fetched(body), {}, NOW).entries] == [None]
    told = absorb_archive(FEED, STATE, fetched(body, tdm_reservation="1"), {}, NOW)
    assert [entry.item.summary for entry in told.entries] == [None]
    pushed = absorb_push(FEED, state, fetched(body), {}, NOW)
    assert [entry.item.summary for entry in pushed.entries] == [None]
    assert pushed.state.reserved == state.reserved
    assert absorb_push(FEED, STATE, fetched(body), {}, NOW).entries[0].item.summary == "All of it."
