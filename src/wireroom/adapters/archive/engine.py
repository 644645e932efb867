"""How do we talk to the database: which driver, which transactions, which words for its failures?

One process uses one archive from one thread: the runner is single-threaded where it touches records. Several processes
may share a SQLite file or a PostgreSQL database. Must not know any table.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from wireroom.errors import ArchiveError, ArchiveLocked

WAIT_S = 30.0
"""How long a writer waits for another before it gives up; a batch of ours takes well under a second."""

CACHE_KB, SMALL_CACHE_KB = 32_000, 4_000

_WRITE = "wireroom_write"


def locate(dsn: str) -> URL:
    """Turn `memory:`, a path, `sqlite:///…` or `postgresql://…` into an address of SQLAlchemy's."""
    if dsn in {"memory:", "sqlite://", "sqlite:///:memory:"}:
        return URL.create("sqlite", database=":memory:")
    if "://" not in dsn:
        return URL.create("sqlite", database=str(Path(dsn).expanduser()))
    try:
        url = make_url(dsn)
    except ArgumentError as error:
        raise ArchiveError(
            f"{dsn!r} is no archive address; give a path, sqlite:///path or postgresql://host/name"
        ) from error
    if url.get_backend_name() == "sqlite":
        return url
    if url.get_backend_name() in {"postgresql", "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    raise ArchiveError(
        f"{url.drivername} archives are not known; give a path, sqlite:///path or postgresql://host/name"
    )


def connect(url: URL, wait_s: float = WAIT_S) -> Engine:
    """Make an engine whose transactions behave the same on both databases."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, wait_s)
    try:
        return create_engine(url, pool_size=1, max_overflow=1, connect_args={"options": _options(url, wait_s)})
    except ModuleNotFoundError as error:
        raise ArchiveError("PostgreSQL needs a driver; install it with: pip install 'wireroom[pg]'") from error


def _options(url: URL, wait_s: float) -> str:
    given = url.query.get("options", "")
    return f"{given if isinstance(given, str) else ' '.join(given)} -c lock_timeout={int(wait_s * 1000)}".strip()


def _sqlite(url: URL, wait_s: float) -> Engine:
    arguments = {"isolation_level": None, "timeout": wait_s}
    if url.database == ":memory:":
        engine = create_engine(url, poolclass=StaticPool, connect_args=arguments)
    else:
        engine = create_engine(url, connect_args=arguments)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Set what SQLite keeps per connection.

    synchronous=NORMAL: with WAL a power cut can cost the newest transactions, never the file; a killed process costs
    none. Checkpoints come every 16 MB instead of 4: a run of small commits spent half its time on them. Pages of 8 KB
    (new files only) hold three entries of a usual feed, those of 4 KB one: storing is a sixth quicker.
    """
    connection.execute("PRAGMA page_size=8192")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA wal_autocheckpoint=2000")
    connection.execute(f"PRAGMA cache_size=-{CACHE_KB}")
    connection.execute("PRAGMA temp_store=MEMORY")


@contextmanager
def small_cache(connection: Connection) -> Iterator[None]:
    """Let SQLite keep few pages for a while: who reads everything once finds none again, but holds them to the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    connection.exec_driver_sql(f"PRAGMA cache_size=-{SMALL_CACHE_KB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KB}")


def _begin(connection: Connection) -> None:
    """Begin as a writer when we mean to write: a reader turning writer fails at once when another wrote in between."""
    writes = connection.get_execution_options().get(_WRITE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


class Store:
    """A database with its two kinds of transactions; the parts of the archive are built on it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._name = name
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITE: True})
        repeatable = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._reader = engine.execution_options(**repeatable)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the archive from its first to its last query."""
        with plainly(self._name), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that is kept whole or not at all."""
        with plainly(self._name), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Release connections."""
        self._engine.dispose()


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Say in words which archive failed, how, and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(name, error) from error


# What the drivers say (lower case), what it means, what to do. SQLite 3.40 and PostgreSQL 15, November 2026.
_MEANINGS = (
    ("file is not a database", "is not a Wireroom archive; name another file, or move this one away"),
    ("disk image is malformed", "is damaged; restore a copy, or `sqlite3 FILE .recover` into a new file"),
    ("disk is full", "could not be written: the disk is full; make room and run again, nothing committed is lost"),
    ("no space left", "could not be written: the disk is full; make room and run again, nothing committed is lost"),
    ("readonly", "may not be written; check the permissions of the file and its folder"),
    ("unable to open", "could not be opened; check that the folder exists and may be written"),
    ("connection refused", "does not answer; start the PostgreSQL server or check the address"),
    ("does not exist", "lacks something it needs; check database, user and search_path of the address"),
)
_LOCKED = ("database is locked", "lock timeout", "deadlock detected")


def _plain(name: str, error: DBAPIError) -> ArchiveError:
    said = str(error.orig)
    low = said.lower()
    if any(word in low for word in _LOCKED):
        return ArchiveLocked(
            f"archive {name} is in use by another process; wait until it is done and run again ({said})"
        )
    for word, meaning in _MEANINGS:
        if word in low:
            return ArchiveError(f"archive {name} {meaning} ({said})")
    return ArchiveError(f"archive {name} failed: {said}")
