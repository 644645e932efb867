"""Which addresses gave no article, and why? Reads only."""

from typing import Any

from sqlalchemy import Row, and_, exists, or_, select

from wireroom.adapters.archive.addresses import read_from
from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import unpack
from wireroom.adapters.archive.schema import addresses, items, pages, readings
from wireroom.ports.archive import Trouble
from wireroom.records.ids import BeatId
from wireroom.records.pages import Page

FETCHED = "fetched"


class Troubles(Store):
    """The part of the archive that names what could not be read."""

    def troubles(self, beat: BeatId, limit: int) -> tuple[Trouble, ...]:
        """Return addresses of the beat whose newest page is no article, newest first, then address."""
        of_beat = exists().where(items.c.link == addresses.c.url, items.c.beat == beat)
        query = (
            select(addresses.c.url, pages.c.record, readings.c.problem)
            .join(pages, pages.c.id == addresses.c.page)
            .outerjoin(readings, and_(read_from(addresses.c.body_page), readings.c.problem.is_not(None)))
            .where(of_beat, or_(addresses.c.outcome != FETCHED, readings.c.problem.is_not(None)))
            .order_by(addresses.c.fetched_at.desc(), addresses.c.url)
            .limit(limit)
        )
        with self.reading() as connection:
            return tuple(_trouble(row) for row in connection.execute(query))


def _trouble(row: Row[Any, Any, Any]) -> Trouble:
    page = unpack(Page, row.record)
    reason = row.problem if page.outcome == FETCHED and row.problem else page.reason
    return Trouble(url=row.url, at=page.fetched_at, reason=reason or page.outcome, retry_at=page.retry_at)
