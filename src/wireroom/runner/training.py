"""How does a model come out of labels? Logistic regression on hashed features, calibrated on labels it did not see.

Needs the `ml` extra. The same labels in the same order give the same numbers: one solver, one thread, weights rounded.
"""

from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np
from msgspec import Struct
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from wireroom.records.learned import TextModel
from wireroom.scoring.learned import BUCKETS, Features, bucket, opinion

FOLDS = 5
SMALLEST = 0.01
"""Weights that are left out: they move no probability by a thousandth."""
DIGITS = 4
STRENGTH = 10.0
"""Inverse regularisation; 1 … 100 were tried on the newsstand's topics, F1 differs by .01."""


class Example(Struct, frozen=True, kw_only=True):
    """Features of an article, whether the label is yes, and what must not be divided between training and test."""

    features: Features
    wanted: bool
    group: str


def train(examples: Sequence[Example]) -> TextModel:
    """Train on all examples and calibrate on what folds say of examples they have not seen; both labels must occur."""
    unseen = [(_sum(model, one), one.wanted) for model, fold in _folds(examples) for one in fold]
    slope, shift = _calibration(*zip(*unseen, strict=True))
    model = _fitted(examples)
    return TextModel(
        bias=model.bias,
        slope=round(slope, DIGITS),
        shift=round(shift, DIGITS),
        weights=model.weights,
        examples=len(examples),
    )


def held_out(examples: Sequence[Example]) -> list[float | None]:
    """Return a probability for each example by a model that saw neither it nor its group; None = too few labels."""
    models = [train(rest) if both(rest := _others(examples, fold)) else None for fold in range(FOLDS)]
    asked = ((models[fold_of(one.group)], one) for one in examples)
    return [opinion(model, one.features).probability if model else None for model, one in asked]


def both(examples: Sequence[Example], least: int = 2) -> bool:
    """Tell whether each label occurs so often, in each part that a fold leaves."""
    parts = [examples, *(_others(examples, fold) for fold in range(FOLDS))]
    return all(min(_count(part, wanted=True), _count(part, wanted=False)) >= least for part in parts)


def fold_of(group: str) -> int:
    """Return the fold of a group: always the same one."""
    return crc32(group.encode()) % FOLDS


def _folds(examples: Sequence[Example]) -> Iterator[tuple[TextModel, list[Example]]]:
    """Yield each fold with a model of all others."""
    for fold in range(FOLDS):
        if inside := _fold(examples, fold):
            yield _fitted(_others(examples, fold)), inside


def _count(examples: Sequence[Example], *, wanted: bool) -> int:
    return sum(one.wanted is wanted for one in examples)


def _fold(examples: Sequence[Example], fold: int) -> list[Example]:
    return [one for one in examples if fold_of(one.group) == fold]


def _others(examples: Sequence[Example], fold: int) -> list[Example]:
    return [one for one in examples if fold_of(one.group) != fold]


def _fitted(examples: Sequence[Example]) -> TextModel:
    """Fit weights; uncalibrated."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0, class_weight="balanced", max_iter=1000)
    matrix = _matrix(examples)
    used = np.unique(matrix.indices)
    model.fit(matrix[:, used], [one.wanted for one in examples])
    weights = {
        int(place): round(float(weight), DIGITS)
        for place, weight in zip(used, model.coef_[0], strict=True)
        if abs(weight) >= SMALLEST
    }
    bias = round(float(model.intercept_[0]), DIGITS)
    return TextModel(bias=bias, slope=1.0, shift=0.0, weights=weights, examples=len(examples))


def _matrix(examples: Sequence[Example]) -> csr_matrix:
    rows, columns, values = [], [], []
    for row, one in enumerate(examples):
        for name, value in one.features.items():
            rows.append(row)
            columns.append(bucket(name))
            values.append(value)
    return csr_matrix((values, (rows, columns)), shape=(len(examples), BUCKETS))


def _sum(model: TextModel, one: Example) -> float:
    return model.bias + sum(value * model.weights.get(bucket(name), 0.0) for name, value in one.features.items())


def _calibration(sums: Sequence[float], wanted: Sequence[bool]) -> tuple[float, float]:
    """Fit slope and shift (Platt 1999) with a weak pull toward small slopes."""
    platt = LogisticRegression(C=100.0, solver="liblinear", random_state=0)
    platt.fit(np.array(sums).reshape(-1, 1), wanted)
    return float(platt.coef_[0][0]), float(platt.intercept_[0])
