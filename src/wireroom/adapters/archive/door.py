"""How far is an archive opened? As far as what is asked of it needs.

Loading SQLAlchemy and every query of ours takes 0.15 s, as much as all the rest of a poll of a thousand feeds. A poll
that brings nothing new only asks what `visiting` asks, and that needs SQLite's driver alone.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wireroom.adapters.archive.sqlite_file import SqliteFile, opened
from wireroom.adapters.archive.visiting import Due, due_feeds, keep_visits
from wireroom.records.ids import BeatId
from wireroom.records.visits import VisitFacts

if TYPE_CHECKING:
    from wireroom.adapters.archive.archive import SqlArchive

WAIT_S = 30.0
"""How long a writer waits for another before it gives up; a batch of ours takes well under a second."""


class Door:
    """Stands for a SqlArchive in a file and becomes one when something is asked that only the whole archive knows."""

    def __init__(self, dsn: str, wait_s: float, file: SqliteFile) -> None:
        self._dsn = dsn
        self._wait_s = wait_s
        self._file: SqliteFile | None = file
        self._whole: SqlArchive | None = None

    def due_feeds(self, beat: BeatId, now: datetime, limit: int) -> Due:
        """Return active feeds with next_due_at <= now, longest due first, then id."""
        if self._file is None:
            return self._opened().due_feeds(beat, now, limit)
        with self._file.transaction(writes=False):
            return due_feeds(self._file, beat, now, limit)

    def record_visits(self, facts: Sequence[VisitFacts]) -> int:
        """Append visits with their entries and replace the states; return the number of new entries."""
        if self._file is None or any(fact.entries for fact in facts):
            return self._opened().record_visits(facts)
        with self._file.transaction(writes=True):
            keep_visits(self._file, facts)
        return 0

    def close(self) -> None:
        """Release connections."""
        for held in (self._file, self._whole):
            if held is not None:
                held.close()

    def __getattr__(self, name: str) -> object:
        return getattr(self._opened(), name)

    def _opened(self) -> "SqlArchive":
        if self._whole is None:
            self._whole = _whole(self._dsn, self._wait_s)
            if self._file is not None:
                self._file.close()  # one connection is enough, and now there is one that can do everything
                self._file = None
        return self._whole


def open_archive(dsn: str, *, wait_s: float = WAIT_S) -> "SqlArchive":
    """Open the archive at `memory:`, a path, `sqlite:///path` or `postgresql://…`; create or migrate it when needed.

    `memory:` is SQLite in memory, gone when closed: every query and constraint is the real one, which makes it the
    archive for tests of plugins. Raise ArchiveNewer, ArchiveLocked or ArchiveError, naming the archive.
    """
    file = None if dsn == "memory:" or "://" in dsn else opened(Path(dsn).expanduser(), wait_s)
    if file is None:
        return _whole(dsn, wait_s)
    return cast("SqlArchive", Door(dsn, wait_s, file))  # whatever it lacks it takes from one


def _whole(dsn: str, wait_s: float) -> "SqlArchive":
    from wireroom.adapters.archive.archive import open_whole  # noqa: PLC0415 - see above

    return open_whole(dsn, wait_s)
