"""Which revision has an archive, and how does it come to ours?

A current archive is opened without alembic (importing it alone takes a quarter of a second); an empty one is made from
schema.py at once, which tests/migration proves to be what the migrations make; an older one is migrated.
"""

from importlib.resources import files

from sqlalchemy import Connection, Engine, inspect, text

from wireroom.adapters.archive.revision import REVISION
from wireroom.adapters.archive.schema import metadata
from wireroom.adapters.archive.words import create_index
from wireroom.errors import ArchiveError, ArchiveNewer


def prepare(engine: Engine, name: str) -> None:
    """Create or migrate the schema; cheap when it is current."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            _write_ahead(connection)
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
    with engine.execution_options(wireroom_write=True).begin() as connection:
        if connection.dialect.name == "postgresql":
            # Two workers that open a new archive at once: the second waits and then finds it made.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('wireroom schema'))"))
        _upgrade(connection, name)


def _write_ahead(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    if raw is not None and raw.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        raw.execute("PRAGMA journal_mode=WAL")


def _revision(connection: Connection) -> str | None:
    tables = inspect(connection)
    if not tables.has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _upgrade(connection: Connection, name: str) -> None:
    stored = _revision(connection)
    if stored == REVISION:
        return
    if stored is not None:
        migrate(connection, name, stored)
        return
    if inspect(connection).get_table_names():
        raise ArchiveError(f"archive {name} holds tables that are not Wireroom's; name another file or database")
    metadata.create_all(connection)
    create_index(connection)
    connection.execute(
        text(
            "CREATE TABLE alembic_version "
            "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:revision)"), {"revision": REVISION})


def migrate(connection: Connection, name: str, stored: str | None = None) -> None:
    """Run the migrations from a stored revision, or from nothing, to ours."""
    # alembic is slow to import and rarely needed
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(files("wireroom.adapters.archive") / "migrations"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if stored and stored not in known:
        raise ArchiveNewer(
            f"archive {name} was written by a newer Wireroom (revision {stored}); update Wireroom to use it"
        )
    command.upgrade(config, "head")
