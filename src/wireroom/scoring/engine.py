"""How does a table of terms turn signals into a score? It knows no term by name and reads nothing but its arguments."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from wireroom.records.policy import PresetTerm
from wireroom.records.quality import Score, Term


class Signal(Struct, frozen=True, kw_only=True):
    """One measured feature and the evidence for it, in words."""

    value: float
    because: str


def add_up(preset: str, terms: Sequence[PresetTerm], signals: Mapping[str, Signal]) -> Score:
    """Score signals by a preset's terms; a signal that was not measured, or gives no points, leaves no term."""
    made: list[Term] = []
    total = 0.0
    for row in terms:
        signal = signals.get(row.signal)
        points = points_of(row, signal.value, total) if signal else 0.0
        if signal and points:
            made.append(Term(name=row.name, points=points, because=signal.because))
            total += points
    return Score(preset=preset, value=total, terms=tuple(made))


def points_of(row: PresetTerm, value: float, before: float = 0.0) -> float:
    """Return the points of one term, whole so that shown terms sum exactly; halves go away from zero."""
    raw = row.weight * value * (before if row.share else 1.0)
    if row.floor is not None:
        raw = max(row.floor, raw)
    if row.cap is not None:
        raw = min(row.cap, raw)
    # The smallest addend keeps 0.1 * 25 and its like, which binary puts a hair under the half, on the right side.
    whole = float(int(abs(raw) + 0.5 + 1e-9))
    return -whole if raw < 0 else whole


def raised_to(score: Score, least: float, because: str) -> Score:
    """Return the score with one more term where it lies below a bound, so that its terms still sum."""
    return score if score.value >= least else moved_to(score, least, "floor", because)


def moved_to(score: Score, value: float, name: str, because: str) -> Score:
    """Return a score of exactly that value, the difference standing as a term of its own."""
    term = Term(name=name, points=value - score.value, because=because)
    return Score(preset=score.preset, value=value, terms=(*score.terms, term))


def total_of(terms: Iterable[Term]) -> float:
    """Add up the points of terms."""
    return sum((term.points for term in terms), 0.0)
