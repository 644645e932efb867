"""Which of the shown pictures does the head name?

Addresses of one picture's versions share the words and numbers that tell it from others; nothing is fetched.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wireroom.intake.extract.images import without_host
from wireroom.intake.extract.shown import Shown, is_elsewhere, of_news
from wireroom.intake.extract.tables import entries
from wireroom.records.articles import Evidence

_SIZE = re.compile(r"(?:w|h|s|q|\d+x)?\d{1,4}(?:w|h|px|x\d+)?")
_FEW = 2
_NO_WORDS: frozenset[str] = frozenset()


class Search:
    """The search for what the head names: all pictures looked at so far, and those that share a word with it.

    Only those few are judged: whether an address is of the news is dearer than whether it holds a word.
    """

    def __init__(self, stated: Iterable[Evidence], slug: str) -> None:
        trusted = sorted(stated, key=lambda claim: -claim.confidence)
        self._claims = [_tokens((url,)) for url in dict.fromkeys(claim.value for claim in trusted)]
        self._sought = _NO_WORDS.union(*self._claims)
        self._slug = slug
        self._alike: list[tuple[Shown, frozenset[str]]] = []
        self.shown: list[Shown] = []

    def among(self, pictures: Iterable[Shown]) -> Shown | None:
        """Return the picture that the head names, when one of these or of those before is it."""
        more = list(pictures)
        self.shown += more
        near = [found for seen in more if self._mentions(seen) and (found := of_news(seen, self._slug))]
        if not near:
            return None
        self._alike += [(picture, self._sought & _tokens(picture.written)) for picture in near]
        return self._named()

    def _mentions(self, picture: Shown) -> bool:
        """Tell whether a picture's addresses can hold one of the words; cheaper than taking them apart."""
        addresses = " ".join(picture.written).lower()
        return any(map(addresses.__contains__, self._sought))

    def _named(self) -> Shown | None:
        """Return the picture of the most trusted statement that names any.

        A word names a picture unless many pictures of the page have it: that is a folder or the site.
        """
        common = self._common() if len(self._alike) > _FEW else _NO_WORDS
        for named in self._claims:
            same = [(picture, told) for picture, tokens in self._alike if (told := tokens & named - common)]
            if same:
                return _best(same)
        return None

    def _common(self) -> frozenset[str]:
        """Return the words that so many pictures have that they name none."""
        counts = Counter(
            token for tokens in {_tokens(picture.written) for picture, _ in self._alike} for token in tokens
        )
        most = max(_FEW, len({picture.written for picture in self.shown}) * 0.3)
        return frozenset(token for token, count in counts.items() if count > most)


def _best(same: Sequence[tuple[Shown, frozenset[str]]]) -> Shown:
    """Return the picture of the piece's own part that shares most words, the first of several."""
    if len(same) == 1:
        return same[0][0]
    return min(same, key=lambda pair: (is_elsewhere(pair[0].node), -len(pair[1])))[0]


@lru_cache(maxsize=256)
def _tokens(written: tuple[str, ...]) -> frozenset[str]:
    """Return what tells a picture's addresses from another's: long words and numbers, no sizes."""
    found: set[str] = set()
    for url in written:
        _add_telling(without_host(url).lower(), found)
    return frozenset(found)


def _add_telling(path: str, found: set[str]) -> None:
    """Add words with figures anywhere in an address, and of the file's name long words and the whole.

    Words without figures in folders are shared by all pictures of a house.
    """
    file = path.partition("?")[0].rstrip("/").replace("%2f", "/").rpartition("/")[2]
    whole = _without_version(file)
    if len(whole) >= _LEAST_FILE and not whole.isalnum():
        found.add(whole)
    for token in _TOKEN.findall(path):
        if token.isalpha():
            if len(token) >= _LEAST_WORD and token in file and token not in _COMMON:
                found.add(token)
        elif not _SIZE.fullmatch(token):
            found.add(token)


_LEAST_FILE = 15
_COMMON = entries("images", "common")
_LEAST_MIXED, _LEAST_WORD = 6, 10
"""Characters; shorter words are folders that all pictures of a publisher share."""
_TOKEN = re.compile(rf"[a-z0-9]{{{_LEAST_MIXED},}}")


def _without_version(file: str) -> str:
    """Return a file's name without what versions of one picture have at its end: sizes, and the kind of file."""
    stem, _, kind = file.rpartition(".")
    if not stem or _KIND.fullmatch(kind) is None:
        return file
    return _VERSION.sub("", stem) if "x" in stem or stem.endswith("-scaled") else stem


_KIND = re.compile(r"[a-z0-9]{2,5}")
_VERSION = re.compile(r"(?:[-_@]\d{1,4}x(?:\d{1,4})?|-scaled)+$")
