"""How many due feeds a second does the scheduler pick, claim and store, when answers cost nothing?

100,000 feeds are due at once. The real poll picks them, plans a conditional request for each, absorbs the answer and
stores visit, state and entries in SQLite; only the web is simulated: nineteen in twenty answer 304, the others bring a
document with one new item. A feed is claimed by the commit that stores its visit: until then it is due, so that a crash
loses a batch and forgets nothing. Exit code 1 under 5,000 feeds a second, or when memory grows.
"""

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.adapters.blobs import MemoryBlobs
from wireroom.adapters.clock import FixedClock
from wireroom.records.editions import Masthead
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.outcomes import Fetched, NotModified, Outcome, Request
from wireroom.records.policy import Policy
from wireroom.records.sources import Feed
from wireroom.runner.polling import poll
from wireroom.runner.room import Room, Silent
from wireroom.scoring.presets import shipped

FEEDS = 100_000
LEAST_PER_S, MOST_GROWTH_MB = 5_000, 8.0
"""Growth between the tenth and the last part of the run: one per cent more feeds must not cost memory."""
NEWS_EVERY = 20
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
BEAT = BeatId("bench")


class Simulated:
    """A web that answers at once."""

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        for request in requests:
            yield request, self._answer(request.url)

    def close(self) -> None:
        """Nothing is held."""

    def _answer(self, url: str) -> Outcome:
        if int(url.rpartition("/")[2]) % NEWS_EVERY:
            return NotModified(url=url, final_url=url, headers=(("etag", '"1"'),))
        item = f"<item><guid>{url}#1</guid><link>{url}/1</link><title>News of {url}</title></item>"
        return Fetched(
            url=url, final_url=url, status=200, body=f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
        )


class Memory(Silent):
    """Notes how much memory is held as the run goes on."""

    def __init__(self) -> None:
        self.held: list[float] = []

    def advance(self, done: int, total: int | None = None) -> None:  # noqa: ARG002 - as a report is told
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.held.append(pages * resource.getpagesize() / 1e6)


def room(archive: SqlArchive, report: Memory) -> Room:
    return Room(
        policy=Policy(beat=BEAT, main_topic="", topics=(), preset=shipped("modern")),
        masthead=Masthead(beat=BEAT, name="", description="", address=""),
        feeds=(),
        archive=archive,
        web=Simulated(),
        blobs=MemoryBlobs(),
        clock=FixedClock(NOW),
        report=report,
    )


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--feeds", type=int, default=FEEDS)
    count = options.parse_args().feeds
    urls = (f"https://host{number}.example/feed/{number}" for number in range(count))
    report = Memory()
    with tempfile.TemporaryDirectory() as folder:
        archive = open_archive(str(Path(folder) / "archive.db"))
        archive.sync_feeds(BEAT, [Feed(id=feed_id(BEAT, url), beat=BEAT, url=url) for url in urls], NOW)
        start = time.perf_counter()
        polled = poll(room(archive, report))
        seconds = time.perf_counter() - start
        totals = archive.totals(BEAT)
        archive.close()
    assert (polled, totals.visits, totals.entries) == (count, count, -(-count // NEWS_EVERY))
    growth = report.held[-1] - report.held[len(report.held) // 10]
    speed = count / seconds
    checks = (
        ("feeds a second", speed, speed >= LEAST_PER_S, f"at least {LEAST_PER_S:,}"),
        ("memory grown, MB", growth, growth <= MOST_GROWTH_MB, f"at most {MOST_GROWTH_MB:g}"),
    )
    print(f"{count:,} due feeds in {seconds:.1f} s, {totals.entries:,} entries")
    for name, value, held, wanted in checks:
        print(f"  {name:18} {value:10,.1f}  ({wanted}){'' if held else '  MISSED'}")
    return int(not all(held for _, _, held, _ in checks))


if __name__ == "__main__":
    sys.exit(main())
