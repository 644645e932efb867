"""Which words of a byline are no names: labels, roles, degrees, days?

Cuts written bylines into what can be names, by the dated table. It must not decide who is a person and who is credited.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wireroom.intake.extract.agencies import agency_named
from wireroom.intake.extract.byline_patterns import (
    NOBILIARY,
    is_untold,
    joiner,
    joins,
    labelling,
    of_roles,
    other_work,
    prefix,
    signing,
    stamp,
    titling,
    unspaced_role,
    words_of,
)
from wireroom.text.date_words import fold_word, month_number
from wireroom.text.tokens import fold

_SEGMENT = re.compile(r"\s*[;|•·\n\t\uff5c]+\s*|\s+(?=[\u3400-\u9fff]{1,6}[:\uff1a])")
_COMMA = re.compile(r"\s*[,\u3001\uff0c]\s*")
_CUT = re.compile(r"\s*[/&+\uff0f]\s*|\s+[-–—]\s+|(?<=[A-ZÇĞİÖŞÜ]{2})-(?=[A-ZÇĞİÖŞÜ][a-z\u0131çğöşü]+ [A-ZÇĞİÖŞÜ]{2})")
"""The last between "Ada NEHİR-Can SU", where surnames stand in capitals."""
_DASH = re.compile(r"\s+[-–—]\s+")
_EDGES = " .:;,-–—*()[]【】'\"“”|"
NOT_WRITTEN = "\x00"
"""Stands behind a name that a bracket says took the pictures: "Bo Lind (Fotos)"."""
_POINTS = re.compile(r"[.\s]")


class Piece(NamedTuple):
    """A part of a byline; one that is `aside` says more of the name before it and can be an agency's name only."""

    text: str
    aside: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """Yield the parts of a byline that can be names, without labels, roles and degrees.

    What is labelled as another's work ("Photos by", "Redaktur:") goes with the names that follow the label, or the name
    that a role follows ("Bo Lind | Photographer") where a byline does not begin with a role.
    """
    labelled, held = False, list[Piece]()
    for segment in _segments(text):
        bare = stamp().split(segment.strip(" .,-–—*()[]'\"“”"), 1)[0]
        if not bare:
            continue
        if labelling().fullmatch(f"{bare}:"):
            labelled = False  # "Text | Ada Rivers"
        elif held and took_pictures(bare):
            held.append(Piece(bare, aside=True))
        elif found := other_work().match(bare):
            labelled = not bare[found.end() :].strip(_EDGES)
        elif not labelled or prefix().match(bare):
            labelled = False
            held += _listed(bare, told=bool(held))
        else:
            labelled = False
    yield from _without_photographers(held)


def took_pictures(role: object) -> bool:
    """Tell whether a role is that of a photographer, whatever a page states as one."""
    return isinstance(role, str) and fold(role.strip(_EDGES)) in words_of("picture_roles")


def _without_photographers(held: Sequence[Piece]) -> Iterator[Piece]:
    """Leave out names that such a role follows, unless there are no others: photographers sign galleries."""
    roles = [at for at, piece in enumerate(held) if piece.aside and took_pictures(piece.text)]
    if not roles:
        return iter(held)
    people = [at for at, piece in enumerate(held) if piece.text and not piece.aside and not is_role(piece.text)]
    took = {max((at for at in people if at < role), default=-1) for role in roles}
    dropped = took if took and set(people) - took else set[int]()
    return (piece for at, piece in enumerate(held) if at not in dropped)


def _segments(text: str) -> Iterator[str]:
    """Yield what marks part; a second label parts too: "Text: Ada Rivers Fotos: Bo Lind"."""
    for segment in _SEGMENT.split(text):
        first = segment.find(":")
        if first < 0:
            yield segment
            continue
        cuts = [found.start() for found in _LABEL_WITHIN.finditer(segment, first)]
        yield from (segment[start:end] for start, end in zip([0, *cuts], [*cuts, None], strict=True))


_LABEL_WITHIN = re.compile(r"\s+(?=[^\W\d_]{3,20}:\s)")


