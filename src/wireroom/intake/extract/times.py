"""When was the piece published and changed?

Reads stated dates with zone, method and confidence; a stamp is never filled in with the time of reading, and one from
the future is questioned, not believed.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import islice

from msgspec import Struct

from wireroom.intake.extract.sheet import clue
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.date_words import month_number
from wireroom.text.dates import parse_date

AHEAD = timedelta(days=1)
"""Publishers' clocks and zones err by hours; a stamp more than a day ahead is a mistake or an embargo."""
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_IN_URL = re.compile(r"[/_.-](19[89]\d|20\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
_NAMED_IN_URL = re.compile(r"/(19[89]\d|20\d\d)[/-]([a-zA-Z]{3,9})[/-](0?[1-9]|[12]\d|3[01])(?=/|$)")
_WRITTEN = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{4}\s?[年년]"
    r"|\d{1,2}(?:\.|st|nd|rd|th|er)?\s+(?:de\s+|of\s+)?[^\W\d_]{3,10}\.?,?\s+(?:de\s+)?\d{4}"
    r"|[^\W\d_]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
)
_LONGEST_WRITTEN = 40
_CHANGED = re.compile("|".join(table("dates")["changed"]), re.IGNORECASE)
_IN_SCRIPT = re.compile(r'"([A-Za-z_:.]{3,40})\\?"\s*:\s*\\?"([^"\\]{8,40})')
_KEY_WORD = re.compile(r"[A-Z]?[a-z]+")


class Stamp(Struct, frozen=True, kw_only=True):
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
        if found := _WRITTEN.search(line):
            field = "updated" if _CHANGED.search(line) else "published"
            alone = len(found[0]) * 3 > len(line)  # not a date that a sentence or caption mentions
            written = line[found.start() : found.start() + _LONGEST_WRITTEN] if alone else found[0]
            yield clue(field, written, "text", 0.40 if alone else 0.20)


def from_marked(texts: Iterable[str]) -> Iterator[Evidence]:
    """Yield the first date that stands in a short element named after its time, as `<span class="post-date">`."""
    for text in texts:
        if found := _WRITTEN.search(text):
            changed = _CHANGED.search(text[: found.start()]) is not None
            yield clue("updated" if changed else "published", text[found.start() :][:_LONGEST_WRITTEN], "text", 0.34)
            if not changed:
                return


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


def stamps(clues: Iterable[Evidence], now: datetime) -> tuple[Stamp, ...]:
    """Read stated dates; unreadable, ancient and far-future ones are left out."""
    found, latest = [], now + AHEAD
    for stated in clues:
        moment = parse_date(stated.value)
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
    if not found:
        return None
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
