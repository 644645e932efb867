"""Opening, sharing and failing, where the databases differ."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.revision import REVISION
from wireroom.errors import ArchiveError, ArchiveLocked, ArchiveNewer
from wireroom.records.ids import BeatId

if TYPE_CHECKING:
    from tests.contract.conftest import World

WRITER = """
import sys
from datetime import UTC, datetime, timedelta
from wireroom.adapters.archive import open_archive
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import BeatId, entry_id, feed_id, visit_id
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import Visit, VisitFacts

dsn, name = sys.argv[1:]
beat, start = BeatId(name), datetime(2026, 3, 1, tzinfo=UTC)
feed = Feed(id=feed_id(beat, "https://x.example/"), beat=beat, url="https://x.example/")
archive = open_archive(dsn)
archive.sync_feeds(beat, [feed], start)
for number in range(300):
    at = start + timedelta(minutes=number)
    item = FeedItem(key=str(number), link=f"https://x.example/{number}")
    entry = Entry(id=entry_id(feed.id, item.key), feed=feed.id, item=item, content_hash="h", seen_at=at)
    visit = Visit(id=visit_id(feed.id, at.isoformat()), feed=feed.id, at=at, outcome="fetched")
    state = FeedState(feed=feed.id, next_due_at=at)
    assert archive.record_visits([VisitFacts(visit=visit, state=state, entries=(entry,))]) == 1
archive.close()
"""


def test_what_was_recorded_is_there_when_opened_again(tmp_path: Path, world: World, dsn: str) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    again = open_archive(dsn)
    assert again.totals(world.beat).entries == (0 if dsn == "memory:" else 1)
    again.close()


@pytest.mark.parametrize("dsn", ["sqlite", "postgresql"], indirect=True)
def test_two_processes_write_at_once_without_failure(world: World, dsn: str) -> None:
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, dsn, name]) for name in ("one", "two")]
    assert [writer.wait() for writer in writers] == [0, 0]
    for name in ("one", "two"):
        totals = world.archive.totals(BeatId(name))
        assert (totals.visits, totals.entries) == (300, 300)


def test_two_processes_may_open_a_new_archive_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "new.db")
    program = "import sys; from wireroom.adapters.archive import open_archive; open_archive(sys.argv[1]).close()"
    openers = [subprocess.Popen([sys.executable, "-c", program, path]) for _ in range(3)]
    assert [opener.wait() for opener in openers] == [0, 0, 0]


def test_a_newer_archive_is_left_alone(world: World, dsn: str) -> None:
    with world.archive.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        if dsn != "memory:":
            with pytest.raises(ArchiveNewer, match="newer Wireroom"):
                open_archive(dsn)
    finally:
        with world.archive.writing() as connection:
            connection.execute(text(f"UPDATE alembic_version SET version_num = '{REVISION}'"))


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, this is not a database. " * 99)
    with pytest.raises(ArchiveError, match=r"notes\.txt is not a Wireroom archive"):
        open_archive(str(path))
    assert path.read_text().startswith("Dear diary")


def test_a_database_of_someone_else_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    with pytest.raises(ArchiveError, match=r"other\.db holds tables that are not Wireroom's"):
        open_archive(str(path))


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=r"nowhere.*folder exists"):
        open_archive(str(tmp_path / "nowhere" / "archive.db"))


def test_an_archive_that_another_holds_too_long_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    archive = open_archive(str(path), wait_s=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(ArchiveLocked, match=r"archive\.db is in use by another process"):
        archive.record_rulings([])
    other.execute("ROLLBACK")
    archive.record_rulings([])
    other.close()
    archive.close()


def test_an_archive_that_may_not_be_written_can_be_read_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    open_archive(str(path)).close()
    archive = open_archive(f"sqlite:///file:{path}?mode=ro&uri=true")
    assert archive.beats() == ()
    with pytest.raises(ArchiveError, match="may not be written; check the permissions"):
        archive.record_edition(BeatId("faces"), _now(), "d", [])
    archive.close()


def test_a_full_disk_is_said_and_nothing_committed_is_lost(tmp_path: Path) -> None:
    archive = open_archive(str(tmp_path / "archive.db"))
    archive.record_edition(BeatId("faces"), _now(), "before", [])
    with archive.writing() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count = {pages}"))
    with pytest.raises(ArchiveError, match="disk is full"):
        archive.record_edition(BeatId("faces"), _now(), "a long digest " * 5000, [])
    with archive.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM editions WHERE digest = 'before'")).scalar() == 1
    archive.close()


def test_addresses_that_are_no_archive_are_refused() -> None:
    for wrong in ("mysql://host/name", "http://x.example/", "://"):
        with pytest.raises(ArchiveError, match="give a path"):
            open_archive(wrong)


def test_a_server_that_does_not_answer_is_named() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(ArchiveError, match="does not answer"):
        open_archive("postgresql://nobody@127.0.0.1:9/nothing")


def _now() -> datetime:
    return datetime(2026, 3, 1, tzinfo=UTC)
