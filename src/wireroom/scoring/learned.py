"""What does a learned model say of an article, and by which words? Applies weights; how they came about is elsewhere.

Features are words of title, lead and the beginning of the body, pairs of words of the first two, and marks that a judge
adds. They are hashed, so a model is a list of numbers and keeps no vocabulary. Pure Python: reading needs no library.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from math import exp, sqrt
from zlib import crc32

from msgspec import Struct

from wireroom.records.articles import Article
from wireroom.records.learned import TextModel
from wireroom.text.tokens import words

BUCKETS = 1 << 20
"""Room for features: a beat's labels bring some ten thousand, so one in a hundred shares its bucket."""

BODY_WORDS = 250
"""Words of the body that are looked at."""

WEIGHTS = (("title", 2.0), ("lead", 1.0), ("body", 0.5))
SHOWN = 3
FARTHEST = 30.0
"""Beyond this a probability is 0 or 1 to twelve places."""

Features = Mapping[str, float]


class Opinion(Struct, frozen=True, kw_only=True):
    """How probable, and which features spoke for or against it most."""

    probability: float
    because: str


def features_of(article: Article, marks: Iterable[str] = ()) -> dict[str, float]:
    """Return the features of an article by name; those of the text have length 1 together, so has each mark."""
    texts = {"title": article.title, "lead": article.excerpt, "body": article.text[: BODY_WORDS * 8]}
    found: dict[str, float] = {}
    for place, weight in WEIGHTS:
        said = words(texts[place])[:BODY_WORDS]
        for term in said if place == "body" else _terms(said):
            found[term] = max(weight, found.get(term, 0.0))
    length = sqrt(sum(weight * weight for weight in found.values())) or 1.0
    return {term: weight / length for term, weight in found.items()} | {f"{mark} ": 1.0 for mark in marks}


def opinion(model: TextModel, features: Features) -> Opinion:
    """Return what a model says of these features."""
    parts = [(value * weight, name) for name, value in features.items() if (weight := model.weights.get(bucket(name)))]
    total = model.bias + sum(part for part, _ in sorted(parts))
    probability = 1.0 / (1.0 + exp(-max(-FARTHEST, min(FARTHEST, model.slope * total + model.shift))))
    sign = 1.0 if probability >= 0.5 else -1.0
    loudest = sorted((-sign * part, name) for part, name in parts if sign * part > 0)[:SHOWN]
    said = ", ".join(f"“{name.strip()}”" for _, name in loudest) or "the usual share"
    return Opinion(probability=probability, because=said)


@lru_cache(maxsize=1 << 16)
def bucket(name: str) -> int:
    """Return where a feature's weight stands."""
    return crc32(name.encode()) % BUCKETS


def _terms(found: tuple[str, ...]) -> Iterator[str]:
    """Yield words and pairs of neighbours."""
    yield from found
    for first, second in pairwise(found):
        yield f"{first} {second}"
