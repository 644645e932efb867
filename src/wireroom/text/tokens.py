"""Which words and sentences does a text consist of?

Comparable words only: case, accents and typography are folded away. It must not weigh, drop or translate words: what
matters is the caller's question.
"""

import re
import unicodedata

_TYPOGRAPHY = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u0060": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2212": "-",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\ufeff": "",
}  # fmt: skip
"""Quotes, dashes and invisible characters that publishers set differently for the same text."""
_TYPOGRAPHIC, _BEYOND_ASCII = re.compile(f"[{''.join(_TYPOGRAPHY)}]"), re.compile(r"[^\x00-\x7f]")

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Thai, Lao, Burmese, Khmer, kana and Han: written without spaces, so pairs of characters stand for words."""

_LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])"
"""Vowel signs of Indic scripts (Devanagari to Sinhala) are part of the word; to Python they are no letters."""
_WORD = re.compile(rf"\d+(?:[.,:]\d+)*|{_LETTER}+(?:'{_LETTER}+)*\d*|\w")
_ASCII_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*\d*|\d+(?:[.,:]\d+)*|_", re.ASCII)
"""The same for text in lower case that is all ASCII: half the time, and most text is."""
_RUN = re.compile(f"[{UNSPACED}]+")
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)\]]))\s+(?=[\"'“‘(\[]?[^\W_a-z])|(?<=[\u3002\uff01\uff1f])|\n{2,}|\n(?=[-•*])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|st|sen|rep|gov|gen|col|lt|sgt|prof|rev|jr|sr|no|vs|inc|corp|co|ltd|u\.s|u\.k|u\.n|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|a\.m|p\.m|[a-z])\.$",
    re.IGNORECASE,
)
"""What ends in a full stop without ending a sentence (English, 2026-11)."""


def fold(text: str) -> str:
    """Return text in lower case without accents, with plain quotes and dashes and single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    # A text has few distinct ones: replacing those is five times as fast as translating every character.
    for char in set(_TYPOGRAPHIC.findall(text)):
        text = text.replace(char, _TYPOGRAPHY[char])
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        for mark in filter(_is_accent, set(_BEYOND_ASCII.findall(text))):
            text = text.replace(mark, "")
    return " ".join(text.casefold().split())


def _is_accent(char: str) -> bool:
    """Tell marks beside a letter from those that are letters: nukta and virama (classes 7 and 9) of Indic scripts."""
    return unicodedata.combining(char) not in (0, 7, 9)


def words(text: str) -> tuple[str, ...]:
    """Return the folded words of a text in order; `'s` is dropped, numbers keep their inner points and commas."""
    plain = text.lower() if text.isascii() else fold(text)
    found = (_ASCII_WORD if plain.isascii() else _WORD).findall(plain)
    if not plain.isascii() and _RUN.search(plain):
        found = [part for word in found for part in _parts(word)]
    if "'s" in plain:
        found = [word.removesuffix("'s") for word in found]
    return tuple(found)


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text as written, white space folded."""
    out: list[str] = []
    for piece in _SENTENCE_END.split(text):
        sentence = " ".join(piece.split())
        if out and sentence and _ABBREVIATION.search(out[-1]):
            out[-1] = f"{out[-1]} {sentence}"
        elif sentence:
            out.append(sentence)
    return tuple(out)


def _parts(word: str) -> list[str]:
    """Cut a word of an unspaced script into overlapping pairs of characters."""
    if len(word) < 3 or not _RUN.fullmatch(word):
        return [word]
    return [word[at : at + 2] for at in range(len(word) - 1)]
