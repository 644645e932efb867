"""An archive that is there already is opened for a poll only, and as a whole when more is asked."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.door import Door
from wireroom.errors import ArchiveError, ArchiveLocked

if TYPE_CHECKING:
    from tests.contract.conftest import World

    from wireroom.adapters.archive.archive import SqlArchive

pytestmark = pytest.mark.parametrize("dsn", ["sqlite"], indirect=True)

POLL = """
import sys
from datetime import UTC, datetime, timedelta
from msgspec.structs import replace
from wireroom.adapters.archive import open_archive
from wireroom.records.ids import BeatId, visit_id
from wireroom.records.visits import Visit, VisitFacts

at = datetime(2026, 3, 1, 12, tzinfo=UTC)
archive = open_archive(sys.argv[1])
for feed, state in archive.due_feeds(BeatId("faces"), at, 10):
    visit = Visit(id=visit_id(feed.id, at.isoformat()), feed=feed.id, at=at, outcome="not_modified")
    archive.record_visits([VisitFacts(visit=visit, state=replace(state, next_due_at=at + timedelta(hours=1)))])
archive.close()
print(*(name for name in sys.modules if name.startswith("sqlalchemy")))
"""


@pytest.fixture
def door(world: World, dsn: str) -> Iterator[SqlArchive]:
    """Open the archive of the little world, which lists two feeds, a second time."""
    world.listed("gazette", "courier")
    opened = open_archive(dsn)
    assert isinstance(opened, Door)
    yield opened
    opened.close()


def is_shut(door: SqlArchive) -> bool:
    assert isinstance(door, Door)
    return door._whole is None


def test_a_poll_that_brings_nothing_loads_no_sqlalchemy(world: World, dsn: str) -> None:
    world.listed("gazette")
    polled = subprocess.run([sys.executable, "-c", POLL, dsn], capture_output=True, text=True, check=True)
    assert polled.stdout == "\n"
    assert world.archive.due_feeds(world.beat, world.at(0.5), 10) == ()
    assert world.archive.totals(world.beat).visits == 1


def test_what_is_due_and_what_visits_say_is_what_the_whole_archive_has(world: World, door: SqlArchive) -> None:
    due = door.due_feeds(world.beat, world.at(0), 10)
    assert due == world.archive.due_feeds(world.beat, world.at(0), 10)
    assert len(due) == 2
    first, second = (world.visit(feed, due=hours) for (feed, _), hours in zip(due, (2, 1), strict=True))
    assert door.record_visits([first, second]) == 0
    assert door.record_visits([first]) == 0
    assert world.archive.due_feeds(world.beat, world.at(9), 10) == door.due_feeds(world.beat, world.at(9), 10)
    assert [state for _, state in door.due_feeds(world.beat, world.at(9), 10)] == [second.state, first.state]
    assert [state for _, state in door.due_feeds(world.beat, world.at(9), 1)] == [second.state]
    assert is_shut(door)
    assert list(door.visits(first.visit.feed, 10)) == [first.visit]
    assert not is_shut(door)


def test_entries_are_stored_by_the_whole_archive(world: World, door: SqlArchive) -> None:
    gazette = world.feed("gazette")
    assert door.record_visits([world.visit(gazette)]) == 0
    assert is_shut(door)
    assert door.record_visits([world.visit(gazette, world.entry(gazette, "one"), hours=1)]) == 1
    assert door.record_visits([world.visit(gazette, hours=2, due=5)]) == 0
    assert [feed.title for feed, _ in door.due_feeds(world.beat, world.at(6), 10)] == ["Courier"]
    assert world.archive.totals(world.beat).visits == 3


def test_visits_of_a_feed_that_is_not_known_are_refused_whole(world: World, door: SqlArchive) -> None:
    gazette, stranger = world.feed("gazette"), world.feed("stranger")
    with pytest.raises(ArchiveError, match=f"feed {stranger.id} is not in the archive; sync the beat's feeds"):
        door.record_visits([world.visit(gazette), world.visit(stranger)])
    assert is_shut(door)
    assert list(world.archive.visits(gazette.id, 10)) == []
    assert len(door.due_feeds(world.beat, world.at(0), 10)) == 2


def test_a_poll_says_who_holds_the_archive_and_goes_on_afterwards(world: World, door: SqlArchive, dsn: str) -> None:
    facts = world.visit(world.feed("gazette"))
    with closing(open_archive(dsn, wait_s=0.05)) as hasty, closing(sqlite3.connect(dsn, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveLocked, match=r"archive\.db is in use by another process"):
            hasty.record_visits([facts])
        other.execute("ROLLBACK")
        assert hasty.record_visits([facts]) == 0
    assert len(door.due_feeds(world.beat, world.at(0), 10)) == 1


def test_a_full_disk_costs_a_poll_its_last_transaction_only(world: World, door: SqlArchive) -> None:
    gazette = world.feed("gazette")
    door.record_visits([world.visit(gazette)])
    assert isinstance(door, Door)
    assert door._file
    (pages,) = door._file._connection.execute("PRAGMA page_count").fetchone()
    door._file._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ArchiveError, match="disk is full"):
        door.record_visits([world.visit(gazette, hours=hours) for hours in range(1, 2000)])
    assert len(list(world.archive.visits(gazette.id, 10))) == 1
