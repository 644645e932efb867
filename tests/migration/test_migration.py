"""A fresh archive equals a migrated one, on both databases: what the scripts make is what schema.py says."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.engine import connect, locate
from wireroom.adapters.archive.opening import migrate
from wireroom.adapters.archive.revision import REVISION
from wireroom.adapters.archive.schema import metadata

SHADOWS = ("article_words", "alembic_version")
"""Tables that schema.py does not describe: the index of words with its shadows, and alembic's own."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Give the addresses of two empty databases of one kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "fresh.db"), str(tmp_path / "migrated.db")
        return
    fresh_schema: Callable[[], Any] = request.getfixturevalue("fresh_postgres")
    with fresh_schema() as fresh, fresh_schema() as migrated:
        yield fresh, migrated


def migrated(place: str) -> Engine:
    engine = connect(locate(place), wait_s=30)
    with engine.execution_options(wireroom_write=True).begin() as connection:
        migrate(connection, place)
    return engine


def described(connection: Connection) -> list[tuple[Any, ...]]:
    """List everything the database says of its tables, columns, keys, indexes, triggers and functions."""
    if connection.dialect.name == "sqlite":
        query = "SELECT type, name, tbl_name, sql FROM sqlite_master"
        rows = [tuple(row) for row in connection.execute(text(query))]
        # Constraints may stand in any order inside a table.
        return sorted(
            (kind, name, table, *sorted(re.findall(r"[^\s(),][^(),]*", sql or ""))) for kind, name, table, sql in rows
        )
    queries = (
        """SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
           WHERE table_schema = current_schema()""",
        "SELECT tablename, replace(indexdef, current_schema(), '') FROM pg_indexes WHERE schemaname = current_schema()",
        """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
           WHERE connamespace = current_schema()::regnamespace""",
        """SELECT tgrelid::regclass::text, tgname FROM pg_trigger
           WHERE NOT tgisinternal AND tgrelid::regclass::text = 'articles'""",
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace",
    )
    return sorted(tuple(map(str, row)) for query in queries for row in connection.execute(text(query)))


def test_migrations_make_what_a_fresh_archive_has(places: tuple[str, str]) -> None:
    open_archive(places[0]).close()
    fresh, engine = connect(locate(places[0]), wait_s=30), migrated(places[1])
    with fresh.connect() as ours, engine.connect() as theirs:
        assert described(theirs) == described(ours)
        assert len(described(ours)) > 50
    fresh.dispose()
    engine.dispose()


def test_migrations_make_what_the_schema_says(places: tuple[str, str]) -> None:
    engine = migrated(places[1])
    with engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith(SHADOWS)}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def test_a_migrated_archive_opens_and_works(places: tuple[str, str]) -> None:
    migrated(places[1]).dispose()
    archive = open_archive(places[1])
    assert archive.check() == ()
    assert archive.beats() == ()
    archive.close()


def test_the_newest_script_is_the_revision_we_know() -> None:
    scripts = ScriptDirectory(str(files("wireroom.adapters.archive") / "migrations"))
    assert scripts.get_current_head() == REVISION
