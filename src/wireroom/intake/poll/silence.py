"""Has a feed fallen silent? Learnt from its own rhythm, so that a weekly is not missed daily."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from wireroom.intake.poll.schedule import words
from wireroom.records.entries import FeedItem
from wireroom.records.sources import FeedState

NEWEST = 30
"""Items that the rhythm is learnt from."""
LEAST_GAPS = 3
SHORTEST_S = 3600
"""Below an hour, silence is a coffee break."""
NIGHT_S = 16 * 3600
INTERVALS = 2
"""Usual intervals after which silence is named."""


def newest_at(items: Sequence[FeedItem], now: datetime) -> datetime | None:
    """Return when the newest dated item was published; dates to come do not count."""
    return max((item.published for item in items if item.published and item.published <= now), default=None)


def usual_gap_s(items: Sequence[FeedItem], state: FeedState, now: datetime) -> int | None:
    """Return the longest seconds between two items that are usual for the feed.

    That is the second longest distance, as one may be an accident, or the longest when it is no more than a night. A
    feed without dates is judged by when it brought us something new.
    """
    times = sorted({item.published for item in items if item.published and item.published <= now})[-NEWEST:]
    gaps = sorted((later - earlier).total_seconds() for earlier, later in pairwise(times))
    if len(gaps) >= LEAST_GAPS:
        return max(SHORTEST_S, int(gaps[-1] if gaps[-1] <= NIGHT_S else gaps[-2]))
    if times or state.last_new_at is None:
        return state.usual_s
    since = int((now - state.last_new_at).total_seconds())
    return max(SHORTEST_S, since, (state.usual_s or 0) * 3 // 4)


def silence(state: FeedState, now: datetime) -> str | None:
    """Return a sentence when the feed has been silent for two of its usual intervals."""
    last = state.newest_at or state.last_new_at
    if last is None or state.usual_s is None:
        return None
    silent = now - last
    if silent <= timedelta(seconds=state.usual_s * INTERVALS):
        return None
    return f"silent for {words(int(silent.total_seconds()))}; usually something new within {words(state.usual_s)}"
