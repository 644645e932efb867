"""Who copies what was committed from SQLite's log into the file itself, while we go on reading and writing?

SQLite does it within a commit whenever the log has grown to 16 MB. That commit then takes 60 to 100 ms longer, most of
them waiting for the disk: half a second of the two that a poll with much news takes. Copied earlier, by a thread beside
us, the log rarely grows that far; where it does, SQLite copies as ever.
"""

import sqlite3
import threading
from contextlib import closing, suppress

WORTH_SWEEPING = 1_000
"""New entries in a transaction, about 4 MB, from which the log is copied at once."""


class Sweeper:
    """Copies the log of one file; without a file there is nothing to do."""

    def __init__(self, file: str | None) -> None:
        self._file = None if file == ":memory:" else file
        self._thread: threading.Thread | None = None

    def sweep(self) -> None:
        """Begin to copy what has been committed, unless that is under way."""
        if self._file is None or (self._thread is not None and self._thread.is_alive()):
            return
        self._thread = threading.Thread(target=_copy, args=(self._file,), name="wireroom-sweeper")
        self._thread.start()

    def close(self) -> None:
        """Wait for the end of what is under way."""
        if self._thread is not None:
            self._thread.join()


def _copy(file: str) -> None:
    """Copy what no reader stands in the way of. A failure costs nothing: whoever commits next meets it, and says so."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
