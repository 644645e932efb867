"""Which agencies does a page credit: by name, behind "Source:", in brackets, before the dash of a dateline?

Reads words against the dated tables. It must not decide whose text a piece is.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from wireroom.intake.extract.byline_patterns import alternatives
from wireroom.intake.extract.tables import table
from wireroom.text.tokens import fold

_PARTED = re.compile(
    r"\s*[,/;&|+()=·、\uff0c\uff0f\uff1d・:\uff1a]\s*|\s+[-–—]\s+|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])"
)
_OPENING, _CLOSING, _LONGEST_LINE = 160, 80, 60
"""Characters of a text within which a dateline stands, of its end with a credit, and of a line that is nothing else."""
_BEGINNING, _LEAST_SENTENCE = 600, 25
"""Characters before which a body begins, days and names being read as parts of it, and of its first sentence."""
_DATELINE = re.compile(
    r"[^\n()\uff08\uff09\[\]\u3014【]{0,60}[(\uff08\[\u3014【](?P<inside>[^\n()\uff08\uff09\[\]\u3014\u3015【】]{2,40})[)\uff09\]\u3015】](?P<behind>[^\n]{0,40})"
)
_DASHED = re.compile(r"\s*[-–—―:=.]")
_WIRED = re.compile(
    r"[\u3014【\uff08(]?(?P<inside>[\u3400-\u9fff]{2,4}社|[\u3400-\u9fff]{3}网)[^\n\uff0c。]{2,24}[电電]"
)
_SIGNED_OFF = re.compile(r"[(\uff08/【\[](?P<inside>[^\n()\uff08\uff09【】\[\]/]{2,40})[)\uff09/】\]]\W{0,2}\Z")
_BRACKETED = re.compile(r"[(\uff08\u3014【](?P<inside>[^()\uff08\uff09]{2,40})[)\uff09\u3015】]")
_NAMED_OFF = re.compile(r"【[\u3400-\u9fff]{2,4}[\u3040-\u30ff\u3400-\u9fff]{1,4}】。?\s*")
"""A name in these brackets signs a Japanese piece; round ones hold remarks too."""
_REPORTERS = re.compile(
    r"(?:[记記]者|通[讯訊][员員])[\s:\uff1a]*(?P<names>[\u3400-\u9fff、\uff0c ]{2,20}?)(?=[\uff0f/]|\Z)"
)
_KOREAN = re.compile(r"\s*(?P<names>[가-힣]{2,4}(?:\s?[·,]\s?[가-힣]{2,4})*)\s(?:[가-힣]{2,4})?(?:기자|특파원)\s*=")


@cache
def _agencies() -> dict[str, str]:
    names: dict[str, str] = table("agencies")["names"]
    return {fold(name): agency for told in names.items() for name, agency in (told, (told[1], told[1]))}


def agency_named(folded: str) -> str | None:
    """Return the agency that a whole folded name is, if it is one."""
    return _agencies().get(folded.strip(" .()"))


def listed(text: str) -> tuple[str, ...]:
    """Return the agencies in a list: "AFP, Reuters and dpa", "mit dpa"."""
    parts = (part for cut in _PARTED.split(text) for part in joined().split(f" {cut} "))
    return tuple(dict.fromkeys([named for part in parts if (named := agency_named(fold(part)))]))


@cache
def joined() -> re.Pattern[str]:
    """Return the pattern of words between agencies, and before the first of them."""
    known = table("bylines")
    return re.compile(rf"\s(?:{alternatives([*known['joiners'], *known['before_agencies']])})(?=\s)", re.IGNORECASE)


def parted(byline: str) -> tuple[str, tuple[str, ...]]:
    """Return a byline before the words that name its sources ("with inputs from PTI"), and the agencies behind them."""
    found = _sourcing().search(byline)
    return (byline[: found.start()], listed(byline[found.end() :])) if found else (byline, ())


@cache
def _sourcing() -> re.Pattern[str]:
    known = table("bylines")
    nouns, phrases = alternatives(known["sources"]), alternatives(known["inputs"])
    return re.compile(rf"(?<![^\W\d])(?:(?:{nouns})\s*[:\uff1a]|(?:{phrases})(?=\s))", re.IGNORECASE)


def credited(text: str, below: Iterable[str]) -> Iterator[str]:
    """Yield who is credited at the ends of a body and in lines under it; reporters where datelines name them."""
    first = next((part for part in text[:_BEGINNING].split("\n\n") if len(part) >= _LEAST_SENTENCE), "")
    yield from _in_dateline(first[:_OPENING])
    last = text[-_CLOSING:].rpartition("\n")[2]
    if found := _SIGNED_OFF.search(last):
        yield from listed(found["inside"])
        if _NAMED_OFF.fullmatch(found[0]):
            yield f"記者\uff1a{found['inside']}"
    for line in (last, *below):
        if 0 < len(line) <= _LONGEST_LINE:
            yield from parted(line)[1] or _alone(line)
            if (found := _BRACKETED.fullmatch(line)) and (reporters := _REPORTERS.search(found["inside"])):
                yield f"記者\uff1a{reporters['names']}"


def above(lines: Iterable[str]) -> Iterator[str]:
    """Yield the agencies in lines over a text whose word for sources is never a picture's: "来源 新华社"."""
    words = table("bylines")["sources_above"]
    for line in lines:
        if any(word in line.lower() for word in words):
            yield from parted(line)[1]


def _alone(line: str) -> tuple[str, ...]:
    """Return the agencies of a line that names nothing else: "(dpa/AFP)", "/ritzau/"."""
    parts = [bare for part in _PARTED.split(line) if (bare := part.strip(" .()[]"))]
    named = [agency_named(fold(part)) for part in parts]
    return tuple(name for name in named if name) if all(named) else ()


def _in_dateline(opening: str) -> Iterator[str]:
    found = _WIRED.match(opening)
    if found:
        yield from listed(found["inside"])
    found = _DATELINE.match(opening)
    if found is None:
        return
    inside, behind = found["inside"], found["behind"]
    if named := _KOREAN.match(behind):
        yield from (f"{name} 기자" for name in re.split(r"\s?[·,]\s?", named["names"]))
    elif inside.isascii() and not _DASHED.match(behind):
        return  # "The council (AP photo) met" is no dateline
    yield from listed(inside) or _unspaced(inside)
    if reporters := _REPORTERS.search(inside):
        yield f"記者\uff1a{reporters['names']}"


def _unspaced(inside: str) -> tuple[str, ...]:
    """Return the agency at the end of a dateline without spaces: "ニューヨーク共同"."""
    ending = max((name for name in _agencies() if not name.isascii() and inside.endswith(name)), key=len, default="")
    return (_agencies()[ending],) if ending else ()
