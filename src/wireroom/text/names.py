"""Which names does a text use?

By the capitals of running text, as people have long done it (Mikheev 1999): a word that is written with a capital in
the middle of a sentence is part of a name. Languages that capitalise every noun, and scripts without capitals, give
none. It must not know what a name stands for.
"""

import re
from collections import Counter
from collections.abc import Iterator

from wireroom.text.lexicon import UNLISTED, rarity
from wireroom.text.tokens import fold

LONGEST = 12_000
"""Characters read: whoever is not named by then is not what a report is about."""
MOST_CAPITALS = 0.3
"""Share of capitalised words from which capitals mean nothing: headlines, and German (.32–.36; English news .08–.2)."""
FEW_WORDS = 8
_SENTENCE = re.compile(r"[^.!?…\n]+(?:\.(?=\w|\s+[a-z])[^.!?…\n]*)*")
_DATELINE = re.compile(r"^([^\n(]{0,60})\([A-Za-z][A-Za-z.&\- ]{1,30}\)(?=\s*(?:--?|[–—―:])\s)", re.MULTILINE)
"""`LOCKPORT, N.Y. (AP) —`: the place may matter, the agency is never what is told."""
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|\d[\w.,-]*|[,;:()“”\"—–]")
_JOINTS = frozenset({"of", "the", "de", "la", "del", "van", "von", "der", "den", "du", "da", "al", "bin", "&"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "sir", "president", "senator", "sen", "rep", "gov", "governor", "mayor", "judge", "chief"}
)
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)


def names(text: str) -> Counter[str]:
    """Return each name as written, with how often it occurs; a surname alone counts for the full name."""
    found: Counter[str] = Counter()
    loose: Counter[str] = Counter()
    for phrase, opens in _phrases(_DATELINE.sub(r"\1", text[:LONGEST])):
        (loose if opens and " " not in phrase and not _is_coinage(phrase) else found)[phrase] += 1
    full: dict[str, str] = {}
    for phrase in found:
        if " " in phrase:
            full.setdefault(phrase.rpartition(" ")[2], phrase)
    out: Counter[str] = Counter()
    for phrase, count in (*found.items(), *(pair for pair in loose.items() if pair[0] in found or pair[0] in full)):
        out[full.get(phrase, phrase)] += count
    return out


def _phrases(text: str) -> Iterator[tuple[str, bool]]:
    """Yield runs of capitalised words, and whether a sentence opens with them."""
    for line in text.split("\n"):
        for sentence in _SENTENCE.findall(line):
            words = _WORD.findall(sentence)
            spoken = [word for word in words if word[0].isalpha()]
            capitals = sum(word[0].isupper() for word in spoken[1:])
            if len(spoken) < FEW_WORDS or capitals <= MOST_CAPITALS * len(spoken):
                yield from _runs(words)


def _runs(words: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield names of one sentence; joints count only between capitals, and a possessive ends a name."""
    run: list[str] = []
    opens = True
    for at, word in enumerate([*words, "."]):
        joins = word.casefold() in _JOINTS and at + 1 < len(words) and words[at + 1][0].isupper()
        if word[0].isupper() or (run and joins):
            run.append(word)
        ends = not word[0].isupper() and not joins
        if run and (ends or word.endswith(("'s", "’s"))):
            yield from _named(run, opens=opens)
            run, opens = [], False
        opens = opens and bool(run)


def _named(run: list[str], *, opens: bool) -> Iterator[tuple[str, bool]]:
    """Yield the name in a run of capitals, if there is one."""
    first = fold(run[0])
    joined = len(run) > 1 and run[1].casefold() in _JOINTS
    if (opens and _is_plain(first)) or (joined and not _is_coinage(first) and (opens or _is_plain(first))):
        run, opens = run[1:], False
    if phrase := _trimmed(run):
        yield phrase, opens


def _trimmed(run: list[str]) -> str:
    """Drop titles, joints at the ends, and the calendar."""
    while run and (run[0].casefold() in _JOINTS or fold(run[0]).rstrip(".") in _TITLES):
        run = run[1:]
    while run and run[-1].casefold() in _JOINTS:
        run = run[:-1]
    phrase = " ".join(word.removesuffix("'s").removesuffix("’s") for word in run)
    told = fold(phrase).split()
    return "" if len(phrase) < 2 or all(word in _CALENDAR or _is_plain(word) for word in told) else phrase


def _is_plain(word: str) -> bool:
    """Tell whether a word is so common that its capital says nothing: `The`, `On`, `He`."""
    return rarity(fold(word)) <= 0 or word.casefold() in _JOINTS


def _is_coinage(word: str) -> bool:
    """Tell names and coinages, which no list has, from words that open a sentence."""
    return rarity(fold(word).removesuffix("'s")) >= UNLISTED
