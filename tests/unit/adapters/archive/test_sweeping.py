"""What many new entries leave in the log is copied into the file while the archive stays open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.adapters.archive.sweeping import WORTH_SWEEPING, Sweeper
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import BeatId, entry_id, feed_id, visit_id
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import Visit, VisitFacts

BEAT, NOW = BeatId("harbour"), datetime(2026, 3, 1, tzinfo=UTC)
FEED = Feed(id=feed_id(BEAT, "https://harbour.example/feed"), beat=BEAT, url="https://harbour.example/feed")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[SqlArchive]:
    """Open an archive in a file, with one feed on its list."""
    opened = open_archive(str(tmp_path / "arch ive?.db"))
    opened.sync_feeds(BEAT, [FEED], NOW)
    yield opened
    opened.close()


def news(count: int) -> VisitFacts:
    """Return a visit that brought so many entries."""
    entries = tuple(
        Entry(
            id=entry_id(FEED.id, str(number)),
            feed=FEED.id,
            item=FeedItem(key=str(number)),
            content_hash="h",
            seen_at=NOW,
        )
        for number in range(count)
    )
    visit = Visit(id=visit_id(FEED.id, NOW.isoformat()), feed=FEED.id, at=NOW, outcome="fetched")
    return VisitFacts(visit=visit, state=FeedState(feed=FEED.id, next_due_at=NOW), entries=entries)


def entries_without_the_log(folder: Path) -> int:
    copy = folder / "copy.db"
    copy.write_bytes((folder / "arch ive?.db").read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entries'").fetchone()[0]
        return connection.execute("SELECT count(*) FROM entries").fetchone()[0] if tables else 0


def test_much_news_is_in_the_file_while_the_archive_is_open(archive: SqlArchive, tmp_path: Path) -> None:
    assert archive.record_visits([news(WORTH_SWEEPING)]) == WORTH_SWEEPING
    archive.sweeper.close()
    assert entries_without_the_log(tmp_path) == WORTH_SWEEPING


def test_little_news_waits_in_the_log(archive: SqlArchive, tmp_path: Path) -> None:
    assert archive.record_visits([news(5)]) == 5
    archive.sweeper.close()
    assert entries_without_the_log(tmp_path) == 0


def test_what_cannot_be_copied_is_left_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "diary.db").write_text("Dear diary, this is not a database. " * 99)
    for name in ("gone.db", "diary.db"):
        sweeper = Sweeper(str(tmp_path / name))
        sweeper.sweep()
        sweeper.close()
    assert [path.name for path in tmp_path.iterdir()] == ["diary.db"]


def test_an_archive_without_a_file_is_not_swept() -> None:
    with closing(open_archive("memory:")) as archive:
        archive.sync_feeds(BEAT, [FEED], NOW)
        assert archive.record_visits([news(WORTH_SWEEPING)]) == WORTH_SWEEPING
