"""Every question of pending work is answered by steps into indexes, never by walking a table."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.records.ids import ArticleId, BeatId, FeedId

BEAT = BeatId("faces")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
IDS = [ArticleId("a"), ArticleId("b")]

ASKS: dict[str, Callable[[SqlArchive], object]] = {
    "due_feeds": lambda archive: archive.due_feeds(BEAT, NOW, 10),
    "known_entries": lambda archive: archive.known_entries([FeedId("f")]),
    "targets": lambda archive: archive.targets(BEAT, NOW, 10),
    "unread": lambda archive: archive.unread(BEAT, "extract/1", 10),
    "unmeasured": lambda archive: archive.unmeasured(BEAT, 10),
    "unjudged copies": lambda archive: archive.unjudged("copies", BEAT, "judge/1", 10),
    "unjudged topics": lambda archive: archive.unjudged("topics", BEAT, "judge/1", 10),
    "unjudged quality": lambda archive: archive.unjudged("quality", BEAT, "judge/1", 10),
    "unjudged links": lambda archive: archive.unjudged("links", BEAT, "judge/1", 10),
    "recent": lambda archive: archive.recent(BEAT, NOW, NOW),
    "by_text_hash": lambda archive: archive.by_text_hash(BEAT, ["aa"]),
    "dedicated": lambda archive: archive.dedicated(BEAT, IDS),
    "topics_of": lambda archive: archive.topics_of(BEAT, IDS),
    "copies_of": lambda archive: archive.copies_of(BEAT, IDS),
    "links_since": lambda archive: archive.links_since(BEAT, NOW),
    "find_article": lambda archive: archive.find_article(BEAT, "https://gazette.example/one"),
    "dossier": lambda archive: archive.dossier(BEAT, IDS[0]),
    "visits": lambda archive: list(archive.visits(FeedId("f"), 10)),
}

# Partial indexes hold only what is pending: to walk one of them is to walk the work.
PENDING = ("ix_addresses_due", "ix_pictures_unmeasured")


@pytest.fixture(scope="module")
def archive() -> Iterator[SqlArchive]:
    opened = open_archive("memory:")
    yield opened
    opened.close()


def plans(archive: SqlArchive, ask: Callable[[SqlArchive], object]) -> list[str]:
    """Ask, and return what SQLite says of the way it finds the answer."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_more: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(archive._engine, "before_cursor_execute", note)
    try:
        ask(archive)
    finally:
        event.remove(archive._engine, "before_cursor_execute", note)
    with archive.reading() as connection:
        return [
            row[3]
            for statement, parameters in asked
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]


@pytest.mark.parametrize("name", ASKS)
def test_no_question_of_pending_work_walks_a_table(archive: SqlArchive, name: str) -> None:
    steps = plans(archive, ASKS[name])
    assert steps, "nothing was asked"
    walks = [step for step in steps if step.startswith("SCAN") and not any(index in step for index in PENDING)]
    assert walks == []


@pytest.mark.parametrize("name", ["due_feeds", "targets", "unread", "unmeasured", "unjudged topics"])
def test_pending_work_comes_in_the_order_of_its_index_and_is_never_sorted(archive: SqlArchive, name: str) -> None:
    assert [step for step in plans(archive, ASKS[name]) if "ORDER BY" in step] == []
