"""Who is credited, after all that can sign a piece was heard: head, layout, lines of text, datelines, programs?

Gathers what stands in and around the body, and asks programs only when nothing else names anybody. The merge decides.
"""

from collections.abc import Iterable, Iterator

from wireroom.intake.extract import merge, programs
from wireroom.intake.extract.agencies import above, credited
from wireroom.intake.extract.body import Body
from wireroom.intake.extract.bylines import Byline, below, paired, signature
from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.records.articles import Evidence

_TRUST = 0.42
"""In what lines of text say of who wrote it."""


def decide(
    sheet: Sheet, fields: merge.Fields, body: Body, house: tuple[str, ...]
) -> tuple[Byline, tuple[Evidence, ...], tuple[Evidence, ...]]:
    """Return who is credited, the statements that decided it, and those read here that belong on the record."""
    signed, wired = ((), ()) if body == _UNREAD else (_signed(body), _wired(body))
    found, signers = merge.authors((*fields.get("author", ()), *fields.get("house", ()), *signed, *wired), house)
    drawn: tuple[Evidence, ...] = ()
    if not found.people and not found.agencies:
        drawn = tuple(programs.authors(sheet.scripts()))
        found, signers = merge.authors(drawn, house) if drawn else (found, signers)
    return found, signers, tuple(dict.fromkeys((*_lines(signers), *wired, *drawn)))


_UNREAD = Body()


def _wired(body: Body) -> tuple[Evidence, ...]:
    """Return whom datelines and lines around the body credit."""
    told = dict.fromkeys((*credited(body.text, body.below), *above(line for line, _ in body.around)))
    return tuple(clue("author", name, "text", _TRUST) for name in told)


def _signed(body: Body) -> tuple[Evidence, ...]:
    """Return the lines that sign the body."""
    lines = [signature(text, bold=bold) for text, bold in body.around] + [below(text) for text in body.below]
    lines += [signature(line, bold=False) for line in paired(text for text, _ in body.around)]
    return tuple(clue("author", line, "text", _TRUST) for line in dict.fromkeys(lines) if line)


def _lines(signers: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield the lines of text that decided; other evidence is on the record already."""
    return (said for said in signers if said.source == "text")
