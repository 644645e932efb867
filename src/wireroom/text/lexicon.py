"""How telling is a word: does everybody use it, or only those who tell the same thing?

A rarity for every word from a shipped table, so that the first article of a beat is weighed like the ten-thousandth.
It must not learn from the articles: the same text weighs the same on every run.
"""

from collections.abc import Collection, Iterable
from functools import cache
from importlib.resources import files
from sys import intern

UNLISTED = 9.0
"""Names, misspellings and coinages: rarer than one word in ten million."""
_STRANGE = -UNLISTED
KEPT = 400_000
"""Words remembered beyond the table; more would only cost memory."""
_BITS_OF_NO_WEIGHT = 10.0
"""A word that is one in a thousand (2^-10) occurs in nearly every report."""


@cache
def _table() -> dict[str, float]:
    """Read the shipped table as word → rarity."""
    text = files("wireroom.text").joinpath("word_shares.txt").read_text(encoding="utf-8")
    table: dict[str, float] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            mark, *members = line.split()
            table.update(dict.fromkeys(members, _scaled(int(mark) / 4)))
    return table


def _scaled(bits: float) -> float:
    """Turn −log2 of a word's share into 0 (in every text) … UNLISTED."""
    return min(UNLISTED, max(0.0, (bits - _BITS_OF_NO_WEIGHT) * 0.75))


class _Weighed(dict[str, tuple[float, str]]):
    """Every word asked for with its rarity; words that are in no list are weighed once and kept."""

    def __missing__(self, word: str) -> tuple[float, str]:
        """Weigh a word that the table lacks."""
        pair = (_negative(_unlisted(word)), intern(word))
        if len(self) < KEPT:
            self[word] = pair
        return pair


@cache
def _weighed() -> _Weighed:
    """Return the table in the form that answers fastest: a hundred words a report are asked for."""
    return _Weighed({word: (_negative(rare), intern(word)) for word, rare in _table().items()})


@cache
def _negative(rare: float) -> float:
    """Return one number for all words of a rarity: what is read that often stays in the processor's cache."""
    return -rare


def rarity(word: str) -> float:
    """Return 0 for words of every text up to 9 for names and coinages; numbers count by their length."""
    return -_weighed()[word][0]


def rarities(words: Iterable[str]) -> list[float]:
    """Return the rarity of each word."""
    return [-negative for negative, _ in map(_weighed().__getitem__, words)]


def weighed(words: Iterable[str]) -> list[tuple[float, str]]:
    """Return each word, one string for all its uses, behind its negative rarity: sorted, the most telling come first.

    One look-up and no new object a word: most of the time that an article takes goes into looking its words up.
    """
    return list(map(_weighed().__getitem__, words))


def unlisted(words: Collection[str]) -> frozenset[str]:
    """Return those words that no list has, also not in another form."""
    return frozenset([word for negative, word in weighed(set(words).difference(_familiar())) if negative <= _STRANGE])


@cache
def _familiar() -> frozenset[str]:
    """Return the words of the table that are not as rare as what it lacks."""
    return frozenset(word for word, rare in _table().items() if rare < UNLISTED)


def _unlisted(word: str) -> float:
    """Weigh numbers, contractions, plurals and the unknown."""
    if word[:1].isdigit():
        is_year = len(word) == 4 and word[:2] in {"19", "20"}
        return 1.5 if is_year else min(6.0, 1.0 + len(word))
    table = _table()
    if "'" in word:
        return min(table.get(part, UNLISTED) for part in word.split("'") if part)
    if word.endswith("s"):
        return table.get(word[:-1], UNLISTED)
    return UNLISTED if len(word) > 1 else 0.0
