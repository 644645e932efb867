"""Which files do editions carry as they are, and which articles are they the posts of?

An imported post belongs to its beat without any entry of a feed; its images keep the sizes that the post states.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Executable, func, select

from wireroom.adapters.archive.articles import append_articles
from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import chunks, micros, storable
from wireroom.adapters.archive.schema import articles, kept_files
from wireroom.adapters.archive.sightings import follow_versions, put_into_beats
from wireroom.adapters.archive.statements import Row, insert, put
from wireroom.records.articles import Reading
from wireroom.records.editions import KeptFile


class Kept(Store):
    """The part of the archive that imports and issues append."""

    def record_kept(self, files: Sequence[KeptFile], readings: Sequence[Reading] = ()) -> None:
        """Append files that editions carry, and what was read in those that are posts."""
        with self.writing() as connection:
            put(connection, _upsert(connection), sorted(map(_row, files), key=lambda row: (row["beat"], row["path"])))
            append_articles(connection, readings)
            for some in chunks(file.article for file in files if file.article):
                _join_beats(connection, some)
                follow_versions(connection, some)


def _join_beats(connection: Connection, some: list[str]) -> None:
    """Put articles into the beats that have a post of them."""
    query = (
        select(
            kept_files.c.beat,
            articles.c.id,
            articles.c.version,
            articles.c.at,
            func.min(kept_files.c.known_at),
        )
        .join_from(kept_files, articles, articles.c.id == kept_files.c.article)
        .where(articles.c.id.in_(some))
        .group_by(kept_files.c.beat, articles.c.id, articles.c.version, articles.c.at)
        .order_by(kept_files.c.beat, articles.c.id)
    )
    put_into_beats(connection, query)


def _upsert(connection: Connection) -> Executable:
    statement = insert(connection, kept_files)
    new = statement.excluded
    changes = {"article": new.article, "body": new.body}
    return statement.on_conflict_do_update(index_elements=["beat", "path", "known_at"], set_=changes)


def _row(file: KeptFile) -> Row:
    return {
        "beat": file.beat,
        "path": storable(file.path),
        "known_at": micros(file.known_at),
        "article": file.article,
        "body": file.body,
    }
