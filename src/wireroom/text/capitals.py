"""Where does running text write words with a capital?

Runs of such words, sentence by sentence, with what stands before them. It must not decide which of them are names.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from msgspec import Struct

from wireroom.text.lexicon import rarity
from wireroom.text.tokens import fold

MOST_CAPITALS, MOST_SPOKEN, MOST_NOUNS = 0.3, 0.45, 0.6
"""Share of capitalised words from which capitals mean nothing: headlines (English news .08–.2), whole sentences of a
known language, which may list names, and those where every noun has one (German news .32–.36)."""
FEW_WORDS = 8
_HEADING = 0.5
"""The same of a few words that end without a full stop: `Argentina cruises` says more than `Cup Final Draw`."""
_DOT = "\u2024"
"""Stands for a full stop that ends no sentence."""
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.(?=\w|\s+[a-z])[^.!?…\n]*)*")
_DATELINE = re.compile(r"^([^\n(]{0,60})\([A-Za-z][A-Za-z.&\- ]{1,30}\)(?=\s*(?:--?|[–—―:])\s)", re.MULTILINE)
"""`LOCKPORT, N.Y. (AP) —`: the place may matter, the agency is never what is told."""
_WORD = re.compile(rf"[^\W\d_](?:[\w'’{_DOT}-]*[\w{_DOT}])?|\d[\w.,-]*|[,;:()“”\"„«»—–&]|(?<=\s)-{{1,2}}(?=\s)")
JOINTS = frozenset({"of", "the", "de", "la", "del", "van", "von", "der", "den", "du", "da", "al", "bin", "&"})
_SPEECH = frozenset('“"„«:')
_DASHES = frozenset({"—", "–", "-", "--"})
"""After these a sentence may begin; after a dash when nothing but a dateline stands before it."""


class Run(Struct, frozen=True, gc=False):
    """Words with capitals one after the other, joints between them."""

    words: tuple[str, ...]
    opens: bool
    """A sentence may begin with it."""
    before: str
    """The word or mark before it, "" at the beginning."""


@cache
def word_table() -> dict[str, Any]:
    """Return the table of words around names."""
    return tomllib.loads(files(__package__).joinpath("names.toml").read_text(encoding="utf-8"))


@cache
def _abbreviated() -> re.Pattern[str]:
    """Find full stops that end no sentence: initials, `U.S.`, `Gov.`."""
    known = "|".join(str(word_table()["abbreviations"]).split())
    return re.compile(rf"(?<![\w.])(?:(?:[A-Z]\.)+|(?:{known})\.)")


def sentences(text: str, most: float = MOST_CAPITALS) -> Iterator[list[str]]:
    """Yield the words and marks of each sentence of running text; headlines and headings are left out.

    `most` is the share of capitals from which a sentence with a full stop is one.
    """
    plain = _abbreviated().sub(lambda found: found[0].replace(".", _DOT), _DATELINE.sub(r"\1", text))
    for line in plain.split("\n"):
        for found in _SENTENCE.finditer(line):
            words = _WORD.findall(found[0])
            if not _is_heading(words, most, ended=found.end() < len(line)):
                yield words


def _is_heading(words: list[str], most: float, *, ended: bool) -> bool:
    """Tell whether everything has capitals, so that they tell nothing."""
    letters = list(filter(str.isalpha, [word[0] for word in words]))
    capitals = sum(map(str.isupper, letters[1:]))
    if len(letters) < FEW_WORDS:
        return not ended and capitals > _HEADING * (len(letters) - 1)
    return capitals > (most if ended else MOST_CAPITALS) * len(letters)


def runs(words: list[str], *, dated: bool = True) -> Iterator[Run]:
    """Yield runs of one sentence; joints count only between capitals, and a possessive ends a run.

    `dated`: behind `LINDALE —` a sentence begins.
    """
    run: list[str] = []
    opens, before, told = True, "", False
    for at, word in enumerate([*words, ","]):
        is_capital = word[0].isupper()
        joins = bool(run) and word.casefold() in JOINTS and at + 1 < len(words) and words[at + 1][0].isupper()
        if run and is_capital and run[-1].endswith(_DOT) and is_plain(word):  # `… in the U.S. The mayor …`
            yield _run(run, opens=opens, before=before)
            run, opens, before = [], True, ""
        if is_capital or joins:
            run.append(word)
        ends = not is_capital and not joins
        if run and (ends or word.endswith(("'s", "’s"))):
            yield _run(run, opens=opens, before=before)
            run, opens = [], False
        if not run:
            before = word
            told = told or word[0].islower()
            opens = word in _SPEECH or (dated and word in _DASHES and not told) or (opens and not word[0].isalnum())


def _run(words: list[str], *, opens: bool, before: str) -> Run:
    return Run(tuple(word.replace(_DOT, ".") for word in words), opens, before)


def is_plain(word: str) -> bool:
    """Tell whether a word is so common that its capital says nothing: `The`, `On`, `He`."""
    return word.casefold() in JOINTS or rarity(fold(word)) <= 0
