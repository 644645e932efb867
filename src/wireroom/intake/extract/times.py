"""When was the piece published and changed?

Reads stated dates with zone, method and confidence; a stamp is never filled in with the time of reading, and one from
the future is questioned, not believed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice

import msgspec
from msgspec import Struct

from wireroom.intake.extract.sheet import clue
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.date_words import LETTER, month_number
from wireroom.text.dates import Moment, parse_date
from wireroom.text.urls import host

AHEAD = timedelta(days=1)
"""Publishers' clocks and zones err by hours; a stamp more than a day ahead is a mistake or an embargo."""
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_IN_URL = re.compile(r"[/_.-](19[89]\d|20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_NAMED_IN_URL = re.compile(r"/(19[89]\d|20\d\d)[/-]([a-zA-Z]{3,9})[/-](0?[1-9]|[12]\d|3[01])(?=/|$)")
_WRITTEN = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}|\d{4}[./-]\s?\d{1,2}[./-]\s?\d{1,2}|\d{4}\s?[年년]"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?{LETTER}{{3,12}}\.?[,،]?\s+(?:de\s+)?\d{{4}}"
    rf"|\d{{1,2}}\s+{LETTER}{{3,6}}\s+{LETTER}{{5,6}}\s+\d{{4}}|\d{{1,2}}\s+{LETTER}{{1,3}}\.{LETTER}{{1,2}}\.\s+\d{{4}}"
    rf"|\d{{4}}\.?\s+(?:m\.\s+)?{LETTER}{{3,12}}\s+\d{{1,2}}\b"
    rf"|\d{{1,2}}([./])\d{{1,2}}\1\d\d(?=,?\s+\d{{1,2}}:\d\d|\Z)"
    rf"|{LETTER}{{3,9}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}})"
)
_LONGEST_WRITTEN = 40
_CHANGED = re.compile("|".join(table("dates")["changed"]), re.IGNORECASE)
_IN_SCRIPT = re.compile(r'"([A-Za-z_:.]{3,40})\\?"\s*:\s*\\?"([^"\\]{8,40})')
_KEY_WORD = re.compile(r"[A-Z]?[a-z]+")


class Stamp(Struct, frozen=True, kw_only=True, gc=False):
    """A stated moment (UTC), the evidence for it, how it was read, and how far it is trusted (0–1)."""

    when: datetime
    evidence: Evidence
    method: str
    confidence: float


def from_url(url: str) -> Iterator[Evidence]:
    """Yield the day that an address carries."""
    if found := _IN_URL.search(url):
        yield clue("published", "-".join(found.groups()), "url", 0.55)
    elif (found := _NAMED_IN_URL.search(url)) and (month := month_number(found[2].lower())):
        yield clue("published", f"{found[1]}-{month:02}-{int(found[3]):02}", "url", 0.55)


def from_lines(lines: Iterable[str]) -> Iterator[Evidence]:
    """Yield what short lines around the body say of the day, as "Updated 3 May 2025, 10:40"."""
    for line in lines:
        days = list(_WRITTEN.finditer(line)) if _DIGIT.search(line) else []
        alone = sum(len(day[0]) for day in days) * 3 > len(line)  # not a date that a sentence or caption mentions
        for changed, written in _told(line, days):
            yield clue("updated" if changed else "published", written, "text", 0.40 if alone else 0.20)


def from_marked(texts: Iterable[str]) -> Iterator[Evidence]:
    """Yield the first date that stands in a short element named after its time, as `<span class="post-date">`."""
    for text in texts:
        for changed, written in _told(text, list(_WRITTEN.finditer(text))):
            yield clue("updated" if changed else "published", written, "text", 0.34)
            if not changed:
                return


def _told(line: str, days: Sequence[re.Match[str]]) -> Iterator[tuple[bool, str]]:
    """Yield the dates of a line, each with the time behind it and whether it is of a change: the word is before it."""
    starts = [day.start() for day in days]
    ends = [day.end() for day in days]
    for before, day, after in zip([0, *ends], days, [*starts[1:], len(line)], strict=False):
        label = line[before : day.start()] if len(days) > 1 else line
        rest = line[day.end() : after]
        # Readers of screens may be told the day again, right behind: "30.01.202430 January 2024".
        written = f"{day[0]} {rest}" if rest[:1].isdigit() else f"{day[0]}{rest}"
        yield _CHANGED.search(label) is not None, written[:_LONGEST_WRITTEN]


