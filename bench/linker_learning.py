"""How are weights learned from evidence? A logistic model within bounds, or points for each step of each measure.

It must not know where the evidence comes from.
"""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize
from sklearn.ensemble import HistGradientBoostingClassifier

from wireroom.intake.link.measures import FEATURES

Matrix = np.ndarray[Any, Any]
Bounds = tuple[float | None, float | None]
FREE: Bounds = (None, None)
CALM = 1.0
"""Inverse strength of the pull of weights towards zero."""
ROUNDS, PACE, LEAST, OFFERED = 500, 0.1, 20, 0.5
"""Steps learned one after the other, how much of each is taken, examples on either side of it, and the share of the
measures that each may choose from, by lot: what two measures tell alike is then shared between them."""
BY_HAND = {"linked": 4.0, "repeats": 10.0}
"""No set teaches these. UCI stamps all headlines of a story within seconds (they were collected story by story), so a
learned weight of time would be an artefact; links between articles occur in none of the sets, copies in none of those
learned from (where a copy desk is asked first, they never come this far)."""
BY_HAND_OF_TEXTS = {**BY_HAND, "undated": 0.9}
"""Gives back what `soon` and `age` take from a report that has no date. From .8 to 1.0 the sets without their dates are
judged best; learned from those it is 1.2, and the newsstand's precision falls (docs/stories.md)."""
AGAINST = {"housed", "age"}
"""More of it can only speak against a join …"""
EITHER = {"body", "plain", "fuller"}
"""… of these, more may say either, of all others only for it."""


class Steps(NamedTuple):
    edges: list[float]
    points: list[float]


class Learned(NamedTuple):
    bias: float
    weights: Matrix
    steps: dict[str, Steps]

    def log_odds(self, values: tuple[float, ...]) -> float:
        # For one value, `searchsorted` takes thirty times as long as `bisect_left`.
        stepped = (one.points[bisect_left(one.edges, values[FEATURES.index(name)])] for name, one in self.steps.items())
        return float(np.dot(self.weights, values)) + self.bias + sum(stepped)

    def written(self) -> dict[str, Any]:
        """Return what weights.json keeps of it."""
        named = {name: round(float(w), 3) for name, w in zip(FEATURES, self.weights, strict=True) if round(float(w), 3)}
        steps = {
            name: {"edges": [round(edge, 4) for edge in one.edges], "points": [round(point, 2) for point in one.points]}
            for name, one in self.steps.items()
        }
        return {"bias": round(self.bias, 3), "weights": named} | ({"steps": steps} if steps else {})


def fit_steps(values: Matrix, labels: Matrix, shares: Matrix, used: list[str]) -> Learned:
    """Boost trees of one split each (Friedman 2001), which can only go one way, and add them up by measure."""
    places = [FEATURES.index(name) for name in used]
    ways = [-1 if name in AGAINST else 0 if name in EITHER else 1 for name in used]
    trees = HistGradientBoostingClassifier(
        max_iter=ROUNDS,
        max_depth=1,
        learning_rate=PACE,
        min_samples_leaf=LEAST,
        l2_regularization=1.0,
        monotonic_cst=ways,
        early_stopping=False,
        max_features=OFFERED,
        random_state=1,
    )
    trees.fit(values[:, places], labels, sample_weight=shares)
    bias = float(trees._baseline_prediction.ravel()[0])  # noqa: SLF001 - no other way to what it learned
    gains: dict[str, dict[float, float]] = {}
    for (tree,) in trees._predictors:  # noqa: SLF001 - as above
        top = tree.nodes[0]
        if top["is_leaf"]:
            bias += float(top["value"])
            continue
        low, high = (float(tree.nodes[int(top[side])]["value"]) for side in ("left", "right"))
        gained = gains.setdefault(used[int(top["feature_idx"])], {})
        gained[float(top["num_threshold"])] = gained.get(float(top["num_threshold"]), 0.0) + high - low
        bias += low
    weights = np.zeros(len(FEATURES))
    _by_hand(weights, BY_HAND_OF_TEXTS)
    return Learned(bias, weights, {name: _added(gained) for name, gained in gains.items()})


def _added(gained: Mapping[float, float]) -> Steps:
    edges, points = sorted(gained), [0.0]
    for edge in edges:
        points.append(points[-1] + gained[edge])
    return Steps(edges, points)


def _by_hand(weights: Matrix, known: Mapping[str, float]) -> None:
    for name, weight in known.items():
        weights[FEATURES.index(name)] = weight


def fit(values: Matrix, labels: Matrix, shares: Matrix, used: Mapping[str, Bounds]) -> Learned:
    """Fit a logistic model within bounds and undo the scaling, so that weights apply to raw features."""
    places = [FEATURES.index(name) for name in used]
    scale = values[:, places].std(axis=0) + 1e-9
    scaled = values[:, places] / scale

    def loss(guess: Matrix) -> tuple[float, Matrix]:
        logits = scaled @ guess[:-1] + guess[-1]
        off = shares * (1 / (1 + np.exp(-logits)) - labels)
        total = (shares * (np.logaddexp(0, logits) - labels * logits)).sum() + (guess[:-1] ** 2).sum() / (2 * CALM)
        return float(total), np.append(scaled.T @ off + guess[:-1] / CALM, off.sum())

    bounds = [
        tuple(None if edge is None else edge * factor for edge in edges)
        for edges, factor in zip(used.values(), scale, strict=True)
    ]
    found = minimize(loss, np.zeros(len(places) + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, FREE])
    weights = np.zeros(len(FEATURES))
    weights[places] = found.x[:-1] / scale
    _by_hand(weights, BY_HAND)
    return Learned(float(found.x[-1]), weights, {})
