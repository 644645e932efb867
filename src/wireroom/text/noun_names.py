"""Which capitals are names where every noun has one, as in German?

Nouns stand behind articles, adjectives and counts; names stand beside each other, behind what somebody is, or alone.
It must not be asked of other languages.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

from msgspec import Struct

from wireroom.text.capitals import Run, word_table
from wireroom.text.lexicon import UNLISTED, rarity
from wireroom.text.tokens import fold

_ADJECTIVE = ("e", "en", "er", "es", "em")
_PAST = ("te", "ten")
"""`sagte Vega` is no adjective before a noun."""
_PLURAL = ("e", "en", "er", "n", "s")
NOUN = 2
"""Times as often that a name may stand alone as behind what looks like an adjective: `werde Vega`."""
KNOWN_FROM = 2.5
"""Rarity in English from which a word that opens a sentence may be a first name: `die` 2.6, `Daniel` 4."""
OFTEN = 2
"""Times that a word stands alone, never behind an article, until it is taken for a name."""


class _Words(Struct, frozen=True):
    determiners: frozenset[str]
    places: frozenset[str]
    roles: tuple[str, ...]


@cache
def _german() -> _Words:
    table = word_table()["german"]
    return _Words(
        frozenset(table["determiners"].split()), frozenset(table["places"].split()), tuple(table["roles"].split())
    )


class _Piece(Struct, frozen=True):
    """Capitalised words beside each other, and the word before them."""

    words: tuple[str, ...]
    before: str
    opens: bool

    @property
    def determined(self) -> bool:
        """Tell whether they stand as a noun does: behind an article, a count or an adjective."""
        word = self.before.lower()
        if word in _german().determiners or word[:1].isdigit():
            return True
        return self.before == word and len(word) > 3 and word.endswith(_ADJECTIVE) and not word.endswith(_PAST)

    @property
    def by_adjective(self) -> bool:
        """Tell names such as `die Europäische Union`: an adjective has a capital in a name alone."""
        return len(self.words) > 1 and self.words[0].endswith(_ADJECTIVE) and not _is_role(self.words[0])


def among_nouns(
    runs: Sequence[Run], opener: Callable[[str], bool], hints: Collection[str] = ()
) -> Iterator[tuple[str, bool]]:
    """Yield names, and whether each is surely one.

    `opener` tells words that a sentence gave their capital, `hints` are names that the text may use.
    """
    inner = {word for run in runs for word in run.words[run.opens :]}
    pieces = [piece for run in runs for piece in _pieces(run, lambda word: opener(word) or _opens(word, inner))]
    behind = Counter(one.words[0] for one in pieces if one.determined and not one.by_adjective)
    free = Counter(one.words[0] for one in pieces if not one.determined)
    nouns = {word for word, count in behind.items() if NOUN * count >= free[word] and not _is_acronym(word)}
    alone = Counter(one.words[0] for one in pieces if len(one.words) == 1 and not one.determined and not one.opens)
    placed = {one.words[0] for one in pieces if one.before.lower() in _german().places}
    often = {word for word, count in alone.items() if count >= OFTEN and (word in placed or not word.endswith(_PLURAL))}
    often = often.union(word for word in hints if word in alone) - nouns
    for one in pieces:
        words, shown = _told(one, nouns, inner)
        if words:
            name = " ".join(words)
            yield name, shown or len(words) > 1 or _is_acronym(name) or name in often


def _opens(word: str, inner: Collection[str]) -> bool:
    """Tell words that may have their capital from the sentence: first names are in the list of English."""
    return word not in inner and not KNOWN_FROM <= rarity(fold(word)) < UNLISTED


def _pieces(run: Run, opener: Callable[[str], bool]) -> Iterator[_Piece]:
    """Cut a run at the joints, which in German stand between nouns too; `von` belongs to a name behind a role."""
    words, before, opens = list(run.words), run.before, run.opens
    if words[0].lower() in _german().determiners or (opens and opener(words[0])):
        before, opens = words.pop(0).lower(), False
    piece: list[str] = []
    for word in words:
        if (
            (word[0].isupper() and word.lower() not in _german().determiners)
            or (len(piece) > 1 and _is_role(piece[0]))
            or word == "&"
        ):
            piece.append(word)
            continue
        if piece:
            yield _Piece(tuple(piece), before, opens)
        piece, before, opens = [], word, False
    if piece:
        yield _Piece(tuple(piece), before, opens)


def _told(one: _Piece, nouns: Collection[str], inner: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """Return the words of the name in a piece, and whether a role in front shows it to be one."""
    words, role = one.words, False
    if one.determined and not (one.by_adjective or _is_role(words[0]) or _is_acronym(words[0])):
        words = words[1:]
    while words and (_is_role(words[0]) or words[0] in nouns or _is_compound(words)):
        role, words = role or _is_role(words[0]), words[1:]
    cut = next((at for at, word in enumerate(words) if word in nouns), len(words))
    if cut > 1 and words[0].endswith("s") and words[0][:-1] in inner:  # `Kenias Regierung`
        return (words[0][:-1],), False
    return words[:cut], role


def _is_compound(words: tuple[str, ...]) -> bool:
    """Tell a noun made of several in front of a name: `Klub-Spielmacher Tom Gren`, not `Frank-Walter Gren`."""
    last = words[0].rpartition("-")[2] if "-" in words[0] else words[0] if len(words) > 2 else ""
    return len(words) > 1 and bool(last) and rarity(fold(last)) >= UNLISTED


def _is_role(word: str) -> bool:
    """Tell a word that says what somebody is, by how it ends: `Bundeskanzlerin`, `Ex-Trainer`."""
    return word.lower().endswith(_german().roles)


def _is_acronym(word: str) -> bool:
    """Tell `EU` and `BVerfG`; in a compound the last part is a noun."""
    return "-" not in word and sum(map(str.isupper, word)) > 1
