"""Which of the page's statements count, field by field?

The one place where evidence is weighed. Winners and losers stay on the record with their confidence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from msgspec import Struct

from wireroom.intake.extract import bylines, houses, images, titles
from wireroom.intake.extract.times import Stamp, choose, stamps
from wireroom.records.articles import Evidence

LONGEST_KEPT = 500
"""Characters of a losing value that stay on the record."""


Fields = Mapping[str, Sequence[Evidence]]
"""Evidence by the field it speaks for, in the order it was heard."""


class Field(Struct, frozen=True, kw_only=True):
    """What was decided for one field, and the statement that decided it."""

    value: str = ""
    winner: Evidence | None = None


class Dates(Struct, frozen=True, kw_only=True):
    """The stamps that were decided for publication and change."""

    published: Stamp | None = None
    updated: Stamp | None = None


def by_field(clues: Iterable[Evidence]) -> Fields:
    """Sort evidence into its fields, keeping the order."""
    fields: dict[str, list[Evidence]] = {}
    for clue in clues:
        fields.setdefault(clue.field, []).append(clue)
    return fields


def joined(fields: Fields, later: Fields) -> Fields:
    """Return what was heard first and what was heard later as one."""
    return {**fields, **{name: (*fields.get(name, ()), *found) for name, found in later.items()}}


def title(clues: Sequence[Evidence], house: Iterable[str], sections: Iterable[str] = ()) -> Field:
    """Decide the headline: the one whose statement is trusted most, after hearing the others."""
    firm = [clue for clue in clues if clue.source not in _TRAILING]
    if titles.is_one(firm, house):  # on two pages of five; title tags are trusted less than any of these
        winner = max(firm, key=lambda clue: clue.confidence)
        return Field(value=winner.value.strip(), winner=winner)
    groups: dict[str, list[tuple[str, Evidence]]] = defaultdict(list)
    for text, clue in titles.cleaned(clues, house, sections):
        groups[titles.key(text)].append((text, clue))
    if not groups:
        return Field()
    best = _best(groups) if len(groups) > 1 else next(iter(groups))  # every second page says one thing
    text, winner = max(groups[best], key=lambda pair: pair[1].confidence)
    return Field(value=text, winner=winner)


def _best(groups: Mapping[str, list[tuple[str, Evidence]]]) -> str:
    voices = {key: _voices(group) for key, group in groups.items()}
    weights = {key: _weight(group, voices[key], voices.values()) for key, group in groups.items()}
    return _whole(_without_kicker(max(weights, key=weights.__getitem__), groups), groups)


_KIN = {"twitter": "open-graph", "meta": "open-graph"}
"""Statements that publishing systems fill from the same box are one voice."""
_AGREEMENT = 0.05
"""What another voice adds. Little: title, heading and cards of one page are mostly one text."""
_SEARCH_TITLE = 0.70
"""Trust in a declared headline that only the title tag shares, where heading and card agree on another: it carries the
words meant for search engines (five publishers; two mean it after all)."""
_TAG = frozenset({"title"})
_SEARCHED, _READERS = frozenset({"json-ld", "title"}), frozenset({"heading", "open-graph"})


def _voices(group: list[tuple[str, Evidence]]) -> frozenset[str]:
    return frozenset([_KIN.get(clue.source, clue.source) for _, clue in group])


def _weight(group: list[tuple[str, Evidence]], own: frozenset[str], all_: Iterable[frozenset[str]]) -> float:
    """Weigh a headline by its most trusted statement and the voices that agree."""
    if own == _SEARCHED and any(others >= _READERS for others in all_):
        return _SEARCH_TITLE
    best = max([clue.confidence for _, clue in group])
    return round(min(1.0, best + _AGREEMENT * (len(own - _TAG) - 1)), 3)


def _whole(best: str, groups: Mapping[str, list[tuple[str, Evidence]]]) -> str:
    """Prefer the whole headline to its beginning: systems cut what they declare after about a hundred characters."""
    text = groups[best][0][0]
    if len(text) < titles.LEAST_CUT and not text.endswith(("…", "...")):
        return best
    longer = [
        key
        for key, group in groups.items()
        if key != best and key.startswith(best) and any(clue.source not in _TRAILING for _, clue in group)
    ]
    return min(longer, key=len, default=best)


_TRAILING = frozenset({"title", "feed"})
"""What often has more behind the headline than the headline."""


def _without_kicker(best: str, groups: Mapping[str, list[tuple[str, Evidence]]]) -> str:
    """Prefer the card's title when it is the chosen one without its kicker; to a heading alone also the title tag's."""
    chosen = groups[best][0][0]
    barer = _BARE if {clue.source for _, clue in groups[best]} != {"heading"} else _BARE | {"title"}
    for key, group in groups.items():
        sources = {clue.source for _, clue in group}
        if key != best and not barer.isdisjoint(sources) and titles.has_kicker(chosen, key):
            return key
    return best


_BARE = frozenset({"open-graph"})


def dates(fields: Fields, now: datetime, day_first: Callable[[], bool]) -> Dates:
    """Decide when the piece was published and, when it was later, changed."""
    published = choose(stamps(fields.get("published", ()), now, day_first))
    updated = choose(stamps(fields.get("updated", ()), now, day_first))
    if published is not None and updated is not None and updated.when <= published.when:
        updated = None
    return Dates(published=published, updated=updated)


def of_change(found: Dates) -> Dates:
    """Date a piece by its last change where nothing says when it came out: some newsrooms show that day only."""
    changed = found.updated
    if changed is None or changed.evidence.source not in _SHOWN:
        return found
    method, trust = f"changed/{changed.method}", round(changed.confidence / 2, 3)
    return Dates(published=msgspec.structs.replace(changed, method=method, confidence=trust))


_SHOWN = frozenset({"text", "time", "json-ld", "open-graph"})
"""Not of other metas: a last-modified is mostly when a program made the page."""


def authors(clues: Sequence[Evidence], house: Iterable[str]) -> tuple[bylines.Byline, tuple[Evidence, ...]]:
    """Decide who is credited: the most trusted statement that names people, else a house or an agency.

    A house stands for its newsroom only where it is declared as the author and no person is named.
    """
    ours = tuple(house)
    ranked = sorted(clues, key=lambda clue: -clue.confidence)
    agencies = bylines.agencies_in(clue.value for clue in ranked)
    spare: tuple[tuple[str, ...], tuple[Evidence, ...]] | None = None
    for same in _alike(ranked):
        found = bylines.read_bylines((clue.value for clue in same), ours).people
        # "Example D" is how Example's account is called; whoever else signs wrote it.
        if persons := houses.without_accounts(found, ours):
            return bylines.Byline(people=persons, agencies=agencies), same
        spare = spare or ((found, same) if found else None)
    if spare:
        return bylines.Byline(people=spare[0], agencies=agencies), spare[1]
    return _collective(ranked, ours, agencies)


def _collective(
    ranked: Sequence[Evidence], ours: tuple[str, ...], agencies: tuple[str, ...]
) -> tuple[bylines.Byline, tuple[Evidence, ...]]:
    """Decide which newsroom or agency is credited where no person is."""
    for clue in (clue for clue in ranked if clue.confidence >= _EXPLICIT):
        names, by_agency = bylines.collective(clue.value), bylines.agencies_in((clue.value,))
        shown = clue.source == "byline"
        if by_agency and (shown or not names):
            return bylines.Byline(agencies=agencies), (clue,)
        # A line of layout that says no more than whose page it is names nobody.
        if names and not (shown and houses.is_house(names, ours)):
            return bylines.Byline(people=names, agencies=agencies), (clue,)
    return bylines.Byline(agencies=agencies), ()


_EXPLICIT = 0.45
"""Statements below this are read off the page's look and name people or nobody."""


