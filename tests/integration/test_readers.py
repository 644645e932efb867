"""Helpers read what this process would have read, and leave with it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from wireroom.adapters.archive import open_archive
from wireroom.adapters.blobs import MemoryBlobs
from wireroom.adapters.clock import FixedClock
from wireroom.records.editions import Masthead
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.outcomes import Failed, Fetched, Outcome, Request
from wireroom.records.policy import Policy
from wireroom.records.sources import Feed, FeedState
from wireroom.runner import readers
from wireroom.runner.polling import poll
from wireroom.runner.room import Room, Silent
from wireroom.scoring.presets import shipped

BEAT = BeatId("b")
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FEEDS = tuple(
    Feed(id=feed_id(BEAT, url), beat=BEAT, url=url) for url in (f"https://paper{n}.example/feed" for n in range(120))
)


class Answers:
    """A web that knows what every address says."""

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        for request in requests:
            yield request, self._answer(request.url)

    def close(self) -> None:
        """Hold nothing."""

    def _answer(self, url: str) -> Outcome:
        if "paper7." in url:
            return Failed(url=url, reason="time-out")
        items = "".join(f"<item><guid>{url}#{n}</guid><title>Ünder {n}</title></item>" for n in range(5))
        return Fetched(url=url, final_url=url, status=200, body=f"<rss><channel>{items}</channel></rss>".encode())


def polled(file: Path, helpers: int) -> tuple[list[tuple[str, str, str]], list[str | None]]:
    archive = open_archive(str(file))
    archive.sync_feeds(BEAT, FEEDS, NOW)
    room = Room(
        policy=Policy(beat=BEAT, main_topic="", topics=(), preset=shipped("modern")),
        masthead=Masthead(beat=BEAT, name="", description="", address=""),
        feeds=FEEDS,
        archive=archive,
        web=Answers(),
        blobs=MemoryBlobs(),
        clock=FixedClock(NOW),
        report=Silent(),
        helpers=helpers,
    )
    assert poll(room) == len(FEEDS)
    held = archive.known_entries([feed.id for feed in FEEDS])
    errors = [one.state.last_error if one.state else None for one in archive.health(BEAT)]
    archive.close()
    return sorted((str(feed), key, told) for feed, known in held.items() for key, told in known.items()), errors


def test_helpers_find_what_one_process_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_BYTES", 1)
    alone = polled(tmp_path / "alone.db", 0)
    assert polled(tmp_path / "helped.db", 1) == alone
    assert len(alone[0]) == 119 * 5


def lot_of_one() -> list[readers.Answered]:
    """Return the answer of a feed with one item."""
    state = FeedState(feed=FEEDS[0].id, next_due_at=NOW)
    body = b"<rss><channel><item><guid>1</guid></item></channel></rss>"
    answer = Fetched(url=FEEDS[0].url, final_url=FEEDS[0].url, status=200, body=body)
    return [readers.Answered(feed=FEEDS[0], state=state, outcome=answer, known={}, now=NOW)]


def test_what_a_killed_helper_was_reading_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_BYTES", 1)
    batch = lot_of_one()
    with readers.Readers(1) as hired:
        helper = hired._hired().submit(os.getpid).result()
        hired._hired().submit(time.sleep, 60)  # so that the batch waits behind it
        assert list(hired.absorb(batch)) == []
        until(hired._out[0][0].running)  # it is on its way to the helper
        os.kill(helper, signal.SIGKILL)
        (facts,) = hired.rest()
        assert [entry.item.key for entry in facts[0].entries] == ["1"]
        assert len(list(hired.absorb(batch))) == 1, "no helper is hired again"


def test_a_helper_that_was_killed_while_it_had_nothing_to_do_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_BYTES", 1)
    lot = lot_of_one()
    with readers.Readers(1) as hired:
        pool = hired._hired()
        os.kill(pool.submit(os.getpid).result(), signal.SIGKILL)
        until(lambda: pool._broken)
        assert len(list(hired.absorb(lot))) == 1


def until(is_so: Callable[[], object]) -> None:
    """Wait for what another process is about to do."""
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    pytest.fail("it did not come about")


def test_lots_that_no_helper_has_begun_are_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_BYTES", 1)
    lot = lot_of_one()
    with readers.Readers(1) as hired:
        helper = hired._hired().submit(os.getpid).result()
        slow = [hired._hired().submit(time.sleep, 60) for _ in range(3)]  # more than are fetched ahead of their turn
        assert [list(hired.absorb(lot)) for _ in range(3)] == [[], [], []]
        assert len(list(hired.rest())) == 3
        assert not any(job.done() for job in slow), "nobody waited for the helper"
        os.kill(helper, signal.SIGKILL)


def test_helpers_are_hired_by_all_that_a_poll_has_brought_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"<rss><channel><item><guid>1</guid></item></channel></rss>"
    monkeypatch.setattr(readers, "WORTH_BYTES", 2 * len(body))
    state = FeedState(feed=FEEDS[0].id, next_due_at=NOW)
    answer = Fetched(url=FEEDS[0].url, final_url=FEEDS[0].url, status=200, body=body)
    lot = [readers.Answered(feed=FEEDS[0], state=state, outcome=answer, known={}, now=NOW)]
    with readers.Readers(1) as hired:
        (here,) = hired.absorb(lot)
        assert list(hired.absorb(lot)) == [], "the second lot is handed out"
        assert list(hired.rest()) == [here]


def test_a_document_that_our_reader_trips_over_costs_its_own_feed_a_visit() -> None:
    state = FeedState(feed=FEEDS[0].id, next_due_at=NOW)
    body = b"<rss><channel><item><guid>1</guid></item></channel></rss>"
    answer = Fetched(url=FEEDS[0].url, final_url=FEEDS[0].url, status=200, body=body)
    sound = readers.Answered(feed=FEEDS[0], state=state, outcome=answer, known={}, now=NOW)
    tripping = msgspec.structs.replace(sound, known=None)  # nothing we know of trips it: this stands for what we do not
    with readers.Readers(0) as nobody:
        (facts,) = nobody.absorb([tripping, sound])
    assert [visit.visit.outcome for visit in facts] == ["failed", "fetched"]
    assert "please report it" in (facts[0].state.last_error or "")
    assert facts[0].state.next_due_at > NOW


KILLED = """
import os, time
from wireroom.runner import readers
from concurrent.futures import wait
if __name__ == "__main__":
    pool = readers.Readers(1)._hired()
    print(pool.submit(os.getpid).result(), flush=True)
    time.sleep(60)
"""


def test_a_helper_ends_with_a_process_that_was_killed(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(KILLED, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        helper = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
        process.wait()
    for _ in range(200):
        if not _runs(helper):
            return
        time.sleep(0.05)
    os.kill(helper, signal.SIGKILL)
    pytest.fail("the helper outlived its process")


def _runs(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text(encoding="utf-8").split()[2]
    except FileNotFoundError:
        return False
