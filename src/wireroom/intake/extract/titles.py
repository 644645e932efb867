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
LEAST_CUT = 90
"""Characters; search engines took 110 at most, so systems cut headlines at a word before."""
_MOST_CUTS = 4


def cleaned(
    clues: Sequence[Evidence], house: Iterable[str], sections: Iterable[str] = ()
) -> tuple[tuple[str, Evidence], ...]:
    """Return (headline, evidence) for every stated title that can be one; `sections` are names of the page's."""
    ours = _keys_of(house)
    stated = _of_length(clues, LONGEST_TITLE) or _of_length(clues, LONGEST_LAW)
    shown = frozenset([key(clue.value) for clue in stated if clue.source == "heading"])
    distinct = dict.fromkeys([clue.value for clue in stated])  # most pages say one thing several times over
    frame = _Known(house=ours, shown=shown, titles=tuple(distinct), sections=tuple(sections))
    headlines = {title: _headline(title, frame) for title in distinct}
    bare = {title: headline for title, headline in headlines.items() if headline and key(headline) not in ours}
    named = tuple([(bare[clue.value], clue) for clue in stated if clue.value in bare])
    return named or tuple((clue.value, clue) for clue in stated if clue.source == "heading")


def is_one(clues: Iterable[Evidence], house: Iterable[str]) -> bool:
    """Tell whether statements make one text, and one that is a headline as it stands: nothing can be cut off it."""
    said = {clue.value for clue in clues}
    text = said.pop() if len(said) == 1 else ""
    is_plain = 0 < len(text) <= LONGEST_TITLE and text.isprintable() and ": " not in text and not _borders(text)
    return is_plain and key(text) not in _keys_of(house)


def _keys_of(house: Iterable[str]) -> frozenset[str]:
    """Return the keys of a house's names, and of what the separators in them part: "Harbour Post | News of the sea"."""
    named = [part for name in house for part in ([name, *parts(name)] if _borders(name) else [name])]
    return frozenset(filter(None, map(key, named)))


def _of_length(clues: Iterable[Evidence], longest: int) -> list[Evidence]:
    return [clue for clue in clues if 0 < len(clue.value) <= longest]


class _Known(Struct, frozen=True):
    """What the page's other statements tell: keys of the house's names and of the headings.

    Titles and names of sections are kept as written: where the house closes a title, nobody asks for them.
    """

    house: frozenset[str]
    shown: frozenset[str]
    titles: tuple[str, ...]
    sections: tuple[str, ...]


