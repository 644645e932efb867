"""Which days to come does a text name? Whole dates only: a day and a written-out month, or ISO figures.

A date without a year is the next one after the day of writing. Weekdays, seasons and `3/12` are left alone: who takes
them for a date is wrong too often.
"""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

from wireroom.text.tokens import fold

FARTHEST = timedelta(days=400)
"""Dates farther ahead are targets and promises, not dates in a diary."""
_TABLE = tomllib.loads(files(__package__).joinpath("days_ahead.toml").read_text(encoding="utf-8"))
_MONTHS: dict[str, int] = {name: number for number, names in enumerate(_TABLE["months"], 1) for name in names}
_WORD = r"[^\W\d_]{3,10}"
_FIGURES = re.compile(r"\d+")
LONGEST_DAY = 2
"""Figures of a day, also in ISO dates."""
_DATES = re.compile(
    rf"(?<![\w.])(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<word>{_WORD})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:%]|[.,]\d)(?:,? (?P<year>20\d\d)(?!\w))?"
    rf"|(?P<day2>\d{{1,2}})(?:\.|st|nd|rd|th|er|º)? (?:of |de )?(?P<word2>{_WORD})(?!\w)"
    r"(?:,? (?:de )?(?P<year2>20\d\d)(?!\w))?)"
)


def days_ahead(text: str, written: date) -> Iterator[date]:
    """Yield the days after `written`, at most 400 days ahead, that a text names, in its order."""
    # A quarter of the cost of looking for dates: most headlines have no figure that could be a day.
    if all(len(figures) > LONGEST_DAY for figures in _FIGURES.findall(text)):
        return
    for found in _DATES.finditer(text):
        day = _day(found, written)
        if day and day > written and day - written <= FARTHEST:
            yield day


def _day(found: re.Match[str], written: date) -> date | None:
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        return _named(found, written)
    except ValueError:
        return None


def _named(found: re.Match[str], written: date) -> date | None:
    word, figure, year = (found[name] or found[f"{name}2"] for name in ("word", "day", "year"))
    month = _MONTHS.get(fold(word))
    # English sets months with a capital; the verb `may` and the like are no dates.
    if month is None or (found["word"] and not word[0].isupper()) or word in ("may", "mar", "mars"):
        return None
    if year:
        return date(int(year), month, int(figure))
    this = date(written.year, month, int(figure))
    return this if this > written else date(written.year + 1, month, int(figure))
