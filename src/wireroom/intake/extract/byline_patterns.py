"""Which words do bylines hold besides names, and which patterns find them?

Makes look-ups and patterns of the dated table, each once. It must not cut or judge a byline.
"""

import re
from collections.abc import Iterable
from functools import cache

from wireroom.intake.extract.tables import table
from wireroom.text.tokens import fold

_ASCII_ROLE = re.compile(r"[a-z]")
NOBILIARY = frozenset(
    "von van vom zu zum zur de der den del della di da do dos das du la le ten ter al el bin ibn ap af av".split()
)
"""Small words that names begin with."""


@cache
def words_of(name: str) -> frozenset[str]:
    """Return one list of the table, folded."""
    return frozenset(fold(word) for word in table("bylines")[name])


def _written(*names: str) -> str:
    """Return a pattern of the words of lists, with their accents and without."""
    words = [word for name in names for word in table("bylines")[name]]
    return alternatives({*words, *(fold(word) for word in words)})


@cache
def of_roles() -> frozenset[str]:
    """Return every word that roles are made of."""
    return words_of("role_heads") | words_of("role_words")


@cache
def words_told() -> frozenset[str]:
    """Return every word that the tables know to be no name, or an agency's."""
    lists = (listed for listed in table("bylines").values() if isinstance(listed, list))
    agencies = (name for known in table("agencies")["names"].items() for name in known)
    told = [*_LOUD, *NOBILIARY, *agencies, *(entry for listed in lists for entry in listed)]
    return frozenset(word for entry in told for word in _LETTERS.findall(fold(entry)))


_LETTERS = re.compile(r"[^\W\d_]+")


def is_untold(text: str) -> bool:
    """Tell whether no table knows any of a text's words, nothing but ASCII letters: none is a role, a place, a day."""
    plain = text.isascii() and text.replace(" ", "").isalpha()
    return plain and words_told().isdisjoint(text.lower().split())


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first.

    Words that begin alike stand together: a hundred are tried in a third of the time where case is ignored.
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


_TWO_WORDS = r"\s+(?=[^\s:]+\s+[^\s:])"
_COLON = r"\s*(?:[:\uff1a]|(?<=[\u3400-\u9fff])[・=\uff1d])\s*"


@cache
def prefix() -> re.Pattern[str]:
    """Return the pattern of words before a name; nouns and particles need a colon or two words after them."""
    kinds = rf"(?:{_written('kinds')}){_COLON}"
    return re.compile(rf"{signing().pattern}|(?:{_written('particles')}){_TWO_WORDS}|{kinds}", re.IGNORECASE)


@cache
def stamp() -> re.Pattern[str]:
    """Return the pattern of words between a name and when the piece came out."""
    return re.compile(rf"\s+(?:{_written('stamps')})\b(?!\s+(?:{_BY}|door)\b)", re.IGNORECASE)


def _double(nouns: str) -> str:
    """Return the pattern of a noun in one or both forms: "Autor", "Autorin/Autor", "Autor:in"."""
    return rf"(?:{nouns})(?:[:*_]in(?:nen)?|\(in\))?(?:\s*/\s*(?:{nouns}))?"


@cache
def labelling() -> re.Pattern[str]:
    """Return the pattern of a noun for the author before a name."""
    return re.compile(rf"{_double(_written('labels'))}(?:{_COLON}|{_TWO_WORDS})", re.IGNORECASE)


@cache
def signing() -> re.Pattern[str]:
    """Return the pattern of all words that bylines begin with."""
    return re.compile(rf"(?:{_written('prefixes')})(?:{_COLON}|\s+)|{labelling().pattern}", re.IGNORECASE)


@cache
def other_work() -> re.Pattern[str]:
    """Return the pattern of what somebody else did for the piece."""
    by = rf"\s+(?:{_BY})\b"
    return re.compile(
        rf"(?:{_written('pictures')})\b(?:{by})?|(?:{_written('others')})(?:{_COLON}|{by}|\s*\Z)", re.IGNORECASE
    )


_BY = "by|von|av|af|di|de|par|por"


@cache
def joiner() -> re.Pattern[str]:
    """Return the pattern of words between names: as written, since "A", "I" and "Dan" are parts of names."""
    words = table("bylines")["joiners"]
    return re.compile(rf"\s+(?:{alternatives([*words, *_LOUD])})\s+")


@cache
def joins() -> re.Pattern[str]:
    """Return the pattern of such a word at the beginning, after the comma of "Ada, Bo, and Cleo"."""
    words = [word for word in table("bylines")["joiners"] if len(word) > 1]
    return re.compile(rf"(?:{alternatives([*words, *_LOUD])})\s+")


_LOUD = ("AND", "And", "UND", "Und", "WITH", "With")


@cache
def unspaced_role() -> re.Pattern[str]:
    """Return the pattern of a role that is written together with a name."""
    roles = _unspaced_roles()
    return re.compile(rf"\s*(?:{roles})$|^(?:{roles})\s*")


@cache
def titling() -> re.Pattern[str]:
    """Return the pattern of a name and its role in Chinese, Japanese and Korean."""
    return re.compile(rf"(?:\S{{2,12}}\s+)?[\u3400-\u9fff\uac00-\ud7a3]{{2,6}}\s*(?:{_unspaced_roles()})")


def _unspaced_roles() -> str:
    return alternatives(role for role in table("bylines")["roles"] if not _ASCII_ROLE.search(role))
