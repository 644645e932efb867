"""Which of many phrases occur in a text as whole words? It finds; what a find is worth is decided in combine."""

import re
from collections.abc import Callable, Iterable

from ahocorasick_rs import AhoCorasick, MatchKind

from wireroom.text.tokens import fold

_DASHES = str.maketrans({"-": " ", "_": " "})

_HASHTAG = re.compile(r"(?<!\w)#(\w{2,})")


def opened(text: str) -> str:
    """Return text folded, with dashes as spaces: house styles differ on `facial-recognition`."""
    return " ".join(fold(text).translate(_DASHES).split())


def spaced(text: str) -> str:
    """Return text with single spaces and nothing else changed."""
    return " ".join(text.split())


def hashtags(text: str) -> frozenset[str]:
    """Return the hashtags of a text, folded, without the mark."""
    return frozenset(fold(tag) for tag in _HASHTAG.findall(text)) if "#" in text else frozenset()


class PhraseFinder:
    """Many phrases, sought in one pass (Aho-Corasick); the cost does not grow with their number."""

    def __init__(self, phrases: Iterable[str], plain: Callable[[str], str] = fold) -> None:
        """Take the phrases, and how they and the texts are written before they are compared."""
        self._plain = plain
        self._phrases = tuple(sorted({plain(phrase) for phrase in phrases} - {""}))
        self._automaton = AhoCorasick(self._phrases, matchkind=MatchKind.Standard) if self._phrases else None

    def find(self, text: str) -> dict[str, int]:
        """Return each phrase that occurs as whole words and how often; keys are written plainly."""
        if self._automaton is None:
            return {}
        seen: dict[str, int] = {}
        known, hay = self._phrases, self._plain(text)
        for number, start, end in self._automaton.find_matches_as_indexes(hay, overlapping=True):
            if not (start and hay[start - 1].isalnum()) and not (end < len(hay) and hay[end].isalnum()):
                seen[known[number]] = seen.get(known[number], 0) + 1
        return seen
