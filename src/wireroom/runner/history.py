"""What did a feed carry before? Follows its archive documents back (RFC 5005), one commit each."""

from wireroom.intake.poll.absorb import absorb_archive
from wireroom.intake.poll.schedule import plan_part
from wireroom.records.sources import Feed, FeedState
from wireroom.runner.room import Room


def read_back(room: Room, feed: Feed, state: FeedState, documents: int) -> tuple[int, FeedState]:
    """Read at most so many archive documents; return how many entries were new, and the state they leave."""
    new = 0
    for _ in range(documents):
        if not state.older:
            break
        asked, outcome = next(iter(room.web.fetch_all([plan_part(state.older)])))
        known = room.archive.known_entries([feed.id])[feed.id]
        facts = absorb_archive(feed, state, outcome, known, room.clock.now())
        new += room.archive.record_visits([facts])
        if facts.state.older == asked.url:  # it could not be read; the next call tries it again
            break
        state = facts.state
    return new, state
