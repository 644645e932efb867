"""Who wrote it: which people, and which agencies, does a byline name?

Turns written bylines into names by the dated tables; it must not decide which byline of a page is the true one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from wireroom.intake.extract.agencies import agency_named, joined, listed, parted
from wireroom.intake.extract.byline_patterns import NOBILIARY, words_of, words_told
from wireroom.intake.extract.byline_words import (
    NOT_WRITTEN,
    is_all_role,
    is_by_others,
    is_labelled,
    is_particled,
    is_role,
    is_signed,
    is_titled,
    name_before_role,
    pieces,
    without_label,
)
from wireroom.intake.extract.houses import BRACKETS, before_house, begins_as, has_bracket, is_own, known_as
from wireroom.intake.extract.tables import table
from wireroom.text.html import unmarked
from wireroom.text.tokens import fold

LONGEST_NAME = 60
LONGEST_BYLINE = 400
MOST_NAMES = 12
_ADDRESS = re.compile(r"[^\s|]+@[^\s|]+|(?<![^\s|])@\w+|https?://[^\s|]+|www\.[^\s|]+")
_NOT_IN_NAMES = re.compile(r"[\d:?!@#=<>©]|\.\.\.|…")
_MOMENT = re.compile(r"\b(?:19|20)\d\d\b|\d:\d\d|\d[./]\d")
_LONGEST_SIGNATURE = 90
_SENTENCE = re.compile(r"[!?]|[^\W\d_]{4}\.(?:\s|\Z)")
_PLAIN_NAME = re.compile(
    r"[| ]*(?:(?i:by)[| ]+)?(?P<name>[A-Z][A-Za-z]{1,18}(?:(?: [A-Z]\.)? [A-Z][A-Za-z]{1,18}){0,2})[| ]*"
)
_PLAIN_ACCOUNT = re.compile(r"[a-z][a-z0-9_-]*")
_PLAIN_ADDRESS = re.compile(r"https?://[\w./?=:%+~@#-]+")
"""Of an account: systems put it where the author's name belongs."""
_PARTED = re.compile(
    r"\s*[|•·]\s*|\s+(?=[\u3400-\u9fff]{2,4}[:\uff1a])|(?<=\d{4})\W{1,3}(?=(?:by|von|par|por|di|av|af|door)\s)"
)
_LETTER = re.compile(r"[^\W\d_]")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


class Byline(Struct, frozen=True, kw_only=True):
    """People and agencies that a byline credits, in its order."""

    people: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


def read_byline(written: str, house: Iterable[str] = ()) -> Byline:
    """Read one byline; `house` are names of the publisher, which signs but is nobody."""
    return read_bylines((written,), house)


def read_bylines(written: Iterable[str], house: Iterable[str] = ()) -> Byline:
    """Read several bylines as one, without repetition."""
    people: dict[str, str] = {}
    agencies: dict[str, None] = {}
    ours = known_as(tuple(house))
    for name in _all(written):
        if name.agency:
            agencies[name.agency] = None
        elif not is_own(name.folded, ours):
            people.setdefault(name.folded, before_house(name.written, ours))
    # Beside a person, "Example Business" is where the person works.
    persons = [written for folded, written in people.items() if not begins_as(folded, ours)]
    return Byline(people=tuple(persons or people.values())[:MOST_NAMES], agencies=tuple(agencies))


def names_person(written: Iterable[str], house: Iterable[str] = ()) -> bool:
    """Tell whether any of several bylines names a person."""
    ours = known_as(tuple(house))
    return any(not name.agency and not is_own(name.folded, ours) for name in _all(written))


def agencies_in(written: Iterable[str]) -> tuple[str, ...]:
    """Return the agencies that several bylines name, without repetition."""
    return tuple(dict.fromkeys([name.agency for name in _all(written) if name.agency]))


def _all(written: Iterable[str]) -> Iterator["_Name"]:
    """Yield the names in several bylines; of lines that are the same, one is read."""
    for line in dict.fromkeys(written):
        yield from _names(line)


