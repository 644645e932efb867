"""What does an edition need to know, and what is remembered of it?"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select, update

from wireroom.adapters.archive.engine import Store, small_cache
from wireroom.adapters.archive.rows import chunks, micros, pack, storable
from wireroom.adapters.archive.schema import editions, paths, published, rulings
from wireroom.adapters.archive.statements import Row, add
from wireroom.records.editions import PathGrant, Snapshot
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.rulings import Ruling

if TYPE_CHECKING:
    from wireroom.adapters.archive.moment import SqlMoment

AT_ONCE = 1000
"""Rows that are written together: the first edition of a large archive has a hundred thousand."""


class Editions(Store):
    """The part of the archive that making editions and ruling reads and appends."""

    def snapshot(self, beat: BeatId, now: datetime) -> Snapshot:
        """Return everything known of the beat's articles at `now`, in one consistent view, by article id."""
        from wireroom.adapters.archive import snapshot  # noqa: PLC0415 - a poll looks at no past

        with self.reading() as connection:
            return snapshot.snapshot(connection, beat, now)

    @contextmanager
    def moment(self, beat: BeatId, now: datetime) -> "Iterator[SqlMoment]":
        """Open what was known of a beat at `now`, to be read article by article; it stays the same until closed."""
        from wireroom.adapters.archive.moment import SqlMoment  # noqa: PLC0415 - as above

        with self.reading() as connection, small_cache(connection):
            yield SqlMoment(connection, beat, now)

    def record_paths(self, grants: Sequence[PathGrant]) -> None:
        """Append path grants; an article keeps its first."""
        with self.writing() as connection:
            for start in range(0, len(grants), AT_ONCE):
                add(connection, paths, [_path_row(grant) for grant in grants[start : start + AT_ONCE]])

    def record_edition(self, beat: BeatId, at: datetime, digest: str, published: Sequence[ArticleId]) -> None:
        """Note that an edition was made and which articles it published; the same digest twice is one row."""
        with self.writing() as connection:
            last = connection.execute(select(func.max(editions.c.at)).where(editions.c.beat == beat)).scalar()
            add(connection, editions, [{"beat": beat, "digest": digest, "at": micros(at)}])
            if last is None or last <= micros(at):
                _turn(connection, beat, micros(at), set(published))

    def record_rulings(self, rulings: Sequence[Ruling]) -> None:
        """Append rulings."""
        with self.writing() as connection:
            _append(connection, rulings)


def _append(connection: Connection, given: Sequence[Ruling]) -> None:
    add(connection, rulings, [_ruling_row(ruling) for ruling in given])


def _turn(connection: Connection, beat: BeatId, at: int, now_published: set[ArticleId]) -> None:
    """Close the spans of articles that are published no longer, and open those of articles that now are."""
    running = select(published.c.article).where(published.c.beat == beat, published.c.until.is_(None))
    before = set(connection.execute(running).scalars())
    for some in chunks(sorted(before - now_published)):
        ended = update(published).where(
            published.c.beat == beat, published.c.article.in_(some), published.c.until.is_(None)
        )
        connection.execute(ended.values(until=at))
    for some in chunks(sorted(now_published - before), AT_ONCE):
        add(connection, published, [{"beat": beat, "article": article, "since": at} for article in some])


def _path_row(grant: PathGrant) -> Row:
    return {"beat": grant.beat, "article": grant.article, "path": storable(grant.path), "record": pack(grant)}


def _ruling_row(ruling: Ruling) -> Row:
    return {
        "id": ruling.id,
        "beat": ruling.beat,
        "article": ruling.article,
        "at": micros(ruling.at),
        "record": pack(ruling),
    }
