"""Poll the bench's feeds with Wireroom, as a program of its own: its start and its end included.

Everything is imported inside: a helper that a poll starts imports this file again, as it would a command's. Whichever
process reads a document sanitises it too.
"""

import json
import resource
import sys
import time


def sanitise_what_is_read() -> None:
    """Make this process sanitise every summary and content of the documents that it reads."""
    from collections.abc import Mapping
    from datetime import datetime

    from wireroom.intake.poll.absorb import absorb
    from wireroom.records.outcomes import Outcome
    from wireroom.records.sources import Feed, FeedState
    from wireroom.records.visits import VisitFacts
    from wireroom.runner import readers

    def sanitising(
        feed: Feed, state: FeedState, outcome: Outcome, known: Mapping[str, str], now: datetime
    ) -> VisitFacts:
        facts = absorb(feed, state, outcome, known, now)
        if not facts.entries:
            return facts
        from wireroom.text.sanitize import sanitize

        for entry in facts.entries:
            sanitize(entry.item.summary or "")
            sanitize(entry.item.content or "")
        return facts

    readers.absorb = sanitising  # type: ignore[attr-defined]  # the name by which it is called


def main() -> None:
    from wireroom.runner.collector import look_rarely

    look_rarely()  # as the command line begins
    from datetime import UTC, datetime, timedelta

    from wireroom.adapters.archive import open_archive
    from wireroom.adapters.blobs import MemoryBlobs
    from wireroom.adapters.clock import FixedClock
    from wireroom.adapters.web import Gateway, GatewaySettings
    from wireroom.records.editions import Masthead
    from wireroom.records.ids import BeatId, feed_id
    from wireroom.records.policy import Policy
    from wireroom.records.sources import Feed
    from wireroom.runner.polling import poll
    from wireroom.runner.room import Room, Silent
    from wireroom.scoring.presets import shipped

    sanitise_what_is_read()
    port, count, at_once = map(int, sys.argv[1:4])
    phase, file = sys.argv[4:6]
    host = "feeds.example"  # what we call the loopback server, so that addresses look like those of feeds
    now = datetime(2026, 11, 20, 9, tzinfo=UTC) + (timedelta() if phase == "new" else timedelta(days=2))
    beat = BeatId("bench")
    addresses = (f"https://{host}/{number}.xml" for number in range(count))
    feeds = tuple(Feed(id=feed_id(beat, url), beat=beat, url=url) for url in addresses)
    settings = GatewaySettings(
        detour={host: f"http://127.0.0.1:{port}"},
        per_host_interval_s=0,
        per_host_connections=at_once,
        concurrency=at_once,
    )
    archive = open_archive(file)
    if phase == "new":
        archive.sync_feeds(beat, feeds, now)
    with Gateway(settings) as web:
        room = Room(
            policy=Policy(beat=beat, main_topic="", topics=(), preset=shipped("modern")),
            masthead=Masthead(beat=beat, name="", description="", address=""),
            feeds=feeds,
            archive=archive,
            web=web,
            blobs=MemoryBlobs(),
            clock=FixedClock(now),
            report=Silent(),
            helpers=None,
        )
        start, cpu = time.perf_counter(), time.process_time()
        asked = poll(room)
        inner = (time.perf_counter() - start, time.process_time() - cpu)
    archive.close()
    assert asked == count, asked
    print(json.dumps({"inner": inner, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


if __name__ == "__main__":
    main()
elif __name__ == "__mp_main__":
    sanitise_what_is_read()