def collective(written: str) -> tuple[str, ...]:
    """Return the newsroom or the initials that sign ("Example News Staff", "abc; xy"); empty when nobody is named."""
    names = []
    for part in _apart(unmarked(_ADDRESS.sub(" ", written))):
        name = without_label(part.strip(" .,;:-–()"))
        if (
            2 <= len(name) <= LONGEST_NAME
            and not _MOMENT.search(name)
            and not _is_faceless(fold(name))
            and not _is_agency(name)
            and not is_by_others(part)
        ):
            names.append(name)
    return tuple(dict.fromkeys(names))


def _is_agency(name: str) -> bool:
    """Tell whether nothing but agencies is named: "AFP", "PA Reporters", "Reuters in London"."""
    named = _names(name)
    # "20 Minutes avec AFP" is a newsroom with one.
    return bool(named) and all(one.agency for one in named) and not joined().search(f" {name} ")


def _apart(written: str) -> Iterator[str]:
    """Yield what signs together; "Redaktion / dpa" is a newsroom and an agency, "Parks, Trade and Work" one house."""
    for part in re.split(r"[;|]", parted(written)[0]):
        parts = re.split(r"\s*[,/]\s*|\s+-\s+", part)
        yield from parts if any(agency_named(fold(one)) for one in parts) else [part]


def signature(line: str, *, bold: bool) -> str | None:
    """Return a short line of the page that signs the piece: "By Ada Rivers", or a bold line of nothing but names."""
    if not 4 < len(line) < _LONGEST_SIGNATURE:
        return None
    if not is_signed(line) and (parts := [part for part in _PARTED.split(line)[1:] if is_signed(part)]):
        line = parts[0]  # "20 November 2026 | By Ada Rivers"
    if is_signed(line) or is_titled(_ADDRESS.sub("", line)):
        return line if not _SENTENCE.search(line) and any(map(_is_full, read_byline(line).people)) else None
    if name := name_before_role(line):
        return name
    if is_particled(line) and _are_names([line.partition(" ")[2]]):
        return line
    names = re.split(r"\s*[/,&]\s*", line)
    return line if bold and _are_names(names) else None


def _are_names(names: Iterable[str]) -> bool:
    """Tell whether lines are nothing but names: two to four words, all with capitals."""
    return all(
        2 <= len(name.split()) <= 4 and name.replace(" ", "").isalpha() and name == _capital(name) for name in names
    )


