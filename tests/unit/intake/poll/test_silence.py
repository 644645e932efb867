"""A feed that stops is named within two of its usual intervals, and one that pauses at night is not."""

from datetime import UTC, datetime, timedelta

from wireroom.intake.poll.silence import newest_at, silence, usual_gap_s
from wireroom.records.entries import FeedItem
from wireroom.records.ids import FeedId
from wireroom.records.sources import FeedState

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
STATE = FeedState(feed=FeedId("f"), next_due_at=NOW)


def learnt(times: list[datetime]) -> FeedState:
    items = [FeedItem(key=str(number), published=time) for number, time in enumerate(times)]
    return FeedState(
        feed=FeedId("f"), next_due_at=NOW, newest_at=newest_at(items, NOW), usual_s=usual_gap_s(items, STATE, NOW)
    )


def test_a_daily_feed_is_missed_after_two_days() -> None:
    state = learnt([NOW - timedelta(days=day) for day in range(10)])
    assert silence(state, NOW + timedelta(days=2)) is None
    told = silence(state, NOW + timedelta(days=2, hours=1))
    assert told == "silent for 2 days; usually something new within 24 hours"


def test_nights_belong_to_the_rhythm() -> None:
    """Every hour from 8 to 18, nothing at night."""
    times = [NOW - timedelta(days=day, hours=hour) for day in range(3) for hour in range(10)]
    state = learnt(times)
    assert silence(state, NOW + timedelta(hours=14)) is None
    assert silence(state, NOW + timedelta(days=2)) is not None


def test_dates_to_come_and_too_few_items_teach_nothing() -> None:
    assert learnt([NOW + timedelta(days=1), NOW]).usual_s is None
    assert learnt([NOW + timedelta(days=1)]).newest_at is None
    assert silence(STATE, NOW + timedelta(days=99)) is None


def test_a_feed_without_dates_is_judged_by_what_it_brought() -> None:
    state = FeedState(feed=FeedId("f"), next_due_at=NOW, last_new_at=NOW - timedelta(hours=6), usual_s=3600)
    assert usual_gap_s([FeedItem(key="a")], state, NOW) == 6 * 3600
