"""Where in a text do the keywords of a beat occur? It finds; what a find is worth is decided in combine.

A keyword is a word or phrase; `scan*` also takes longer words; `face NEAR/6 camera*` wants both within six words of
each other, in either order: the notation of press monitoring, where one line stands for a hundred fixed phrases.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from wireroom.text.tokens import fold

_DASHES = str.maketrans({"-": " ", "_": " "})
_HASHTAG = re.compile(r"(?<!\w)#(\w{2,})")
_NEAR = re.compile(r"\s+NEAR/(\d{1,2})\s+")

Span = tuple[int, int]
Spot = tuple[int, int, bool]
"""Start, end, and whether a word ends there."""


def opened(text: str) -> str:
    """Return text folded, with dashes as spaces: house styles differ on `facial-recognition`."""
    return " ".join(fold(text).translate(_DASHES).split())


def spaced(text: str) -> str:
    """Return text with single spaces and nothing else changed."""
    return " ".join(text.split())


def hashtags(text: str) -> frozenset[str]:
    """Return the hashtags of a text, folded, without the mark."""
    return frozenset(fold(tag) for tag in _HASHTAG.findall(text)) if "#" in text else frozenset()


def parts(phrase: str) -> list[str]:
    """Return the phrases that have to stand near each other; one for a plain phrase."""
    return [part.strip() for part in _NEAR.split(phrase)[::2]]


def written(phrase: str, plain: Callable[[str], str] = fold) -> str:
    """Return a keyword as it is compared: its words written plainly, `*` and `NEAR/n` as they are."""
    pieces = _NEAR.split(phrase)
    pieces[::2] = [plain(piece) for piece in pieces[::2]]
    return pieces[0] if len(pieces) == 1 else f"{pieces[0]} NEAR/{pieces[1]} {pieces[2]}"


class _Query(Struct, frozen=True):
    """A keyword with `*` or `NEAR/n`: its parts by number, and whether each is only a word's beginning."""

    key: str
    parts: tuple[tuple[int, bool], ...]
    within: int


class PhraseFinder:
    """Many phrases, sought in one pass (Aho-Corasick); the cost does not grow with their number."""

    def __init__(self, phrases: Iterable[str], plain: Callable[[str], str] = fold) -> None:
        """Take the phrases, and how they and the texts are written before they are compared."""
        self._plain = plain
        keys = sorted({written(phrase, plain) for phrase in phrases} - {""})
        texts = sorted({part.removesuffix("*") for key in keys for part in parts(key)})
        numbers = {text: number for number, text in enumerate(texts)}
        self._literal = dict.fromkeys(numbers[key] for key in keys if key in numbers)
        self._texts = tuple(texts)
        queries = [_query(key, numbers) for key in keys if key.endswith("*") or len(parts(key)) > 1]
        self._parts = frozenset(number for query in queries for number, _ in query.parts)
        self._by_first: dict[int, list[_Query]] = {}
        for query in queries:
            self._by_first.setdefault(query.parts[0][0], []).append(query)
        self._automaton = AhoCorasick(texts, matchkind=MatchKind.Standard) if texts else None

    def find(self, text: str) -> dict[str, list[Span]]:
        """Return each keyword that occurs, written plainly, and where in the plainly written text."""
        if self._automaton is None:
            return {}
        seen: dict[str, list[Span]] = {}
        spots: dict[int, list[Spot]] = {}
        hay = self._plain(text)
        texts, literal, wanted, size = self._texts, self._literal, self._parts, len(hay)
        for number, start, end in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            if start and hay[start - 1].isalnum():
                continue
            whole = end == size or not hay[end].isalnum()
            if whole and number in literal:
                seen.setdefault(texts[number], []).append((start, end))
            if number in wanted:
                spots.setdefault(number, []).append((start, end, whole))
        return seen | self._answers(spots, hay) if spots else seen

    def _answers(self, spots: Mapping[int, list[Spot]], hay: str) -> dict[str, list[Span]]:
        """Answer the queries whose parts all stand somewhere: a handful of some hundred."""
        asked = (query for number in spots for query in self._by_first.get(number, ()))
        answers = ((query.key, _met(query, spots, hay)) for query in asked if query.parts[-1][0] in spots)
        return {key: spans for key, spans in answers if spans}


def _query(key: str, numbers: Mapping[str, int]) -> _Query:
    within = _NEAR.search(key)
    return _Query(
        key,
        tuple((numbers[part.removesuffix("*")], part.endswith("*")) for part in parts(key)),
        int(within[1]) if within else 0,
    )


def _met(query: _Query, spots: Mapping[int, list[Spot]], hay: str) -> list[Span]:
    """Return where a query is met: every place of its first part that has the second one near."""
    found = [[(start, end) for start, end, whole in spots[number] if whole or stem] for number, stem in query.parts]
    if len(found) == 1:
        return found[0]
    near = (
        next((_around(one, two) for two in found[1] if _words_between(one, two, hay) <= query.within), None)
        for one in found[0]
    )
    return [pair for pair in near if pair]


def _around(first: Span, second: Span) -> Span:
    return min(first[0], second[0]), max(first[1], second[1])


def _words_between(first: Span, second: Span, hay: str) -> float:
    """Count words from one place to the next, 1 for neighbours; never for places that overlap."""
    left, right = sorted((first, second))
    return hay.count(" ", left[1], right[0]) if left[1] <= right[0] else float("inf")
