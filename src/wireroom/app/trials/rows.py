"""What is in a file of rows: CSV with a head, or JSON Lines?"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime

from wireroom.app.trials import Unusable

Row = dict[str, object]
MILLISECONDS_FROM = 100_000_000_000
"""Epoch numbers from here on are milliseconds: as seconds they would lie in the year 5138."""


def rows(name: str, body: bytes) -> Iterator[tuple[str, Row]]:
    """Yield the name of each row (`file:line`) and its columns, names in lower case."""
    text = body.decode("utf-8-sig")
    if text.lstrip().startswith("{"):
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield f"{name}:{number}", _json(name, number, line)
        return
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        yield f"{name}:{number}", {str(key).strip().lower(): value for key, value in row.items() if key}


def _json(name: str, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise Unusable(f"{name}:{number}: not JSON: {error.msg}") from None
    if not isinstance(row, dict):
        raise Unusable(f"{name}:{number}: a JSON object is wanted, with keys such as id and title")
    return row


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
