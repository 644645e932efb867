"""Which words of a stated title are the headline, as the newsroom meant it?

Strips publisher names, section labels and site suffixes on the page's own evidence; words are never changed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.tokens import fold, words

LONGEST_TITLE = 400
"""Characters; a longer one counts only where the page states none within."""
LONGEST_LAW = 2_000
"""Characters; captions of court cases and bills run to hundreds, beyond this a title is not one."""
_MOST_CUTS = 4


def cleaned(clues: Sequence[Evidence], house: Iterable[str]) -> tuple[tuple[str, Evidence], ...]:
    """Return (headline, evidence) for every stated title that can be one."""
    ours = frozenset(letters for name in house if (letters := key(name)))
    stated = _of_length(clues, LONGEST_TITLE) or _of_length(clues, LONGEST_LAW)
    known = frozenset(key(clue.value) for clue in stated)
    shown = frozenset(key(clue.value) for clue in stated if clue.source == "heading")
    frame = _Known(house=ours, stated=known, shown=shown)
    found = [(_headline(clue.value, frame), clue) for clue in stated]
    named = tuple((title, clue) for title, clue in found if title and key(title) not in ours)
    return named or tuple((clue.value, clue) for clue in stated if clue.source == "heading")


def _of_length(clues: Iterable[Evidence], longest: int) -> list[Evidence]:
    return [clue for clue in clues if 0 < len(clue.value) <= longest]


class _Known(Struct, frozen=True):
    """What the page's other statements tell: names of the house, all stated titles, those shown as headings (keys)."""

    house: frozenset[str]
    stated: frozenset[str]
    shown: frozenset[str]


def _headline(title: str, known: _Known) -> str:
    """Cut house names and whatever other evidence shows to be no part of the headline, from both ends."""
    for _ in range(_MOST_CUTS):
        shorter = _cut(title, known)
        if shorter == title:
            break
        title = shorter
    return title.strip()


def _cut(title: str, known: _Known) -> str:
    for head, tail in _splits(title):
        if key(tail) in known.house or key(head) in known.shown:
            return head
        if key(head) in known.stated and len(tail) < len(head):
            return head
        if key(head) in known.house:
            return tail
    return title


def _splits(title: str) -> Iterator[tuple[str, str]]:
    """Yield (head, tail) at every separator, the last first."""
    for found in reversed(list(_separator().finditer(title))):
        head, tail = title[: found.start()].strip(), title[found.end() :].strip()
        if head and tail:
            yield head, tail


def parts(title: str) -> list[str]:
    """Return what stands between the separators of a title."""
    return [part.strip() for part in _separator().split(title) if part.strip()]


@cache
def _separator() -> re.Pattern[str]:
    known = table("titles")
    spaced = "|".join(map(re.escape, known["spaced"]))
    tight = "|".join(map(re.escape, known["tight"]))
    return re.compile(
        rf"\s+(?:{spaced})\s+|\s*(?:{tight})\s*|(?<=[^\s\w])-(?=\w)|(?<=[\uac00-\ud7a3])-(?=[\uac00-\ud7a3])"
    )


@lru_cache(maxsize=1024)
def key(title: str) -> str:
    """Return what titles that differ in case and punctuation at most have in common."""
    return "".join(words(title)) or fold(title)


def has_kicker(title: str, bare: str) -> bool:
    """Tell whether a title is a kicker, a separator and the headline whose key is given."""
    colon = title.partition(": ")[2]
    return key(colon) == bare or any(key(tail) == bare for _, tail in _splits(title))
