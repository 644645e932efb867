"""Who copies what was committed from SQLite's log into the file itself, while we go on reading and writing?

SQLite does it within a commit when the log has grown large, and that commit takes 60 to 100 ms longer for every 16 MB,
most of them waiting for the disk: half a second of the two that a poll with much news takes. A thread beside us copies
earlier, so that the log rarely grows that far; where it does, SQLite copies as ever.
"""

import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

WORTH_SWEEPING = 1_000
"""New entries in a transaction, about 4 MB, from which the log is copied at once."""


class Sweeper:
    """Copies the log of one file; without a file there is nothing to do."""

    def __init__(self, file: str | None) -> None:
        self._file = file if file and file != ":memory:" else None
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
    address = f"{Path(file).absolute().as_uri()}?mode=rw"  # a file that is gone is not made again
    with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
