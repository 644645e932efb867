"""How likely is it, given the evidence, that article and story tell one happening?

An additive model of the log-odds whose weights and points are data, one set for headlines and one for texts. It must
not know how they were learned.
"""

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log1p

import msgspec

from wireroom.intake.link.evidence import Evidence
from wireroom.intake.link.measures import FEATURES

THREE, FIVE = log1p(3), log1p(5)
"""Names in common, as the feature counts them."""
MANY, NEARLY_ALL = 0.35, 0.6
"""Share of them among the names of the report that has fewer (one more is counted, so 0.6 is three of four)."""


class Steps(msgspec.Struct, frozen=True, kw_only=True):
    """What a measure adds to the log-odds: no more by each further unit, but by each edge it is above."""

    edges: tuple[float, ...]
    points: tuple[float, ...]
    """One more than edges."""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """A logistic model: log-odds per unit of each feature, and by the steps it has passed."""

    bias: float
    join: float
    """The probability from which an article joins."""
    merge: float
    """The likeness of two stories' centres from which a report that fits both makes them one."""
    weights: dict[str, float] = {}
    steps: dict[str, Steps] = {}


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Weights by what could be compared."""

    titles: Weights
    texts: Weights

    def of(self, *, textual: bool) -> Weights:
        """Choose the weights by what could be compared."""
        return self.texts if textual else self.titles


class _Ready(msgspec.Struct, frozen=True, kw_only=True):
    """Weights in the order of the features."""

    chosen: Weights
    weights: tuple[tuple[int, float], ...]
    steps: tuple[tuple[int, tuple[float, ...], tuple[float, ...]], ...]
    """Place of the measure, edges, points."""

    def log_odds(self, values: tuple[float, ...]) -> float:
        """Add up what each measure says."""
        straight = [weight * values[at] for at, weight in self.weights]
        stepped = [points[bisect_left(edges, values[at])] for at, edges, points in self.steps]
        return self.chosen.bias + sum(straight) + sum(stepped)


@cache
def model() -> Model:
    """Return the weights learned by bench/train_linker.py."""
    return msgspec.json.decode(files("wireroom.intake.link").joinpath("weights.json").read_bytes(), type=Model)


@cache
def _ready(*, textual: bool) -> _Ready:
    """Put a model's weights in the order of the features."""
    chosen = model().of(textual=textual)
    return _Ready(
        chosen=chosen,
        weights=tuple((FEATURES.index(name), weight) for name, weight in chosen.weights.items()),
        steps=tuple((FEATURES.index(name), one.edges, one.points) for name, one in chosen.steps.items()),
    )


@cache
def wanted() -> Mapping[bool, frozenset[str]]:
    """Return the features that have a weight, of two headlines and of all else: others need not be measured."""
    known = {textual: model().of(textual=textual) for textual in (False, True)}
    return {textual: frozenset((*one.weights, *one.steps)) for textual, one in known.items()}


def merge_from(evidence: Evidence) -> float:
    """Return the likeness of centres from which two stories that both fit become one."""
    return model().of(textual=evidence.textual).merge


def margin(evidence: Evidence) -> float:
    """Return the probability of a join less the probability asked for: joins are at 0 and above."""
    if evidence.foreign:
        return 0.0 if _agree(evidence) else -1.0
    ready = _ready(textual=evidence.textual)
    return 1 / (1 + exp(-max(-50.0, min(50.0, ready.log_odds(evidence.values))))) - ready.chosen.join


def likely(over: float, evidence: Evidence) -> float:
    """Return the probability that belongs to a margin."""
    return over + model().of(textual=evidence.textual).join


def _agree(evidence: Evidence) -> bool:
    """Tell whether reports in two languages agree in names and numbers: the words around them cannot."""
    value = dict(zip(FEATURES, evidence.values, strict=True))
    more = value["names"] >= FIVE or value["numbers"] > 0 or value["names_share"] >= NEARLY_ALL
    return value["names"] >= THREE and value["names_share"] >= MANY and more