def _listed(segment: str, *, told: bool) -> Iterator[Piece]:
    """Yield the names of one list; a role, a degree or a place may follow a name (`told`) and a comma."""
    held: list[Piece] = []
    for at, part in enumerate(_COMMA.split(segment)):
        listed, *place = _placed(part, later=bool(at) or told)
        first, *more = [without_label(_without_join(part.strip(_EDGES))) for part in _joined(listed)]
        if at and first[:1].islower() and first.split()[0] not in NOBILIARY and not is_role(first):
            break  # "By Ada Rivers, in News, Town": no names from here on
        if held and _letters(first) in words_of("generations"):
            held[-1] = held[-1]._replace(text=f"{held[-1].text} {first}")
        elif (told and is_role(first)) or (held and _belongs(first, held[-1].text)):
            held.append(Piece(first, aside=True))
        else:
            held.append(_piece(first))
        held += [Piece(name, aside=True) if is_role(name) or _is_loud(name, first) else _piece(name) for name in more]
        held += [Piece(name, aside=True) for name in place]  # "Ada Rivers, Harbour Post – New Town"
    yield from held


def _placed(part: str, *, later: bool) -> list[str]:
    """Cut off the towns behind a name: what follows a dash later in a line, or one word behind two."""
    parts = _DASH.split(part)
    return parts if later or (len(parts) == 2 and " " in parts[0] and " " not in parts[1]) else [part]


def _piece(name: str) -> Piece:
    if is_untold(name):
        return Piece(" ".join(name.split()))
    if NOT_WRITTEN in name or other_work().match(name):
        return Piece("")
    if not name or agency_named(fold(name)):
        return Piece(name)
    return Piece(_without_role(_before_day(_before_place(name))))


def _belongs(part: str, name: str) -> bool:
    """Tell whether what follows a comma says more of the name before it: a role, a degree, a town."""
    if _letters(part) in words_of("degrees") or is_role(part):
        return True
    if not name:  # of somebody who did not write the piece
        return " " not in part
    if _ACRONYM.match(part) and not name.isupper() and not (" " in part and part.isupper()):
        return True  # "Ada Rivers, CNN Business"
    # "Ada Rivers, CNN", but "ADA, BO": where all is in capitals, capitals say nothing.
    return " " not in part and not (part.isupper() and name.isupper()) and _TWO.match(name) is not None


def _is_loud(part: str, name: str) -> bool:
    """Tell whether one word in capitals follows a name that is not: a town, as in "Ada NEHİR/İZMİR"."""
    return " " not in part and part.isupper() and len(part) > _LONGEST_INITIALS and not name.isupper()


_LONGEST_INITIALS = 3
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{3,5}(?:-[^\W\d_]+)?(?:\s[^\W\d_]+)*$")
_TWO = re.compile(r"[^\W\d_]\S*\s+\S*[^\W\d_]")


def _joined(listed: str) -> Iterator[str]:
    if _is_placed(listed.split()):
        yield listed  # "corresponsal en Londres": the word between is no joiner here
        return
    for part in _CUT.split(listed):
        yield from joiner().split(part)


def _is_placed(words: list[str]) -> bool:
    """Tell whether words are a role and where it is done."""
    if len(words) < _SHORTEST_POST or fold(words[0]) not in words_of("role_heads"):
        return False
    return any(word == "a" or word in words_of("before_places") for word in words[1:_SHORTEST_POST])


_SHORTEST_POST = 3


def _without_join(part: str) -> str:
    """Drop the word that the last comma of "Ada, Bo, and Cleo" leaves in front."""
    found = joins().match(part)
    return part[found.end() :] if found else part


def _letters(name: str) -> str:
    return _POINTS.sub("", fold(name))


def without_label(name: str) -> str:
    """Drop what stands before a name: "By", "Text:", "Ein Beitrag von"."""
    while (found := prefix().match(name)) and found.end() < len(name):
        name = name[found.end() :].lstrip(" :\uff1a")
    return name


def is_signed(line: str) -> bool:
    """Tell whether a line begins as a byline does: with "By", "Text:", "Autorin/Autor"."""
    found = signing().match(line)
    return found is not None and not line[found.end() : found.end() + 1].islower()


def is_other_work(label: str) -> bool:
    """Tell whether words say of the name behind them that it did not write the piece: "Editor:", "Photos by"."""
    bare = label.strip()
    return bool(bare) and other_work().fullmatch(bare) is not None


def is_by_others(line: str) -> bool:
    """Tell whether a line begins with what somebody else did for the piece: "Editor: Ada Rivers"."""
    return other_work().match(line.strip()) is not None


def is_titled(line: str) -> bool:
    """Tell whether a line is a name and a role behind it, as bylines in Korean and Japanese are: "김하늘 기자"."""
    return titling().fullmatch(line.strip(_EDGES)) is not None


