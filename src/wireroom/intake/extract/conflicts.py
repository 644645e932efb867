"""On which fields does a page contradict itself?

Reads the evidence kept on a record, for a report to the desk or the publisher. It changes nothing that was decided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from wireroom.intake.extract.titles import cleaned, key
from wireroom.records.articles import Evidence
from wireroom.text.dates import parse_date
from wireroom.text.urls import canonical

_DECLARED = frozenset({"json-ld", "open-graph", "twitter", "meta", "link", "heading"})
"""Where publishers state things on purpose; what we read off layout or address proves no contradiction."""


class Conflict(Struct, frozen=True, kw_only=True):
    """Statements of one field that cannot all be true, the chosen one first."""

    field: str
    statements: tuple[Evidence, ...]


def find_conflicts(evidence: Iterable[Evidence]) -> tuple[Conflict, ...]:
    """Return the contradictions of a page: titles, publication days and addresses that differ in more than form."""
    found = []
    all_said = tuple(evidence)
    told = tuple(clue for clue in all_said if clue.source in _DECLARED)
    house = [clue.value for clue in all_said if clue.field in {"provider", "section"}]
    for field, meanings in _MEANINGS.items():
        distinct: dict[str, Evidence] = {}
        for meaning, clue in sorted(meanings([clue for clue in told if clue.field == field], house), key=_chosen_first):
            distinct.setdefault(meaning, clue)
        if len(distinct) > 1:
            found.append(Conflict(field=field, statements=tuple(distinct.values())))
    return tuple(found)


def _chosen_first(told: tuple[str, Evidence]) -> tuple[bool, float]:
    return (not told[1].chosen, -told[1].confidence)


_Meant = Iterator[tuple[str, Evidence]]
"""Statements, each with what those that mean the same have in common."""


def _titles(clues: Sequence[Evidence], house: Iterable[str]) -> _Meant:
    return ((key(text), clue) for text, clue in cleaned(clues, house))


def _days(clues: Sequence[Evidence], _: Iterable[str]) -> _Meant:
    """Yield days; the same moment falls on two of them where one statement has no zone, and is no contradiction."""
    moments = [(moment, clue) for clue in clues if (moment := parse_date(clue.value))]
    for moment, clue in moments:
        near = (other.when for other, _ in moments if abs(other.when - moment.when) < timedelta(hours=25))
        yield min(near).date().isoformat(), clue


def _addresses(clues: Sequence[Evidence], _: Iterable[str]) -> _Meant:
    return ((canonical(clue.value), clue) for clue in clues)


_MEANINGS: Mapping[str, Callable[[Sequence[Evidence], Iterable[str]], _Meant]] = {
    "title": _titles,
    "published": _days,
    "canonical": _addresses,
}
