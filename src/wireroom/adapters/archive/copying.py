"""How is an archive copied while others use it? SQLite's own online backup: one consistent moment, nobody waits."""

import sqlite3
from contextlib import closing
from pathlib import Path

from wireroom.adapters.archive.engine import locate
from wireroom.errors import ArchiveError, UsageError


def copy_archive(dsn: str, target: Path) -> None:
    """Copy a SQLite archive into a new file; raise UsageError for one that lies on a server."""
    url = locate(dsn)
    if url.get_backend_name() != "sqlite" or url.database is None:
        raise UsageError(
            f"the archive lies on a server: copy it with pg_dump {url.render_as_string(hide_password=True)}"
        )
    if not Path(url.database).is_file():
        raise ArchiveError(f"there is no archive at {url.database} yet. Make one: wireroom run")
    try:
        with (
            closing(sqlite3.connect(f"file:{Path(url.database).absolute()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
    except sqlite3.Error as error:
        raise ArchiveError(f"archive {url.database} could not be copied: {error}") from error
