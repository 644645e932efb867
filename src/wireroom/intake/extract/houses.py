"""Is a name in a byline the publisher's own?

Newsrooms sign with their name, its beginning, or an account made of it. It must not tell people from agencies.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from wireroom.intake.extract.byline_patterns import of_roles
from wireroom.text.tokens import fold

BRACKETS = re.compile(r"\s*[(\[{\uff08][^()\[\]{}\uff08\uff09]*[)\]}\uff09]")
_OPENING = frozenset("([{\uff08")
_NOT_LETTERS = re.compile(r"[\W_]")


def has_bracket(text: str) -> bool:
    """Tell whether one opens in a text: it does in few, and the patterns take longer to find none."""
    return not _OPENING.isdisjoint(text)


class House(Struct, frozen=True):
    """The folded names of a publisher, the same as letters only, their longer words, and how longer names begin."""

    names: frozenset[str]
    keys: frozenset[str]
    words: frozenset[str]
    openings: tuple[str, ...]


@lru_cache(maxsize=256)
def known_as(names: tuple[str, ...]) -> House:
    """Return the names of a publisher in the forms that bylines are compared with, of brackets with and without."""
    opened = [BRACKETS.sub(" ", name) for name in names if has_bracket(name)]
    bare = frozenset([fold(name).removeprefix("the ") for name in (*names, *opened)])
    return House(
        names=bare,
        keys=frozenset(map(_letters, bare)),
        words=frozenset([word for name in bare for word in name.split() if len(word) >= _LEAST_WORD]),
        openings=tuple([name if " " in name else f"{name} " for name in bare if len(name) >= _LEAST_INITIALS]),
    )


def is_own(folded: str, house: House) -> bool:
    """Tell whether a name is the publisher's own, with or without article, spaces and top-level domain."""
    bare = folded.removeprefix("the ").removeprefix("der ").removeprefix("die ")
    return bare in house.names or _letters(bare) in house.keys


def _letters(name: str) -> str:
    joined = name.replace(" ", "")
    return joined if joined.isalnum() else _NOT_LETTERS.sub("", joined)


def begins_as(folded: str, house: House) -> bool:
    """Tell whether a name begins with the publisher's or the other way round: "Example Business", "Example"."""
    if folded.startswith(house.openings):
        return True
    opening = f"{folded} "
    return len(folded) >= _LEAST_WORD and any(name.startswith(opening) for name in house.names)


def before_house(name: str, house: House) -> str:
    """Return the words of a name beside the publisher's: "Ada Rivers Example News", "부두신문 김바다"."""
    words = name.split()
    if len(words) > 1 and not name.isascii() and is_own(fold(words[0]), house):
        return " ".join(words[1:])
    for at in range(2, len(words)):
        if words[at].lower() in house.names or is_own(fold(" ".join(words[at:])), house):
            return " ".join(words[:at])
    return name


def is_house(names: Iterable[str], house: Iterable[str]) -> bool:
    """Tell whether all names are the publisher's own."""
    ours = known_as(tuple(house))
    return all(is_own(fold(name), ours) for name in names)


def without_accounts(names: Iterable[str], house: Iterable[str]) -> tuple[str, ...]:
    """Drop names made of nothing but the publisher's name, initials and roles: "Example D", "Example Reporter"."""
    ours = known_as(tuple(house))
    return tuple(name for name in names if not _is_account(fold(name).split(), ours))


def _is_account(folded: list[str], house: House) -> bool:
    return not house.words.isdisjoint(folded) and all(
        word in house.words or word in of_roles() or len(word) < _LEAST_INITIALS for word in folded
    )


_LEAST_WORD, _LEAST_INITIALS = 4, 3
