"""What is in a file of rows: CSV with a head, or JSON Lines?"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from wireroom.app.trials import Mishap, Unusable
from wireroom.text.encodings import decode

Row = dict[str, object]
MILLISECONDS_FROM = 100_000_000_000
"""Epoch numbers from here on are milliseconds: as seconds they would lie in the year 5138."""


def rows(name: str, body: bytes) -> Iterator[tuple[str, Row | Mishap]]:
    """Yield the name of each row (`file:line`) and its columns, names in lower case; or why a line cannot be read."""
    text = decode(body, None).text
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                yield f"{name}:{number}", _json(f"{name}:{number}", line)
        return
    csv.field_size_limit(LONGEST_FIELD)
    table = csv.DictReader(io.StringIO(text, newline=""))
    named = [column.strip().lower() for column in table.fieldnames or ()]
    if named and _TOLD.isdisjoint(named):
        raise Unusable(f"a column named title, excerpt or text is wanted; it has {', '.join(named)}"[:300])
    for number, row in enumerate(table, 2):
        yield f"{name}:{number}", {str(key).strip().lower(): value for key, value in row.items() if key}


LONGEST_FIELD = 64_000_000
"""Characters; a whole text may stand in a column, and Python's own limit is 131,072."""
_TOLD = frozenset({"title", "excerpt", "text"})


def _json(place: str, line: str) -> Row | Mishap:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return Mishap(input=place, error=f"not JSON: {error.msg}")
    return row if isinstance(row, dict) else Mishap(input=place, error="not an object with keys such as id and title")


def text_of(row: Row, *keys: str) -> str:
    """Return the first of these columns that holds something."""
    return next((_sound(str(row[key])) for key in keys if row.get(key) not in (None, "")), "")


def _sound(text: str) -> str:
    """Return text without halves of surrogate pairs, which JSON may state and no archive would keep."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def texts_of(row: Row, key: str) -> tuple[str, ...]:
    """Return the values of a column that may hold a list; a line of text is one value."""
    value = row.get(key)
    return (
        tuple(_sound(str(one)) for one in value)
        if isinstance(value, list)
        else tuple(filter(None, [text_of(row, key)]))
    )


def time_of(row: Row, *keys: str) -> datetime | None:
    """Return a time column: ISO, or epoch seconds or milliseconds; None when there is none that can be read."""
    value = text_of(row, *keys)
    try:
        if value.lstrip("-").replace(".", "", 1).isdigit():
            number = float(value)
            return datetime.fromtimestamp(number / 1000 if abs(number) >= MILLISECONDS_FROM else number, UTC)
        at = datetime.fromisoformat(value)
    except (ValueError, OverflowError, OSError):
        return None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
