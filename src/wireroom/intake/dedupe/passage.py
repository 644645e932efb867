"""How does a text write a passage that comparing found in it?

Texts are compared by folded words; people are shown what the copy says. It must not compare.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from wireroom.text.tokens import UNSPACED, fold

_BETWEEN = r"(?:'s)?\W*(?:\"[^\"]{15,600}\"\W*)?"
"""What may stand between two words: marks, a possessive, and a quotation, which is left out when texts are compared."""
_PAIR = re.compile(f"[{UNSPACED}]{{2}}")


def as_written(text: str, told: Sequence[str]) -> str:
    """Return the passage of these folded words as the text has it, white space folded; the words when it is not found.

    >>> as_written("Then the Mayor’s office, on Monday, said no.", ("the", "mayor", "office", "on", "monday"))
    'the Mayor’s office, on Monday'
    """
    pieces = _joined(told)
    plain, places = _folded(text)
    found = re.search(r"(?<!\w)" + _BETWEEN.join(map(re.escape, pieces)), plain) if pieces else None
    if found is None:
        return " ".join(pieces)
    return " ".join(text[places[found.start()] : places[found.end() - 1] + 1].split())


def _joined(told: Sequence[str]) -> list[str]:
    """Make runs of signs of the overlapping pairs that stand for words where no spaces are written."""
    pieces = list(told[:1])
    for before, word in pairwise(told):
        if _PAIR.fullmatch(before) and _PAIR.fullmatch(word) and before[1] == word[0]:
            pieces[-1] += word[1]
        else:
            pieces.append(word)
    return pieces


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in comparable characters, and where in the text each of them stands."""
    if text.isascii():
        return text.lower(), range(len(text))
    shape = {char: " " if char.isspace() else fold(char) for char in set(text)}
    folded = [(part, at) for at, char in enumerate(text) for part in shape[char]]
    return "".join(part for part, _ in folded), [at for _, at in folded]
