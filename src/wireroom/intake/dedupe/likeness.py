"""How much of one text stands in another, and which passage shows it?

Words between quotation marks do not count: independent reporters write down the same sentence of a speaker.
"""

import re
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from wireroom.text.fingerprints import shingles
from wireroom.text.lexicon import UNLISTED, rarity
from wireroom.text.names import names
from wireroom.text.similarity import containment, jaccard, passages
from wireroom.text.tokens import fold, words

LONGEST = 40_000
"""Characters compared; a longer text repeats itself or is not an article."""
LEAST_RUN = 6
"""Words in a row that two people hardly write by chance (names and titles reach five)."""
NEAR = 0.5
INSIDE = 0.7
ORDERED = 0.25
RUNS = 2
"""A passage alone may be a common source; two in the same order, a quarter of the text, are not."""
PROOF = 40
"""Words of the passage that are kept as proof."""
AGREED = 0.6
"""Weekly prices, results and weather are one form with other names and numbers: not copies. On our pairs and the
newsstand copies agree in .78 of them and more, forms in .36 and less."""
WORTH_ASKING = 0.2
"""Share of common runs below which nothing is a copy, whatever is agreed."""
READINGS = 64
"""Texts whose reading is kept: a new one is compared with up to eight, and copies of one text come together."""
_QUOTED = re.compile(r'"[^"]{15,600}"')


class Likeness(Struct, frozen=True, kw_only=True):
    """Shares from 0 to 1 and what they have in common."""

    same: float
    """Common among all runs of four words."""
    inside: float
    """Share of the shorter text's runs that stand in the other."""
    ordered: float
    """Share of the copy's unquoted words that stand in common passages, in order."""
    runs: int
    proof: tuple[str, ...]
    """The longest common passage, or its beginning, in folded words."""
    agreed: float
    """Share of names and numbers of the text with fewer that the other has too."""

    @property
    def is_copy(self) -> bool:
        """Tell whether so much in common cannot be chance, nor a form filled in with other names."""
        much = self.same >= NEAR or self.inside >= INSIDE or (self.ordered >= ORDERED and self.runs >= RUNS)
        return much and self.agreed >= AGREED


def compare(copy: str, original: str) -> Likeness:
    """Measure how much a text repeats another."""
    (one, ones), (other, others) = _unquoted(copy[:LONGEST]), _unquoted(original[:LONGEST])
    inside = max(containment(ones, others), containment(others, ones))
    found = passages(one, other, LEAST_RUN) if inside > 0.04 else ()
    longest = max(found, key=lambda passage: len(passage.words), default=None)
    return Likeness(
        same=jaccard(ones, others),
        inside=inside,
        ordered=sum(len(passage.words) for passage in found) / max(1, min(len(one), len(other))),
        runs=len(found),
        proof=longest.words[:PROOF] if longest else (),
        agreed=_agreed(copy[:LONGEST], original[:LONGEST]) if inside >= WORTH_ASKING else 0.0,
    )


def _agreed(copy: str, original: str) -> float:
    """Compare names and numbers; texts without any agree."""
    ones, others = _told(copy), _told(original)
    least = min(len(ones), len(others))
    return len(ones & others) / least if least else 1.0


@lru_cache(READINGS)
def _told(text: str) -> frozenset[str]:
    """Return the words of names, and numbers of more than one digit."""
    named = chain.from_iterable(map(words, names(text, listed=False)))
    return frozenset((*named, *(word for word in words(text) if rarity(word) >= UNLISTED or _is_number(word))))


def _is_number(word: str) -> bool:
    return word[0].isdigit() and len(word) > 1


@lru_cache(READINGS)
def _unquoted(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words outside quotation marks and their runs of four; all words when little else is left."""
    plain = fold(text)
    bare = words(_QUOTED.sub(" ", plain))
    told = bare if len(bare) >= 30 else words(plain)
    return told, frozenset(shingles(told))