def _alike(ranked: Sequence[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """Yield ranked statements in groups of one source and one level of trust."""
    for _, group in groupby(ranked, key=lambda clue: (clue.source, clue.confidence)):
        yield tuple(group)


def plain(clues: Sequence[Evidence], longest: int = 5_000) -> Field:
    """Decide a plain text field: the most trusted statement that says something."""
    usable = [clue for clue in clues if 0 < len(clue.value) <= longest]
    if not usable:
        return Field()
    winner = max(usable, key=lambda clue: clue.confidence)
    return Field(value=winner.value, winner=winner)


def image(clues: Sequence[Evidence]) -> Field:
    """Decide the lead image."""
    winner = images.choose(clues)
    return Field(value=winner.value, winner=winner) if winner else Field()


def record(clues: Iterable[Evidence], winners: Iterable[Evidence | None]) -> tuple[Evidence, ...]:
    """Return all evidence as it stays on the record: shortened, winners marked."""
    chosen = {id(winner) for winner in winners}
    return tuple([_kept(clue, chosen=id(clue) in chosen) for clue in clues if clue.field != "body"])


def _kept(clue: Evidence, *, chosen: bool) -> Evidence:
    if not chosen and len(clue.value) <= LONGEST_KEPT:  # as most are
        return clue
    return msgspec.structs.replace(clue, value=clue.value[:LONGEST_KEPT], chosen=chosen)
