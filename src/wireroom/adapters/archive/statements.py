"""How are rows added so that adding them again changes nothing?

Must hold no query of its own: only the words that SQLite and PostgreSQL spell alike but SQLAlchemy keeps apart.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Executable, Table, func, select

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite

Row = dict[str, Any]


def insert(connection: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    """Begin an insert of the connection's dialect, which knows ON CONFLICT."""
    # Each dialect brings its drivers: 0.1 s for the one that a run does not use.
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite  # noqa: PLC0415

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(table)


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> int:
    """Insert rows that are not there yet; return how many were new."""
    if not rows:
        return 0
    return put(connection, insert(connection, table).on_conflict_do_nothing(), rows)


def put(connection: Connection, statement: Executable, rows: Sequence[Mapping[str, Any]]) -> int:
    """Run a statement once per row of parameters, all rows with the same names; return how many rows it changed.

    The driver gets the parameters as they are: they are text and numbers already, and looking at each again took a
    third of the time of storing a feed.
    """
    if not rows:
        return 0
    compiled = statement.compile(connection, column_keys=list(rows[0]))  # type: ignore[attr-defined]  # all have it
    given = compiled.params
    order: list[str] | None = compiled.positiontup
    if order is None:
        parameters: list[Any] = [{**given, **row} for row in rows] if len(given) > len(rows[0]) else list(rows)
    elif all(name in rows[0] for name in order) and len(order) > 1:
        parameters = list(map(itemgetter(*order), rows))
    else:
        parameters = [tuple(row.get(name, given[name]) for name in order) for row in rows]
    options = {"preserve_rowcount": True}
    return connection.exec_driver_sql(str(compiled), parameters, execution_options=options).rowcount


def except_for(
    connection: Connection, column: ColumnElement[Any], value: str, *where: ColumnElement[bool]
) -> list[str | None]:
    """Return the other values of an indexed column, null among them, each found by one step into the index.

    `column <> value` would walk all that is done to find the little that is not.
    """
    found: list[str | None] = [None]
    last = ""
    while True:
        following = select(func.min(column)).where(column > last, *where)
        read = connection.execute(following).scalar()
        if read is None:
            return found
        last = read
        if last != value:
            found.append(last)
