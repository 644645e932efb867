"""How do we talk to a SQLite archive through Python's own driver, and what is set on every connection to one?"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wireroom.adapters.archive.failures import plain
from wireroom.adapters.archive.revision import REVISION
from wireroom.adapters.archive.visiting import Values

CACHE_KB = 32_000


def prepare(connection: sqlite3.Connection) -> None:
    """Set what SQLite keeps per connection.

    synchronous=NORMAL: with WAL a power cut can cost the newest transactions, never the file; a killed process costs
    none. Checkpoints come every 64 MB instead of 4: a run of small commits spent half its time on them, and a poll with
    much news waits for each (see `sweeping`). Pages of 8 KB (new files only) hold three entries of a usual feed, those
    of 4 KB one: storing is a sixth quicker.
    """
    connection.execute("PRAGMA page_size=8192")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint=8000")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
    connection.execute("PRAGMA temp_store=MEMORY")


class SqliteFile:
    """An archive of this revision in a file, fulfils visiting.Teller; `close` it."""

    def __init__(self, connection: sqlite3.Connection, name: str) -> None:
        self._connection = connection
        self._name = name

    @contextmanager
    def transaction(self, *, writes: bool) -> Iterator[None]:
        """Do everything within, or nothing; raise ArchiveError in words."""
        try:
            self._connection.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()  # nothing to do where SQLite has rolled back by itself
                raise
        except sqlite3.Error as error:
            raise plain(self._name, error) from error

    def ask(self, statement: str, values: Values) -> Sequence[Values]:
        """Return the rows that a query finds."""
        return self._connection.execute(statement, values).fetchall()

    def tell(self, statement: str, rows: Sequence[Values]) -> int:
        """Run a statement once for each row of values; return how many rows of the table it changed."""
        return self._connection.executemany(statement, rows).rowcount if rows else 0

    def close(self) -> None:
        """Release the file."""
        self._connection.close()


def opened(path: Path, wait_s: float) -> SqliteFile | None:
    """Open an archive that is there and of our revision; None for whatever else lies at the path, or nothing does."""
    if not path.is_file():
        return None
    try:
        connection = sqlite3.connect(path, timeout=wait_s, isolation_level=None, check_same_thread=False)
    except sqlite3.Error:
        return None
    try:
        prepare(connection)
        if _is_ours(connection):
            return SqliteFile(connection, str(path))
    except sqlite3.Error:  # no archive, or one that cannot be read: who opens it as a whole finds words for it
        pass
    connection.close()
    return None


def _is_ours(connection: sqlite3.Connection) -> bool:
    (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return mode == "wal" and connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISION,)]
