"""What does the page call its publisher where no statement says so?

Reads the ends of the title tag. A name counts only when the page's own host agrees with it, so that neither a section
label nor a slogan is taken for the house.
"""

import re
from collections.abc import Iterable, Iterator

from wireroom.intake.extract.sheet import clue
from wireroom.intake.extract.titles import LONGEST_LAW, key, parts
from wireroom.records.articles import Evidence
from wireroom.text.tokens import fold, words
from wireroom.text.urls import domain, host

_LONGEST = 60
_LEAST = 3
"""Letters that a name and a host must share; two would be a country or a language."""


def evidence(url: str, titles: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield the name that stands at an end of the title tag and is also the host's."""
    label = _letters(domain(url).partition(".")[0] or host(url))
    for stated in titles:
        if stated.source != "title" or len(stated.value) > LONGEST_LAW:
            continue
        for name in _ends(stated.value):
            if len(name) <= _LONGEST and _is_of(name, label):
                yield clue("provider", name, "title", 0.42)
                return


def _ends(title: str) -> Iterator[str]:
    """Yield what stands between separators, the last first, and before the first colon."""
    pieces = parts(title)
    if len(pieces) > 1:
        yield from reversed(pieces)
    head, colon, _ = title.partition(": ")
    if colon:
        yield head.strip()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


def _is_of(name: str, label: str) -> bool:
    """Tell whether a host's label is a name's letters, its initials, or the greater part of either."""
    letters = key(name).removeprefix("the")
    if len(label) < _LEAST or len(letters) < _LEAST:
        return False
    shorter, longer = sorted((letters, label.removeprefix("the")), key=len)
    if longer.startswith(shorter) or longer.endswith(shorter):
        return len(shorter) * 2 >= len(longer)
    return "".join(word[0] for word in words(name)) == label
