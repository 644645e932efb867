"""Which addresses are to be fetched, and which bodies are to be read?

The head table `addresses` says for each address when it is worth fetching (`due_at`) and who last read its newest body
(`read_by`); it is moved on here, in the transaction of the facts that move it.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, null, or_, update

from wireroom.adapters.archive.rows import micros, storable
from wireroom.adapters.archive.schema import addresses, items, readings
from wireroom.adapters.archive.statements import Row, add, insert, put
from wireroom.records.pages import Page


def ask_for(connection: Connection, links: Sequence[tuple[str, int]]) -> int:
    """Note addresses that entries link to and when those were seen; return how many were not known before.

    Known addresses stay as they are.
    """
    rows = [{"url": url, "seen_at": seen_at, "due_at": seen_at} for url, seen_at in sorted(links)]
    return add(connection, addresses, rows)


def ask_again(connection: Connection, which: ColumnElement[bool]) -> None:
    """Make addresses due whose entries have changed since the last fetch.

    A server that told us to come back later is still asked later.
    """
    statement = (
        update(addresses)
        .where(addresses.c.url == items.c.link, which)
        .where(items.c.changed_at > items.c.first_seen_at, items.c.changed_at > addresses.c.fetched_at)
        .where(addresses.c.outcome != "throttled")
        .where(or_(addresses.c.due_at.is_(None), addresses.c.due_at > items.c.changed_at))
        .values(seen_at=items.c.changed_at, due_at=items.c.changed_at)
    )
    connection.execute(statement)


def note_fetches(connection: Connection, fetched: Sequence[Page]) -> None:
    """Move addresses on to their newest fetch, and to their newest body when the fetch brought one."""
    statement = insert(connection, addresses)
    new = statement.excluded
    newer = or_(addresses.c.fetched_at.is_(None), new.fetched_at >= addresses.c.fetched_at)
    has_body = new.body_page.is_not(None)
    changes: Row = {name: new[name] for name in ("page", "outcome", "fetched_at", "due_at")}
    for name in ("body_page", "body_at"):
        changes[name] = case((has_body, new[name]), else_=addresses.c[name])
    same_body = or_(~has_body, new.body_page == addresses.c.body_page)
    changes["read_by"] = case((same_body, addresses.c.read_by), else_=null())
    rows = sorted((_address_row(page) for page in fetched), key=lambda row: (row["url"], row["fetched_at"]))
    put(connection, statement.on_conflict_do_update(index_elements=["url"], set_=changes, where=newer), rows)


def note_readings(connection: Connection, read: Sequence[tuple[str, str]]) -> None:
    """Note which extractor has read which page."""
    statement = update(addresses).where(addresses.c.body_page == bindparam("of")).values(read_by=bindparam("by"))
    put(connection, statement, [{"of": page, "by": extractor} for page, extractor in sorted(read)])


def read_from(page: ColumnElement[str]) -> ColumnElement[bool]:
    """Tell which reading counts for an address: the last one of its newest body."""
    return and_(readings.c.page == page, readings.c.extractor == addresses.c.read_by)


def _address_row(page: Page) -> Row:
    fetched_at = micros(page.fetched_at)
    has_body = page.body is not None
    return {
        "url": storable(page.url),
        "seen_at": fetched_at,
        "due_at": micros(page.retry_at) if page.retry_at else None,
        "page": page.id,
        "outcome": page.outcome,
        "fetched_at": fetched_at,
        "body_page": page.id if has_body else None,
        "body_at": fetched_at if has_body else None,
    }