def paired(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines that are no more than a label, each with the line behind it: "Penulis" over "Ada Rivers"."""
    for label, name in pairwise(lines):
        bare = label.rstrip(": ")
        if is_labelled(f"{bare}: {name}") and not is_labelled(name) and ":" not in bare:
            yield f"{bare}: {name}"


def below(line: str) -> str | None:
    """Return a short line under the piece that names its author by a noun, or with an address for letters.

    Other lines there are of other pieces.
    """
    signed = is_labelled(line) or ("@" in line and is_titled(_ADDRESS.sub("", line)))
    return signature(line, bold=False) if signed else None


def _is_full(name: str) -> bool:
    """Tell whether a name has two words, is written without spaces, or is initials."""
    return " " in name or name.isupper() or _UNSPACED.search(name) is not None


def _capital(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split(" "))


class _Name(Struct, frozen=True, gc=False):
    """A person's or, where `agency` says which, an agency's name."""

    written: str
    folded: str
    agency: str | None = None


@lru_cache(maxsize=2048)
def _names(line: str) -> tuple[_Name, ...]:
    """Return the names in a byline; a page repeats its own in several statements."""
    found = _at_a_glance(line)
    return _word_by_word(line) if found is None else found


def _at_a_glance(line: str) -> tuple[_Name, ...] | None:
    """Return the name in a line that is one name and no more, as most are: 0.002 ms instead of 0.04; else None."""
    if found := _PLAIN_NAME.fullmatch(line):
        name, folded = found["name"], found["name"].lower()
        if words_told().isdisjoint(folded.split()) and not folded.endswith("admin"):
            return (_Name(name, folded),)
        if agency := agency_named(folded):
            return (_Name(name, folded, agency),)
        return () if folded in words_of("nobody") else None
    if _PLAIN_ACCOUNT.fullmatch(line):
        return (_Name(line, line, agency),) if (agency := agency_named(line)) else ()
    return () if _PLAIN_ADDRESS.fullmatch(line) else None


def _word_by_word(line: str) -> tuple[_Name, ...]:
    text, bracketed = parted(_unwrapped(unmarked(line)[:LONGEST_BYLINE].lstrip("| ")))
    if has_bracket(text):
        within = [agency for inside in BRACKETS.findall(text) for agency in listed(inside.strip(" ()[]{}"))]
        bracketed = (*within, *bracketed)
        text = _told("labels").sub(";", _told("pictures").sub(f"{NOT_WRITTEN};", text))
    found: list[_Name] = []
    for piece, aside in pieces(BRACKETS.sub(" ", _ADDRESS.sub(" ", text))):
        # "Example Agency, Springfield", "(EXAMPLE) – SPRINGFIELD": where it wrote from.
        by_agency = found[-1].agency is not None if found else bool(bracketed) and not _UNSPACED.search(piece)
        found += [name for name in _named(piece) if name.agency or not (aside or (by_agency and " " not in piece))]
    found += [_Name(agency, fold(agency), agency) for agency in bracketed]
    return tuple(found)


def _unwrapped(line: str) -> str:
    """Take off brackets that hold the whole line: "[Harbour Post, Ada Rivers]"."""
    bare = line.strip()
    return bare[1:-1] if BRACKETS.fullmatch(bare) else line


@cache
def _told(share: str) -> re.Pattern[str]:
    """Return the pattern of a bracket that says what the name before it did: the text, or the pictures."""
    words = "|".join(sorted({*map(re.escape, table("bylines")[share])}, key=len, reverse=True))
    more = rf"(?:\s*(?:[,/&+]|{'|'.join(map(re.escape, table('bylines')['joiners']))})\s*(?:{words}))*"
    return re.compile(rf"[\s|]*\((?:{words}){more}\)", re.IGNORECASE)


def _named(piece: str) -> Iterator[_Name]:
    """Yield the person or the agency that a piece names, or both: "Ada Rivers AP"."""
    folded = fold(piece)
    if agency := agency_named(folded):
        yield _Name(piece, folded, agency)
        return
    person, agency = _without_agency(piece)
    if agency:
        yield _Name(piece, folded, agency)
    if person != piece:
        folded = fold(person)
    if person and _is_name(person, folded):
        yield _Name(person, folded)


def _without_agency(piece: str) -> tuple[str, str | None]:
    """Return the words before an agency's name within a piece, and the agency; "AP Auto Writer" has none before."""
    words = piece.split()
    for at, word in enumerate(words):
        agency = agency_named(fold(word))
        if agency and (word.isupper() or word == agency) and (at > 1 or (at == 0 and _is_staff(piece))):
            return " ".join(words[:at]), agency
        if at > 1 and (agency := agency_named(fold(" ".join(words[at:])))):
            return " ".join(words[:at]), agency
    return piece, None


def _is_staff(piece: str) -> bool:
    """Tell whether words after the first say what somebody does: "AP Auto Writer", "Reuters Staff"."""
    rest = piece.partition(" ")[2]
    return is_role(piece) or (bool(rest) and is_all_role(rest))


def _is_faceless(folded: str) -> bool:
    return folded in words_of("faceless") or folded.endswith("admin")


@cache
def _no_names() -> frozenset[str]:
    return words_of("nobody") | words_of("cities") | words_of("prefixes")


def _is_name(name: str, folded: str) -> bool:
    """Tell whether words can be a person's name: few, capitalised, without the marks of sentences or captions."""
    if not 2 <= len(name) <= LONGEST_NAME or not _LETTER.search(name) or _NOT_IN_NAMES.search(name):
        return False
    if folded in _no_names() or _is_faceless(folded) or is_all_role(folded):
        return False
    if _UNSPACED.search(name):
        return len(name) <= 20
    parts, told = name.split(), folded.split()
    if len(parts) > 5 or not words_of("never_in_names").isdisjoint(told):
        return False
    if told[-1] in words_of("weekdays") and (len(told) == 1 or told[-2] in words_of("before_days")):
        return False
    # "von Rivers" begins with a small letter, "writes from Springfield" is no name.
    return not name[0].islower() or (parts[0] in NOBILIARY and not parts[-1][0].islower())
