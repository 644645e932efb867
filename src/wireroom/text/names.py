"""Which names does a text use?

By the capitals of running text, as people have long done it (Mikheev 1999): a word that is written with a capital in
the middle of a sentence is part of a name. Where every noun has a capital, `noun_names` says which are names; scripts
without capitals give none. It must not know what a name stands for.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence
from functools import cache, cached_property

from wireroom.text.capitals import (
    JOINTS,
    MOST_CAPITALS,
    MOST_NOUNS,
    MOST_SPOKEN,
    Run,
    is_plain,
    runs,
    sentences,
    word_table,
)
from wireroom.text.language import by_little_words, little_words
from wireroom.text.lexicon import UNLISTED, rarity, unlisted
from wireroom.text.noun_names import among_nouns
from wireroom.text.tokens import fold

LONGEST = 12_000
"""Characters read: whoever is not named by then is not what a report is about."""
COMMON = 2.2
"""Rarity up to which a word that opens a sentence is no first name: `Enter` 1.7, `Remember` 2.1; `Mason` 4.3."""
FOREIGN = 0.5
"""Share of words in lower case that no list of English has, from which words that it lacks are no coinages."""
MENTIONED = 2
"""Times that a text names a keyword of a script without capitals, from which it is taken for what it is about."""
_ROLES = ("er", "or", "ist")
"""How words end that say what somebody is: in `Farmer Moira Dunne` the name begins with the second word."""
NOUNS = frozenset({"de", "lb"})
"""Languages in which every noun has a capital."""
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december "
    "januar februar marz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "anfang".split()
)
"""Folded; of German too, where such words have a capital ("Anfang März")."""
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
"""What stands behind a place in a list of dates."""
_SECOND_TITLE = "general"
"""A title behind another one, else part of a name: `Attorney General`, `General Motors`."""


class _Reading:
    """What the rest of a text says of a word at the beginning of a sentence."""

    def __init__(self, text: str, *, listed: bool) -> None:
        language = by_little_words(text)
        self.of_nouns = language in NOUNS
        self.titles = _titles() | _offices() if listed else _titles()
        told = list(sentences(text, _most(language, listed=listed)))
        self.small = frozenset(word for words in told for word in words if word[0].islower())
        self.runs = [run for words in told for run in runs(words, dated=listed)]
        self._little = little_words(language)
        self._inner = frozenset(word for run in self.runs for word in run.words[run.opens :])

    @cached_property
    def _english(self) -> bool:
        """Tell whether most words in lower case are in the list of English."""
        return len(unlisted(self.small)) <= FOREIGN * len(self.small)

    def opener(self, word: str, rest: Sequence[str] = ()) -> bool:
        """Tell whether a word has its capital from the sentence that it opens, by what follows it in its run."""
        low = word.lower()
        if is_plain(word) or low in self._little:
            return True
        if word in self._inner or low in _first_names() or (word.isupper() and len(word) > 1):
            return False
        if len(rest) > 1 and low.endswith(_ROLES) and rarity(low) < UNLISTED:
            return True
        left = len(rest) != 1 or rest[0] in self._inner or self.coinage(rest[0])
        return left and (low in self.small or rarity(fold(word)) < COMMON)

    def coinage(self, word: str) -> bool:
        """Tell names and coinages, which no list has, from words that open a sentence."""
        low = fold(word).removesuffix("'s")
        many = low.endswith("s") and word not in self._inner  # `Rescuers dug …`
        return self._english and not many and rarity(low) >= UNLISTED and word.lower() not in self.small


def _most(language: str | None, *, listed: bool) -> float:
    """Return the share of capitals in a sentence from which they tell nothing."""
    if language in NOUNS:
        return MOST_NOUNS
    return MOST_SPOKEN if listed and language else MOST_CAPITALS


def names(text: str, hints: Collection[str] = (), *, listed: bool = True) -> Counter[str]:
    """Return each name as written, with how often it occurs; a surname alone counts for the full name.

    `hints` are names that the text may use: what it has of them counts where capitals do not tell. Sentences that list
    names are left out unless they are wanted: whom everybody lists tells one happening from another badly. (Nor are
    datelines told from their sentences then, nor all titles known: the weights of evidence were learned so.)
    """
    reading = _Reading(text[:LONGEST], listed=listed)
    found: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for phrase, sure in among_nouns(reading.runs, reading.opener, hints) if reading.of_nouns else _cut(reading):
        (found if sure else loose)[phrase] += 1
    found.update(_uncased(text[:LONGEST], hints))
    gathered = _gathered(found, loose)
    return Counter({name: count for name, count in gathered.items() if not (listed and _is_nobody(name))})


def _uncased(text: str, hints: Collection[str]) -> dict[str, int]:
    """Count hints in scripts without capitals: one letter is no name, and one mention elsewhere may be by chance."""
    told = {hint: text.count(hint) for hint in hints if len(hint) > 1 and hint[0].isalpha() and _has_no_case(hint)}
    return {hint: count for hint, count in told.items() if count >= MENTIONED}


def _has_no_case(word: str) -> bool:
    return word.upper() == word.lower()


def _gathered(found: Counter[str], loose: Counter[str]) -> Counter[str]:
    """Add up names under their fullest form; what stands alone where capitals tell little counts if it is one."""
    full: dict[str, str] = {}
    for phrase in found:
        if " " in phrase:
            full.setdefault(phrase.rpartition(" ")[2], phrase)
    out: Counter[str] = Counter()
    for phrase, count in (*found.items(), *(pair for pair in loose.items() if pair[0] in found or pair[0] in full)):
        whole, _, place = phrase.partition(" of ")
        for part in (whole, place) if place and whole in found else (phrase,):
            out[full.get(part, part)] += count
    return out


def _cut(reading: _Reading) -> Iterator[tuple[str, bool]]:
    """Yield the names in runs of capitals, and whether each is surely one."""
    for run in reading.runs:
        words, opens = _without_opener(run, reading)
        *before, last = _between_titles(words, reading.titles)
        for part in before:  # `US President Tim Clark`: the country counts if it is a name elsewhere
            yield part, False
        if last:
            yield last, not opens or " " in last or reading.coinage(last)


def _without_opener(run: Run, reading: _Reading) -> tuple[tuple[str, ...], bool]:
    """Drop a word that has its capital from the sentence; tell whether what is left still begins it."""
    first, joined = run.words[0], len(run.words) > 1 and run.words[1].casefold() in JOINTS
    coined = reading.coinage(first)
    common = is_plain(first) and not coined
    if (run.opens and reading.opener(first, run.words[1:])) or (joined and (common or (run.opens and not coined))):
        return run.words[1:], False
    return run.words, run.opens


@cache
def _titles() -> frozenset[str]:
    return frozenset(str(word_table()["titles"]).split())


def _is_nobody(name: str) -> bool:
    """Tell a currency, an office, a nationality or a month of German from a name."""
    folded = fold(name)
    return folded in _no_names() or _CALENDAR.issuperset(folded.split())


@cache
def _no_names() -> frozenset[str]:
    return frozenset(str(word_table()["no_names"]).split())


@cache
def _offices() -> frozenset[str]:
    return frozenset(str(word_table()["offices"]).split())


def _between_titles(words: tuple[str, ...], titles: Container[str]) -> list[str]:
    """Return the names before, between and after titles, the last of them "" when there is none."""
    parts: list[list[str]] = [[]]
    titled = False
    for word in words:
        was, titled = titled, fold(word).rstrip(".") in titles or (titled and fold(word) == _SECOND_TITLE)
        if titled and not was:
            parts.append([])
        elif was and not titled:
            parts[-1].clear()
        parts[-1].append(word)
    *before, last = parts
    if titled and len(parts) > 1:  # `the New York State Attorney General`: of nobody by name
        *before, last = [*before[:-1], before[-1] + last]
    return [*filter(None, map(_trimmed, before)), _trimmed(last)]


@cache
def _first_names() -> frozenset[str]:
    return frozenset(str(word_table()["first_names"]).split())


def _trimmed(run: list[str]) -> str:
    """Drop joints at the ends, and the calendar."""
    while run and run[0].casefold() in JOINTS:
        run = run[1:]
    while run and (run[-1].casefold() in JOINTS or fold(run[-1]).rstrip(".") in _MONTHS):
        run = run[:-1]
    phrase = " ".join(word.removesuffix("'s").removesuffix("’s") for word in run)
    told = fold(phrase).split()
    return (
        "" if len(phrase) < 2 or all(word.removesuffix("s") in _CALENDAR or is_plain(word) for word in told) else phrase
    )
