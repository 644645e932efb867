"""When was the piece published and changed, after all that can tell was heard: statements, lines, layout, programs?

Dearer, less certain readers are asked only while nothing is found. The merge decides.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime

from wireroom.intake.extract import headings, merge, times
from wireroom.intake.extract.body import Body
from wireroom.intake.extract.sheet import Sheet
from wireroom.intake.extract.titles import key
from wireroom.records.articles import Evidence


def decide(
    sheet: Sheet, fields: merge.Fields, body: Body, now: datetime, day_first: Callable[[], bool]
) -> tuple[merge.Dates, tuple[Evidence, ...]]:
    """Return the dates, and what was read here that belongs on the record."""
    dates = merge.dates(fields, now, day_first)
    if dates.published is not None:  # on three pages of four
        return dates, ()
    heads = list(dict.fromkeys([stated.value for stated in fields.get("title", ())]))  # mostly said several times
    further: tuple[Callable[[], Iterator[Evidence]], ...] = (
        lambda: times.from_lines([*heads, *_from_headline([line for line, _ in body.around], heads)]),
        lambda: times.from_marked(headings.dated(sheet)),
        lambda: times.from_scripts(sheet.scripts()),
    )
    told: tuple[Evidence, ...] = ()
    for ask in further:
        told += tuple(ask())
        dates = merge.dates({**fields, **merge.by_field(told)}, now, day_first)
        if dates.published is not None:
            return dates, told
    return merge.of_change(dates), told


def _from_headline(lines: Sequence[str], heads: Iterable[str]) -> list[str]:
    """Return lines with those under the headline first, then those above it, the nearest first: pages show a clock."""
    keys = frozenset(map(key, heads))
    under = next((at + 1 for at in range(len(lines) - 1, -1, -1) if key(lines[at]) in keys), 0)
    return [*lines[under:], *reversed(lines[:under])]
