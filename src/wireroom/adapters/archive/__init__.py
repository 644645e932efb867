"""Where are records kept? SQLite by default, PostgreSQL by address; one schema and one code for both."""

from wireroom.adapters.archive.door import open_archive

__all__ = ["open_archive"]
