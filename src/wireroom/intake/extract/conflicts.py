"""On which fields does a page contradict itself?

Reads the evidence kept on a record, for a report to the desk or the publisher. It changes nothing that was decided.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from wireroom.intake.extract.titles import key
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
    told = tuple(clue for clue in evidence if clue.source in _DECLARED)
    for field in ("title", "published", "canonical"):
        ranked = sorted((clue for clue in told if clue.field == field), key=lambda clue: not clue.chosen)
        distinct: Mapping[str, Evidence] = {_meaning(clue): clue for clue in reversed(ranked)}
        if len(distinct) > 1:
            kept = sorted(distinct.values(), key=lambda clue: (not clue.chosen, -clue.confidence))
            found.append(Conflict(field=field, statements=tuple(kept)))
    return tuple(found)


def _meaning(clue: Evidence) -> str:
    """Return what statements that mean the same have in common."""
    if clue.field == "title":
        return key(clue.value)
    if clue.field == "published":
        moment = parse_date(clue.value)
        return moment.when.date().isoformat() if moment else clue.value
    return canonical(clue.value)
