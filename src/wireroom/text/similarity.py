"""How much do two texts share, and in which words and order?

Measures only: what share makes a copy or a story is decided elsewhere.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from msgspec import Struct

MOST_PLACES = 4
"""Places remembered of one run: a text that repeats itself must not cost the square of its length."""
MOST_RUNS = 400


class Passage(Struct, frozen=True, kw_only=True):
    """A run of words that stands in both texts; positions count words."""

    in_one: int
    in_other: int
    words: tuple[str, ...]


def jaccard(one: Collection[str], other: Collection[str]) -> float:
    """Return the share of common members among all members; 0 when both are empty."""
    a, b = frozenset(one), frozenset(other)
    return len(a & b) / len(a | b) if a or b else 0.0


def containment(part: Collection[str], whole: Collection[str]) -> float:
    """Return the share of the first set's members that are in the second."""
    a = frozenset(part)
    return len(a & frozenset(whole)) / len(a) if a else 0.0


def passages(one: Sequence[str], other: Sequence[str], least: int = 5) -> tuple[Passage, ...]:
    """Return runs of at least `least` words that stand in both texts in the same order, in order.

    The cost grows with the length of the texts, not with its square, whatever they hold.
    """
    return _longest_chain(tuple(islice(_runs(one, other, least), MOST_RUNS)))


def _runs(one: Sequence[str], other: Sequence[str], least: int) -> Iterator[Passage]:
    """Yield common runs by their place in the first text; of several places in the other, the nearest to the last."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(other) - least + 1):
        known = places.setdefault(tuple(other[at : at + least]), [])
        if len(known) < MOST_PLACES:
            known.append(at)
    at, expected = 0, 0
    while at <= len(one) - least:
        found = places.get(tuple(one[at : at + least]))
        if found is None:
            at += 1
            continue
        start = min(found, key=lambda place: (abs(place - expected), place))
        size = _common(one, other, at, start)
        yield Passage(in_one=at, in_other=start, words=tuple(one[at : at + size]))
        at, expected = at + size, start + size


def _common(one: Sequence[str], other: Sequence[str], at: int, start: int) -> int:
    """Count equal words from two places on."""
    size = 0
    for mine, theirs in zip(islice(one, at, None), islice(other, start, None), strict=False):
        if mine != theirs:
            break
        size += 1
    return size


def _longest_chain(runs: Sequence[Passage]) -> tuple[Passage, ...]:
    """Choose the runs of most words whose places ascend in both texts (longest increasing subsequence by weight)."""
    best: list[tuple[int, int]] = []
    for at, run in enumerate(runs):
        before = [(best[k][0], k) for k in range(at) if runs[k].in_other + len(runs[k].words) <= run.in_other]
        total, last = max(before, default=(0, -1))
        best.append((total + len(run.words), last))
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    chain: list[Passage] = []
    while at >= 0:
        chain.append(runs[at])
        at = best[at][1]
    return tuple(reversed(chain))