def from_scripts(scripts: Iterable[str]) -> Iterator[Evidence]:
    """Yield the publication dates that a page's own program carries in its data."""
    stated = (found for script in scripts for found in _IN_SCRIPT.finditer(script))
    dated = (found[2] for found in stated if _tells_publication(found[1]) and _DIGIT.search(found[2]))
    for value in islice(dated, 3):
        yield clue("published", value, "script", 0.40)


_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=1024)
def _tells_publication(key: str) -> bool:
    """Tell whether a key of a program's data is named after publication: "firstPublicationDate", "reg_dt"."""
    known, words = table("dates"), [word.lower() for word in _KEY_WORD.findall(key)]
    if not words or words[0] == "re" or any(word.startswith(tuple(known["script_never"])) for word in words):
        return False
    if words[-1] == "dt":
        return True
    timed = words[0] == "date" or words[-1] == "at" or words[-1].endswith(("date", "time"))
    return timed and any(word.startswith(tuple(known["script_acts"])) for word in words)


def is_day_first(language: str | None, declared: Iterable[str], url: str) -> bool:
    """Tell whether 5/11/2026 is a day in November on a page: everywhere but in English without a country's mark.

    `language` is the text's, `declared` are the page's statements ("en-GB").
    """
    if host(url).rpartition(".")[2] in table("dates")["day_first"]:
        return True
    return any(stated and not _AMERICAN.match(stated) for stated in (language, *declared))


_AMERICAN = re.compile(r"en(?![a-z])(?![-_](?!us|ph|ca|001)[a-z]{2})", re.IGNORECASE)


def _read(written: str, latest: datetime, day_first: Callable[[], bool]) -> Moment | None:
    """Read a date; of figures that can be read in two ways, the one that is usual here and does not lie ahead."""
    moment = parse_date(written)
    if moment is None or moment.method != "numeric-guess" or moment.zone_known:
        return moment
    other = msgspec.structs.replace(moment, when=moment.when.replace(month=moment.when.day, day=moment.when.month))
    first, second = (other, moment) if "/" in written and day_first() else (moment, other)
    return second if second.when <= latest < first.when else first


def stamps(clues: Iterable[Evidence], now: datetime, day_first: Callable[[], bool]) -> tuple[Stamp, ...]:
    """Read stated dates; unreadable, ancient and far-future ones are left out.

    Whether the day stands first is asked only of figures that can be read in two ways.
    """
    found, latest = [], now + AHEAD
    for stated in clues:
        moment = _read(stated.value, latest, day_first)
        if moment is None or not _OLDEST <= moment.when <= latest:
            continue
        trust = stated.confidence * (1.0 if moment.zone_known else 0.9)
        if moment.method == "numeric-guess":
            trust *= 0.7
        method = f"{stated.source}/{moment.method}{'' if moment.zone_known else '/no-zone'}"
        found.append(Stamp(when=moment.when, evidence=stated, method=method, confidence=round(trust, 3)))
    return tuple(found)


def choose(found: tuple[Stamp, ...]) -> Stamp | None:
    """Return the most trusted stamp; others on the same day lend it their trust (noisy or), ties go to the first."""
    if len(found) < 2:
        return found[0] if found else None
    moments = [stamp.when for stamp in found]
    if max(moments) - min(moments) < _ONE_DAY:  # then all agree with all
        return max(found, key=lambda stamp: stamp.confidence)
    return max(found, key=lambda stamp: (_agreed(stamp, found), stamp.confidence))


_ONE_DAY = timedelta(hours=25)
"""Two statements of one day, of which one may lack its zone."""


def _agreed(stamp: Stamp, found: tuple[Stamp, ...]) -> float:
    doubt = 1.0
    for source in {other.evidence.source for other in found}:
        doubt *= 1 - max(
            (
                other.confidence
                for other in found
                if other.evidence.source == source and abs(other.when - stamp.when) < _ONE_DAY
            ),
            default=0.0,
        )
    return round(1 - doubt, 6)
