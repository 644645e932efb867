"""Which words stand in dates: months in many languages, half days, zones? A table, `dates.toml`, and look-ups in it."""

import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

_TABLE: dict[str, Any] = tomllib.loads(files(__package__).joinpath("dates.toml").read_text(encoding="utf-8"))


def fold_word(text: str) -> str:
    """Return lower case without accents; Hangul syllables stay whole."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return unicodedata.normalize("NFC", "".join(letter for letter in apart if not unicodedata.combining(letter)))


_ZONES: dict[str, int] = _TABLE["zones"]
_HALVES = {fold_word(word): hours for key, hours in (("morning", 0), ("afternoon", 12)) for word in _TABLE[key]}
_STEMS = {fold_word(stem): number for number, stems in enumerate(_TABLE["months"], 1) for stem in stems}
_LONGEST_STEM = max(map(len, _STEMS))
TWO_WORDS = {fold_word(name): fold_word(month) for name, month in _TABLE["two_words"].items()}
"""Names of months in two words, folded, and one word for each."""

LETTER = r"(?:[^\W\d_]|[\u0900-\u0963\u0980-\u09e3\u0e30-\u0e4e])"
"""Pattern of a letter; vowels of Devanagari, Bengali and Thai are marks to Python."""

_SHORTEST = 2

HALF_DAYS = "|".join(sorted(_HALVES, reverse=True))
"""Pattern of the words for the half days, folded."""


@lru_cache(maxsize=1024)
def month_number(word: str) -> int | None:
    """Return 1-12 for a folded word that names a month."""
    if len(word) == _SHORTEST:  # whole names only
        return _STEMS.get(word)
    lengths = range(min(len(word), _LONGEST_STEM), 2, -1)
    return next((_STEMS[word[:length]] for length in lengths if word[:length] in _STEMS), None)


def half_day(word: str) -> int | None:
    """Return the hours to add on a twelve-hour clock: 0 for a morning word, 12 for an afternoon word."""
    return _HALVES.get(word)


def zone_minutes(word: str) -> int | None:
    """Return the minutes east of UTC of a lower-case zone abbreviation."""
    return _ZONES.get(word)
