"""How likely is it, given the evidence, that article and story tell one happening?

A logistic model whose weights are data, one set for headlines and one for texts. It must not know how they were
learned.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp, log1p

import msgspec

from wireroom.intake.link.evidence import FEATURES, Evidence

THREE, FIVE = log1p(3), log1p(5)
"""Names in common, as the feature counts them."""
MANY, NEARLY_ALL = 0.35, 0.6
"""Share of them among the names of the report that has fewer (one more is counted, so 0.6 is three of four)."""


class Weights(msgspec.Struct, frozen=True, kw_only=True):
    """A logistic model: log-odds per unit of each feature."""

    bias: float
    join: float
    """The probability from which an article joins."""
    merge: float
    """The likeness of two stories' centres from which a report that fits both makes them one."""
    weights: dict[str, float]


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Weights by what could be compared."""

    titles: Weights
    texts: Weights


@cache
def model() -> Model:
    """Return the weights learned by bench/train_linker.py."""
    return msgspec.json.decode(files("wireroom.intake.link").joinpath("weights.json").read_bytes(), type=Model)


@cache
def _ordered(*, textual: bool) -> tuple[Weights, tuple[float, ...]]:
    """Return a model and its weights in the order of the features."""
    chosen = model().texts if textual else model().titles
    return chosen, tuple(chosen.weights.get(name, 0.0) for name in FEATURES)


@cache
def wanted() -> Mapping[bool, frozenset[str]]:
    """Return the features that have a weight, of two headlines and of all else: others need not be measured."""
    return {textual: frozenset(_ordered(textual=textual)[0].weights) for textual in (False, True)}


def merge_from(evidence: Evidence) -> float:
    """Return the likeness of centres from which two stories that both fit become one."""
    return _ordered(textual=evidence.textual)[0].merge


def margin(evidence: Evidence) -> float:
    """Return the probability of a join less the probability asked for: joins are at 0 and above."""
    if evidence.foreign:
        return 0.0 if _agree(evidence) else -1.0
    chosen, weights = _ordered(textual=evidence.textual)
    total = chosen.bias + sum(map(float.__mul__, weights, evidence.values))
    return 1 / (1 + exp(-max(-50.0, min(50.0, total)))) - chosen.join


def _agree(evidence: Evidence) -> bool:
    """Tell whether reports in two languages agree in names and numbers: the words around them cannot."""
    value = dict(zip(FEATURES, evidence.values, strict=True))
    more = value["names"] >= FIVE or value["numbers"] > 0 or value["names_share"] >= NEARLY_ALL
    return value["names"] >= THREE and value["names_share"] >= MANY and more
