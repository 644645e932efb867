"""How do we talk to the database: which driver, which transactions, which words for its failures?

One process uses one archive from one thread: the runner is single-threaded where it touches records. Several processes
may share a SQLite file or a PostgreSQL database. Must not know any table.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool

from wireroom.adapters.archive.failures import plain
from wireroom.adapters.archive.sqlite_file import CACHE_KB, prepare
from wireroom.adapters.archive.sweeping import Sweeper
from wireroom.adapters.archive.visiting import Values
from wireroom.errors import ArchiveError

SMALL_CACHE_KB = 4_000

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


def connect(url: URL, wait_s: float) -> Engine:
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
    prepare(connection)


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


class Spoken:
    """A connection that plain SQL is passed on to; fulfils visiting.Teller."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._mark = "?" if connection.dialect.name == "sqlite" else "%s"

    def ask(self, statement: str, values: Values) -> Sequence[Sequence[Any]]:
        """Return the rows that a query finds."""
        return self._connection.exec_driver_sql(statement.replace("?", self._mark), values).all()

    def tell(self, statement: str, rows: Sequence[Values]) -> int:
        """Run a statement once for each row of values; return how many rows of the table it changed."""
        if not rows:
            return 0
        spelt, counted = statement.replace("?", self._mark), {"preserve_rowcount": True}
        return self._connection.exec_driver_sql(spelt, list(rows), execution_options=counted).rowcount


class Store:
    """A database with its two kinds of transactions; the parts of the archive are built on it."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._name = name
        self._engine = engine
        self._writer = engine.execution_options(**{_WRITE: True})
        repeatable = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        self._reader = engine.execution_options(**repeatable)
        self.sweeper = Sweeper(engine.url.database if engine.dialect.name == "sqlite" else None)

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
        self.sweeper.close()
        self._engine.dispose()


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Say in words which archive failed, how, and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise plain(name, error.orig) from error