@lru_cache(maxsize=16)
def _keys(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the keys of the texts of one page, made when the first of its titles asks for them."""
    return frozenset(map(key, texts))


def _headline(title: str, known: _Known) -> str:
    """Cut house names and whatever other evidence shows to be no part of the headline, from both ends."""
    for _ in range(_MOST_CUTS):
        if ": " not in title and not _borders(title):
            break
        shorter = _cut(title, known)
        if shorter == title:
            break
        title = shorter
    return title.strip() if title.isascii() else _INVISIBLE.sub("", title).strip(_DIRECTIONS)


_INVISIBLE, _DIRECTIONS = re.compile("[\u00ad\u200b\u2060\ufeff]"), " \u00a0\u200e\u200f"
"""Hyphens and spaces of no width; joiners and marks of direction within belong to the spelling."""


def _cut(title: str, known: _Known) -> str:
    head = tail = ""
    for head, tail in _splits(title):
        if key(tail) in known.house:
            return _without_label(head, title[len(head) :].lstrip()[:1])
        if key(head) in known.shown or _is_frame(head, tail, known):
            return head
        if len(tail) < len(head) and key(head) in _keys(known.titles):
            return head
        if key(head) in known.house or (key(tail) in known.shown and title[len(head) :].lstrip()[:1] in _marks()[1]):
            return tail
    if fold(head) in _labels():  # before the first separator
        return tail
    name, _, rest = title.partition(": ")
    return rest if rest and key(name) in known.house else title


def _without_label(head: str, mark: str) -> str:
    """Drop a section of one or two words that stood between two bars: "… | Politics News | Harbour Post"."""
    bare, bar, label = head.rpartition(mark) if mark == "_" or mark in _marks()[1] else ("", "", "")
    longest = _LONGEST_SIGNS if mark == "_" else _LONGEST_LABEL
    is_label = bar and len(words(label)) <= longest < len(words(bare))
    return bare.rstrip() if is_label else head


_LONGEST_LABEL, _LONGEST_SIGNS = 2, 3
"""Words; four signs of Chinese make three pairs."""


def _is_frame(head: str, tail: str, known: _Known) -> bool:
    """Tell whether the end of a title is a section, a day, who wrote it, or the house under a longer name."""
    label = key(tail).removesuffix("news")
    # "Bayern – Dortmund" is a match, also below /dortmund/.
    if (not label or label in _keys(known.sections)) and len(words(head)) >= _SHORTEST_HEADLINE:
        return True
    if _DAY.fullmatch(tail):
        return True
    first, *more = words(tail)
    if first in _BY and 2 <= len(more) + 1 <= _LONGEST_CREDIT and tail.split(None, 1)[1].istitle():
        return True
    if key(tail.partition(", ")[0]) in known.house:
        return True
    # "The New Harbour Post": a name that the page gives shorter closes it.
    return len(more) < _LONGEST_CREDIT and any("".join(more[at:]) in known.house for at in range(len(more)))


_DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d")
_BY = frozenset({"by", "von", "par", "por", "di", "av", "af", "door"})
_LONGEST_CREDIT, _SHORTEST_HEADLINE = 6, 4


def _splits(title: str) -> Iterator[tuple[str, str]]:
    """Yield (head, tail) at every separator, the last first."""
    for start, end in reversed(_borders(title)):
        head, tail = title[:start].strip(), title[end:].strip()
        if head and tail:
            yield head, tail


def parts(title: str) -> list[str]:
    """Return what stands between the separators of a title."""
    borders = _borders(title)
    if not borders:
        return [title.strip()] if title.strip() else []
    cuts = [0, *(place for border in borders for place in border), len(title)]
    pieces = (title[start:end].strip() for start, end in zip(cuts[::2], cuts[1::2], strict=True))
    return [piece for piece in pieces if piece]


def head(title: str) -> str:
    """Return what stands before the first separator or colon of a title, "" when there is none."""
    first, *more = parts(title) or [""]
    label, colon, _ = title.partition(": ")
    return first if more else label if colon else ""


@lru_cache(maxsize=256)
def _borders(title: str) -> tuple[tuple[int, int], ...]:
    """Return where separators stand: (start, end) in reading order."""
    return tuple([found.span() for found in _mark().finditer(title) if _parts_title(title, found)])


def _parts_title(title: str, found: re.Match[str]) -> bool:
    """Tell whether a mark parts a title here: most do so between spaces only, a bar always."""
    spaced, tight = _marks()
    mark, (start, end) = found[0], found.span()
    before, after = title[start - 1 : start], title[end : end + 1]
    if mark in tight:
        return True
    if before.isspace() and after.isspace():
        return mark in spaced
    if mark not in {"-", "_"} or not before or not after:
        return False
    # "…"-Name, and a hyphen between signs of Chinese and Korean, which otherwise join without one.
    quoted = mark == "-" and not (before.isalnum() or before == "_" or before.isspace()) and after.isalnum()
    return quoted or all(_SIGNS[0] <= side <= _SIGNS[1] for side in (before, after))


_SIGNS = ("\u3400", "\ud7a3")


@cache
def _labels() -> frozenset[str]:
    """Return the kinds of pieces that stand before a headline: "Opinion | ", "In pictures – "."""
    kinds = table("kinds")["by_label"]
    return frozenset(label for kind, labels in kinds.items() for label in labels if kind != "liveblog")


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    """Return the separators that need spaces around them, and those that do not."""
    known = table("titles")
    return frozenset(known["spaced"]), frozenset(known["tight"])


@cache
def _mark() -> re.Pattern[str]:
    """Return a pattern that starts at a mark, not at the space before it: that is four times as fast."""
    longest_first = sorted(_marks()[0] | _marks()[1], key=lambda mark: (-len(mark), mark))
    return re.compile("|".join(map(re.escape, longest_first)))


@lru_cache(maxsize=1024)
def key(title: str) -> str:
    """Return what titles that differ in case and punctuation at most have in common."""
    return "".join(words(title)) or fold(title)


def _tails(title: str) -> Iterator[str]:
    """Yield what stands behind a colon or a separator."""
    _, colon, tail = title.partition(": ")
    if colon:
        yield tail
    yield from (tail for _, tail in _splits(title))


def has_kicker(title: str, bare: str) -> bool:
    """Tell whether a title is a kicker, a separator and the headline whose key is given."""
    return any(key(tail) == bare for tail in _tails(title))
