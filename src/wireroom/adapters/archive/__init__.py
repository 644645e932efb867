"""Where are records kept? SQLite by default, PostgreSQL by address; one schema and one code for both."""

from wireroom.adapters.archive.archive import SqlArchive, open_archive
from wireroom.adapters.archive.copying import copy_archive

__all__ = ["SqlArchive", "copy_archive", "open_archive"]
