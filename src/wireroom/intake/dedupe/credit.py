"""Whose text does an article say it is?

Reads bylines, datelines and closing lines against the table of agencies. It must not compare articles.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct

from wireroom.records.articles import Article
from wireroom.text.tokens import fold


class Agency(Struct, frozen=True, kw_only=True):
    """A supplier of text; `kind` is `wire`, `release` or `licence`."""

    name: str
    kind: str
    marks: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


class Credit(Struct, frozen=True, kw_only=True):
    """An agency and the words that credit it."""

    agency: str
    kind: str
    proof: str
    own: bool = False
    """The article stands on the agency's own site."""


OPENING = 400
CLOSING = 600
"""Characters of a text in which datelines and closing credits stand."""

_DATELINE = re.compile(
    r"^[^\n]{0,120}?[(/]\s*(?P<mark>[A-Z][A-Za-z.&\- ]{1,30}?|dpa)(?:/[A-Z][A-Za-z ]+)?\s*[)/]\s*(?:-{1,2}|–|—|―|:)",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"(?:copyright|©|\(c\))\s*(?:\d{4}\s*)?(?P<owner>[^\n.,;]{2,50}?)(?=[.,;\n]|$| all rights)|"
    r"(?:(?:originally\s+)?(?:appeared|published|produced|distributed|provided|supplied)\s+(?:by|on|in|at)|source:|visit)\s+"
    r"(?P<source>[^\n.,;]{2,50}?)(?=[.,;\n]|$| under | and | with | as )",
    re.IGNORECASE,
)
_LICENCE = re.compile(
    r"republished (?:from|with|under)|reprinted with permission|creative commons|originally (?:appeared|published)",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"(?:for immediate release|/prnewswire/|news provided by|press release distributed)", re.IGNORECASE
)


@cache
def agencies() -> tuple[Agency, ...]:
    """Return the table of agencies."""
    table = tomllib.loads(files("wireroom.intake.dedupe").joinpath("agencies.toml").read_text(encoding="utf-8"))
    return tuple(
        Agency(name=row["name"], kind=row["kind"], marks=tuple(row["marks"]), domains=tuple(row["domains"]))
        for row in table["agency"]
    )


@cache
def _by_mark() -> dict[str, Agency]:
    return {fold(mark): agency for agency in agencies() for mark in (*agency.marks, agency.name)}


@cache
def _by_domain() -> dict[str, Agency]:
    return {domain: agency for agency in agencies() for domain in agency.domains}


def find_credit(article: Article) -> Credit | None:
    """Return the agency an article credits in byline, dateline or closing line, or that publishes it itself."""
    home = _by_domain().get(article.provider.domain or "") or _by_mark().get(fold(article.provider.name))
    if home is not None:
        return Credit(agency=home.name, kind=home.kind, proof=f"published by {home.name}", own=True)
    return _byline(article) or _dateline(article.text[:OPENING]) or _closing(article.text[-CLOSING:])


def _byline(article: Article) -> Credit | None:
    """Read the credited agencies and the byline."""
    for name in article.agencies:
        known = _by_mark().get(fold(name))
        return Credit(
            agency=known.name if known else name, kind=known.kind if known else "wire", proof=f"credited to {name}"
        )
    for author in article.authors:
        for part in re.split(r"\s*(?:,|/|\||\bfor\b|\bvia\b|\bby\b)\s*", author):
            if (known := _by_mark().get(fold(part))) is not None:
                return Credit(agency=known.name, kind=known.kind, proof=f"byline: {author}")
    return None


def _dateline(opening: str) -> Credit | None:
    """Read `LOCKPORT, N.Y. (AP) —`; an unknown mark of that form is an agency we do not know yet."""
    found = _DATELINE.search(opening)
    if found is None:
        return None
    mark = found["mark"].strip()
    known = _by_mark().get(fold(mark))
    return Credit(
        agency=known.name if known else mark,
        kind=known.kind if known else "wire",
        proof=f"dateline: {' '.join(found[0].split())}",
    )


def _closing(closing: str) -> Credit | None:
    """Read copyright and source lines at the end."""
    for found in _CLOSING.finditer(closing):
        owner = (found["owner"] or found["source"]).strip()
        known = _by_mark().get(fold(owner)) or _by_mark().get(fold(owner).removeprefix("the "))
        if known is not None:
            return Credit(agency=known.name, kind=known.kind, proof=" ".join(found[0].split()))
    return None


def licence_line(text: str) -> str | None:
    """Return the sentence that says a text is republished by agreement."""
    return _licence_in(text[:OPENING]) or _licence_in(text[-CLOSING:])


def _licence_in(text: str) -> str | None:
    """Find the words first and the sentence around them then: the other way round costs the square of a long line."""
    found = _LICENCE.search(text)
    if found is None:
        return None
    begins = max(text.rfind(mark, 0, found.start()) for mark in ".\n") + 1
    ends = min((at for mark in ".\n" if (at := text.find(mark, found.end())) >= 0), default=len(text))
    return " ".join(text[begins:ends].split())


def names(text: str, publisher: str) -> bool:
    """Tell whether opening or closing lines name a publisher as the source."""
    if len(publisher) < 4:
        return False
    source = re.compile(
        rf"(?:source|via|by|in|on|from|appeared|courtesy of|first)\W+(?:the\s+)?{re.escape(publisher)}", re.IGNORECASE
    )
    return source.search(text[:OPENING]) is not None or source.search(text[-CLOSING:]) is not None


def is_release(article: Article, credit: Credit | None) -> bool:
    """Tell whether an article gives itself out as a press release."""
    if article.type == "press-release" or (credit is not None and credit.kind == "release"):
        return True
    return _RELEASE.search(article.text[:OPENING]) is not None
