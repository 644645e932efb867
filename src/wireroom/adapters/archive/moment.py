"""What was known of a beat at one moment, read article by article?

For what must not hold a whole beat in memory. Everything is read in one transaction, so that it fits together.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, or_, select

from wireroom.adapters.archive.rows import chunks, micros, unpack
from wireroom.adapters.archive.schema import items, kept_files, links, readings, sightings, texts
from wireroom.adapters.archive.sightings import dedicated
from wireroom.adapters.archive.snapshot import Known, in_force
from wireroom.ports.moment import Listed
from wireroom.records.articles import out_at
from wireroom.records.editions import Candidate, File
from wireroom.records.ids import ArticleId, BeatId, StoryId, story_id


class _Dated(Struct):
    """Those fields of a reading that say when its article came out."""

    read_at: datetime
    published_at: datetime | None = None


class _Placed(Struct):
    """That field of a link that names the story."""

    story: StoryId


class SqlMoment:
    """One beat at one time, seen through one transaction; fulfils ports.moment.Moment."""

    def __init__(self, connection: Connection, beat: BeatId, now: datetime) -> None:
        self._connection = connection
        self._beat = beat
        self._now = now
        self._all = Known(connection, beat, micros(now))

    def listing(self) -> Iterator[Listed]:
        """Yield every article with its story, by article id."""
        orders = self._all.rulings()
        for name, rows in groupby(self._rows(self._listed()), key=itemgetter(0)):
            *_, (_, record, link) = rows
            dated = unpack(_Dated, record)
            ruling = in_force(orders.get(name, ()), self._now)
            yield Listed(
                article=ArticleId(name),
                story=unpack(_Placed, link).story if link else story_id(self._beat, ArticleId(name)),
                at=out_at(dated),
                ruling=ruling.kind if ruling else None,
            )

    def candidates(self, articles: Sequence[ArticleId]) -> tuple[Candidate, ...]:
        """Return what is known of these articles, by article id."""
        return tuple(one for some in chunks(sorted(articles)) for one in self._all.of(some).candidates())

    def texts(self, articles: Sequence[ArticleId]) -> dict[ArticleId, str]:
        """Return the body texts of the readings that candidates hold."""
        queries = (self._all.of(some).read(readings.c.article, texts.c.text).join(texts) for some in chunks(articles))
        return {ArticleId(name): text for query in queries for name, text in self._rows(query)}

    def carried(self) -> tuple[File, ...]:
        """Return the kept files that are no posts, by path."""
        return tuple(self._all.carried())

    def dedicated(self, articles: Sequence[ArticleId]) -> frozenset[ArticleId]:
        """Return those that came through a feed dedicated to the main topic."""
        return dedicated(self._connection, self._beat, articles)

    def _listed(self) -> Select[Any]:
        """Ask for the readings of what was seen or kept, of each article the newest last, with its newest link."""
        name, now = readings.c.article, micros(self._now)
        seen = select(items.c.id).join_from(sightings, items)
        seen = seen.where(sightings.c.article == name, items.c.beat == self._beat, sightings.c.seen_at <= now)
        kept = select(kept_files.c.path).where(kept_files.c.article == name)
        kept = kept.where(kept_files.c.beat == self._beat, kept_files.c.known_at <= now)
        link = select(links.c.record).where(links.c.article == name)
        link = link.where(links.c.beat == self._beat, links.c.judged_at <= now)
        newest = link.order_by(links.c.judged_at.desc()).limit(1).scalar_subquery()
        read = self._all.read(name, readings.c.record, newest)
        return read.where(or_(seen.exists(), kept.exists()))

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        # psycopg would fetch everything before the first row is looked at.
        return iter(self._connection.execute(query, execution_options={"stream_results": True}))