def is_labelled(line: str) -> bool:
    """Tell whether a line begins with a noun for its author: "Autorin/Autor", "Text:"."""
    return labelling().match(line) is not None


def name_before_role(line: str) -> str | None:
    """Return the name in a line that is a name and what its bearer does: "Ada Rivers Staff Writer"."""
    words = line.split()
    for at in range(2, min(_LONGEST_PERSON, len(words) - 1) + 1):
        if not all(word[:1].isupper() and word.isalpha() for word in words[:at]):
            return None
        if is_role(" ".join(words[at:])) and of_roles().isdisjoint(fold(" ".join(words[:at])).split()):
            return " ".join(words[:at])
    return None


_LONGEST_PERSON = 4


def is_particled(line: str) -> bool:
    """Tell whether a line begins with a small word that stands before names: "di Ada Fiume"."""
    return line.partition(" ")[0].lower() in words_of("particles")


def is_role(name: str) -> bool:
    """Tell whether words say what somebody does rather than who it is: "Senior Washington Correspondent"."""
    words = fold(name).split()
    if not words or " ".join(words) in words_of("roles"):
        return bool(words)
    heads = words_of("role_heads")
    first, second = [*words, ""][:2]
    if (first, second) == ("special", "to") or (first in words_of("posts") and second in words_of("post_words")):
        return True
    return words[-1].rpartition("-")[2] in heads or (words[0] in heads and len(words) > 1)


def is_all_role(name: str) -> bool:
    """Tell whether every word is one of a role."""
    folded = fold(name)
    return folded in words_of("roles") or of_roles().issuperset(folded.split())


def _without_role(name: str) -> str:
    """Drop a role that is glued to the name with a space only, as "Ada Rivers Staff Reporter"."""
    if not name.isascii():
        name = _AFTER_HOUSE.sub("", _AFTER_PLACE.sub("", name))
        if found := unspaced_role().search(name):
            return (name[: found.start()] or name[found.end() :]).strip(_EDGES)
    words = name.split()
    folded = fold(name).split()
    start = next((at + 1 for at, word in enumerate(folded[:_LONGEST_POST]) if word in words_of("role_heads")), 0)
    if len(words) - start > 1 and of_roles().issuperset(folded[:start]):  # "political reporter Ada Rivers"
        words, folded, name = words[start:], folded[start:], " ".join(words[start:])
    if len(words) != len(folded) or folded[-1:] == [] or folded[-1] not in words_of("role_heads"):
        return name
    end = len(words) - 1
    while end and folded[end - 1] in words_of("role_words"):
        end -= 1
    # "Example Staff Reporter" is a newsroom's signature: a single word before a role is no name.
    return " ".join(words[:end]).strip(_EDGES) if end > 1 else name


_LONGEST_POST = 5
_AFTER_PLACE = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff가-힣]{2,8}\s?[=\uff1d]\s?(?=\S)")
_AFTER_HOUSE = re.compile(
    r"^(?:[가-힣]{4,}\s+(?=[가-힣]{2,4}(?:\s|$))|(?:[가-힣]{2,}\s+)+(?=[가-힣]{3}\s+(?:기자|특파원)))"
)
"""A paper or a town before a reporter: names in Korean have four syllables at most, mostly three, and no space."""


def _before_place(name: str) -> str:
    """Drop where somebody wrote from: "Ada Rivers in Springfield"."""
    words = name.split()
    places, first = words_of("before_places"), 1 if agency_named(fold(words[0])) else 2
    told = (at for at, word in enumerate(words) if at >= first and (word in places or word in _CAPITAL_PLACES))
    at = next((at for at in told if words[at] != "of" or words[at + 1 : at + 2] == ["the"]), len(words))
    return " ".join(words[:at])


_CAPITAL_PLACES = frozenset({"Special", "For"})
"""Before whom it was written for, where bylines are set in capitals."""


def _before_day(name: str) -> str:
    """Drop a day and what follows: "Ada Rivers on June 26" has no comma before it."""
    words = name.split()
    at = next((at for at, word in enumerate(words) if word[0].isdigit()), None)
    if at is None or at < 2:
        return name
    if month_number(fold_word(words[at - 1].strip(".,"))):
        at -= 1
    if at > 1 and words[at - 1].lower() in words_of("before_days"):
        at -= 1
    return " ".join(words[:at])
