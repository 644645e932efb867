"""Who wrote it: which people, and which agencies, does a byline name?

Turns written bylines into names by the dated tables; it must not decide which byline of a page is the true one.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from msgspec import Struct

from wireroom.intake.extract.tables import table
from wireroom.text.html import unmarked
from wireroom.text.tokens import fold

LONGEST_NAME = 60
LONGEST_BYLINE = 400
MOST_NAMES = 12
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_BRACKETS = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
_NOT_IN_NAMES = re.compile(r"[\d:?!@#=<>©]|\.\.\.|…")
_MOMENT = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d|\d[./]\d")
_CREDIT = re.compile(
    r"(?:fotos?|photos?|bild(?:er)?|images?|pictures?|credits?|quelle|source|grafik|illustration)\b", re.IGNORECASE
)
_LONGEST_SIGNATURE = 90
_SIGNED = re.compile(
    r"(?i:by|von|par|por|di|door|av|af|oleh|text|autor|autorin|author|penulis)\s*:?\s+(?=[^\W\d_a-z])[^.!?]*\Z"
)
_CUT = re.compile(r"\s*[,;/|•·&+\n\t]\s*|\s+[-–—]\s+|\u3001|\uff0c|\uff0f")
_LETTER = re.compile(r"[^\W\d_]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Byline(Struct, frozen=True, kw_only=True):
    """People and agencies that a byline credits, in its order."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def read_byline(written: str, house: Iterable[str] = ()) -> Byline:
    """Read one byline; `house` are folded names of the publisher, which signs but is nobody."""
    return read_bylines((written,), house)


def read_bylines(written: Iterable[str], house: Iterable[str] = ()) -> Byline:
    """Read several bylines as one, without repetition."""
    people: dict[str, str] = {}
    agencies: dict[str, None] = {}
    ours = frozenset(fold(name) for name in house)
    for line in written:
        for name in _names(line):
            if name.agency:
                agencies[name.agency] = None
            elif not _is_house(name.folded, ours):
                people.setdefault(name.folded, name.written)
    return Byline(people=tuple(people.values())[:MOST_NAMES], agencies=tuple(agencies))


def collective(written: str) -> tuple[str, ...]:
    """Return the newsroom or the initials that sign ("Example News Staff", "abc; xy"); empty when nobody is named."""
    names = []
    for part in re.split(r"[;|]", unmarked(_ADDRESS.sub(" ", written))):
        name = _without_prefix(part.strip(" .,;:-–()"))
        if (
            2 <= len(name) <= LONGEST_NAME
            and not _MOMENT.search(name)
            and fold(name) not in _words("faceless")
            and not agency_named(fold(name))
        ):
            names.append(name)
    return tuple(dict.fromkeys(names))


def is_house(names: Iterable[str], house: Iterable[str]) -> bool:
    """Tell whether all names are the publisher's own."""
    ours = frozenset(fold(name) for name in house)
    return all(_is_house(fold(name), ours) for name in names)


def signature(line: str, *, bold: bool) -> str | None:
    """Return a short line of the page that signs the piece: "By Ada Rivers", or a bold line of nothing but names."""
    if not 4 < len(line) < _LONGEST_SIGNATURE:
        return None
    if _SIGNED.match(line):
        return line
    names = re.split(r"\s*[/,&]\s*", line)
    bare = all(
        2 <= len(name.split()) <= 4 and name.replace(" ", "").isalpha() and name == _capital(name) for name in names
    )
    return line if bold and bare else None


def _capital(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


@cache
def _agencies() -> dict[str, str]:
    names: dict[str, str] = table("agencies")["names"]
    return names


def agency_named(folded: str) -> str | None:
    """Return the agency that a whole folded name is, if it is one."""
    return _agencies().get(folded.strip(" .()"))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in table("bylines")[name])


@cache
def _prefix() -> re.Pattern[str]:
    longest_first = sorted(_words("prefixes"), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?:\s*[:\uff1a]\s*|\s+)", re.IGNORECASE)


@cache
def _joiner() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{'|'.join(sorted(map(re.escape, table('bylines')['joiners'])))})\s+", re.IGNORECASE)


class _Name(Struct, frozen=True):
    """A person's or, where `agency` says which, an agency's name."""

    written: str
    folded: str
    agency: str | None


@lru_cache(maxsize=2048)
def _names(line: str) -> tuple[_Name, ...]:
    """Return the names in a byline; a page repeats its own in several statements."""
    named = ((part, fold(part)) for part in _parts(line))
    found = (_Name(part, folded, agency_named(folded)) for part, folded in named)
    return tuple(name for name in found if name.agency or _is_name(name.written, name.folded))


def _parts(line: str) -> tuple[str, ...]:
    """Cut a byline into names; prefixes, roles, addresses and places in brackets go."""
    text = unmarked(line)[:LONGEST_BYLINE].lstrip("| ")
    if _CREDIT.match(text):
        return ()
    bracketed = [fold(inside.strip(" ()[]{}")) for inside in _BRACKETS.findall(text)]
    text = _BRACKETS.sub(" ", _ADDRESS.sub(" ", text))
    names = [
        _without_role(_without_prefix(name.strip(" .:;,-–—*()'\"“”")))
        for piece in _CUT.split(text)
        for name in _joiner().split(piece)
    ]
    return (*names, *(inside for inside in bracketed if agency_named(inside)))


def _without_prefix(name: str) -> str:
    while (found := _prefix().match(name)) and found.end() < len(name):
        name = name[found.end() :].lstrip(" :")
    return name


def _without_role(name: str) -> str:
    """Drop a role that is glued to the name with a space only, as "Ada Rivers Staff Reporter"."""
    lower = name.lower()
    if found := _role().search(lower):
        kept = name[: found.start()] or name[found.end() :]
        # "MND Staff" is a newsroom's signature: a single word before a role is no name.
        if not found[0].strip().isascii() or len(kept.split()) > 1:
            return kept.strip(" ,-–")
    return name


@cache
def _role() -> re.Pattern[str]:
    roles = sorted(table("bylines")["roles"], key=lambda role: (-len(role), role))
    plain = "|".join(re.escape(role) for role in roles if role.isascii())
    other = "|".join(re.escape(role) for role in roles if not role.isascii())
    return re.compile(rf"\s+(?:{plain})$|\s*(?:{other})$|^(?:{other})")


def _is_house(folded: str, house: frozenset[str]) -> bool:
    """Tell whether a name is the publisher's own, with or without article and top-level domain."""
    bare = folded.removeprefix("the ").removeprefix("der ").removeprefix("die ")
    return folded in house or bare in house or f"the {bare}" in house


def _is_name(name: str, folded: str) -> bool:
    """Tell whether words can be a person's name: few, capitalised, without the marks of sentences or captions."""
    if not 2 <= len(name) <= LONGEST_NAME or not _LETTER.search(name) or _NOT_IN_NAMES.search(name):
        return False
    if folded in _words("nobody") or folded in _words("roles") or folded in _words("prefixes"):
        return False
    if _UNSPACED.search(name):
        return len(name) <= 20
    parts = name.split()
    if len(parts) > 5 or _words("never_in_names") & set(folded.split()):
        return False
    return not name[0].islower() or (len(parts) > 1 and not parts[-1][0].islower())
