"""Which moment does a written date name?

Reads the dialects of feeds and pages: RFC 822 with all its sins, ISO 8601 and W3CDTF, asctime, month names in many
languages, Korean, Chinese and Japanese forms, plain numbers. It never fills a gap with the current time: what cannot be
read is None. A date without a zone is taken as UTC, and the outcome says so.
"""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import msgspec
from msgspec import Struct

from wireroom.text.date_words import HALF_DAYS, LETTER, TWO_WORDS, fold_word, half_day, month_number, zone_minutes

LONGEST = 120
"""Characters; the longest true date met in feeds has 74 (a JavaScript date with its zone spelled out)."""

OLDEST_YEAR = 1000
"""Below this stand only defaults of programs, such as 0001-01-01."""

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?)?\s*(.*)", re.ASCII | re.DOTALL)
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3}, )?(\d\d?) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (.+)",
    re.ASCII,
)
_OFFSET = re.compile(r"(?:gmt|utc|z)?\s*([+-])(\d{1,2}):?(\d\d)?(?!\d)", re.ASCII)
_CJK_DATE = re.compile(r"(\d{2,4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号]?")
_CJK_TIME = re.compile(r"(\d{1,2})\s*[时時시点點]\s*(?:(\d{1,2})\s*[分분]\s*)?(?:(\d{1,2})\s*[秒초])?")
_TIME = re.compile(
    rf"(?P<before>{HALF_DAYS})?\s*(?<!\d)(?P<hour>\d{{1,2}})(?::|\s?h\s?:?)(?P<minute>[0-5]?\d)"
    rf"(?::(?P<second>\d{{1,2}})(?:[.,]\d+)?)?(?!\d)\s?(?P<after>(?:{HALF_DAYS})(?![^\W\d_]))?"
)
_ANY_TIME = re.compile(r"(?<!\d)\d{1,2}(?::|\s?h\s?:?)[0-5]?\d")
_HOUR_ALONE = re.compile(rf"(?<![-/.:\d])(?P<hour>1[0-2]|0?[1-9])\s?(?P<after>{HALF_DAYS})(?![^\W\d_])")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(\d{1,2})(?!\d)\.?", re.ASCII)
_YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d\d)(?!\d)", re.ASCII)
_WORD = re.compile(rf"{LETTER}+|\d+")
_DIGIT = re.compile(r"[^\D0-9]")
_THAI = re.compile(r"[\u0e00-\u0e7f]")
_THAI_SHORT = re.compile(r"([\u0e00-\u0e4e]{1,3})\.([\u0e00-\u0e4e]{1,2})\.")
_COMMENT = re.compile(r"\([^()]*\)")
_ZONE_COMMENT = re.compile(r"\(((?:gmt|utc)\s?[+-]\s?\d{1,2}(?::\d\d)?)\)", re.IGNORECASE)
_HALF_DAY_DOTS = re.compile(r"([ap](?<!\w\w))\.\s?m\b\.?")
_ZONE_WORD = re.compile(r"(?:etc/)?([a-z]{1,5})(?![^\W\d_])")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[t ]?(\d\d)(\d\d)(\d\d)?)?(?![\d:])", re.ASCII)
_ORDINAL = re.compile(r"(?<!\d)(\d{4})-?(\d{3})(?![\d-])", re.ASCII)
_MONTH_ONLY = re.compile(r"(\d{4})(?:-(\d\d))?", re.ASCII)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?$", re.ASCII)


class Moment(Struct, frozen=True, kw_only=True, gc=False):
    """A moment in UTC, the dialect that gave it, and whether the date named its zone."""

    when: datetime
    method: str
    """`iso8601`, `rfc822`, `named-month`, `numeric`, `numeric-guess` (day and month could be swapped), `epoch`."""
    zone_known: bool


class _Clock(Struct, frozen=True):
    """A time of day, the minutes its zone is east of UTC (None = unknown), and where it stood in the text."""

    hour: int = 0
    minute: int = 0
    second: int = 0
    zone: int | None = None
    span: tuple[int, int] = (0, 0)


class _Day(Struct, frozen=True):
    """A calendar day and the dialect that named it."""

    year: int
    month: int
    day: int
    method: str


@lru_cache(maxsize=4096)
def parse_date(text: str) -> Moment | None:
    """Read a date in any dialect; None when there is no whole date in it."""
    if len(text) > LONGEST:
        return None
    text = text.strip()
    try:
        return _plain(text) or _common(text) or _any(text)
    except (ValueError, OverflowError):
        return None


def _plain(text: str) -> Moment | None:
    """Read ISO 8601 as most programs write it, which needs no pattern: a seventh of the time."""
    if text[4:5] != "-" or text[7:8] != "-" or text[13:14] != ":" or text[10:11] not in "Tt ":
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:  # a zone's name, hour 24, a leap second: others read those
        return None
    if local.year < OLDEST_YEAR:
        return None
    when = local.replace(tzinfo=UTC) if local.tzinfo is None else local.astimezone(UTC)
    when = when.replace(microsecond=0) if when.microsecond else when
    return Moment(when=when, method="iso8601", zone_known=local.tzinfo is not None)


def _common(text: str) -> Moment | None:
    """Read the two dialects that nearly all feeds use, without further ado."""
    if found := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, rest = found.groups()
        zone = _zone(rest.lower())
        if rest and (zone is None or hour is None):
            return None
        return _moment(
            _Day(int(year), int(month), int(day), "iso8601"),
            _Clock(int(hour or 0), int(minute or 0), int(second or 0), zone),
        )
    if found := _RFC822.fullmatch(text):
        day, name, year, hour, minute, second, rest = found.groups()
        zone, number = _zone(rest.lower()), month_number(name.lower())
        if zone is not None and number:
            clock = _Clock(int(hour), int(minute), int(second), zone)
            return _moment(_Day(int(year), number, int(day), "rfc822"), clock)
    return None


def _any(text: str) -> Moment | None:
    """Read the rarer dialects: find a time of day, then a day in what remains."""
    if _EPOCH.fullmatch(text):
        return Moment(when=_from_epoch(int(text)), method="epoch", zone_known=True)
    folded = _fold(text)
    if found := _COMPACT.match(folded):
        return _from_compact(found, folded)
    clock = _clock(folded)
    start, end = clock.span
    day = _day(f"{folded[:start]} {folded[end:]}")
    if day and day.year >= _BUDDHIST and _THAI.search(folded):
        day = msgspec.structs.replace(day, year=day.year - _BUDDHA)
    return _moment(day, clock) if day else None


_BUDDHA, _BUDDHIST = 543, 2443
"""Years by which Thai calendars are ahead, and from which on a year is one of theirs."""


def _from_epoch(number: int) -> datetime:
    seconds = number // 1000 if number >= 10**11 else number
    return datetime.fromtimestamp(seconds, UTC)


def _fold(text: str) -> str:
    """Return lower case without accents and comments; Chinese, Japanese and Korean marks become `-` and `:`."""
    text = _ZONE_COMMENT.sub(r"\1", text) if "(" in text else text
    if text.isascii():
        text = _COMMENT.sub(" ", text.lower())
        return _HALF_DAY_DOTS.sub(r"\1m", text) if "." in text else text
    text = unicodedata.normalize("NFKC", text)
    text = _DIGIT.sub(lambda digit: str(int(digit[0])), text)
    text = _CJK_DATE.sub(r"\1-\2-\3 ", text)
    text = _CJK_TIME.sub(lambda time: ":".join(part or "00" for part in time.groups()) + " ", text)
    text = _COMMENT.sub(" ", fold_word(_THAI_SHORT.sub(r"\1\2", text)))
    for name, month in TWO_WORDS.items():
        text = text.replace(name, month)
    return _HALF_DAY_DOTS.sub(r"\1m", text)


def _from_compact(found: re.Match[str], folded: str) -> Moment:
    """Read 20031231T101455Z and its shorter forms."""
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    clock = _Clock(hour, minute, second, _zone(folded[found.end() :].strip()))
    return _moment(_Day(year, month, day, "iso8601"), clock)


def _clock(folded: str) -> _Clock:
    """Find the time of day and the zone behind it; midnight in no zone when there is none."""
    # The words for half days are many: whether there is a time at all is asked without them.
    found = (_TIME.search(folded) if _ANY_TIME.search(folded) else None) or _HOUR_ALONE.search(folded)
    if not found:
        return _Clock()
    parts = found.groupdict()
    hour, minute, second = int(parts["hour"]), int(parts.get("minute") or 0), int(parts.get("second") or 0)
    half = half_day(parts.get("before") or parts["after"] or "")
    if half is not None and 1 <= hour <= 12:
        hour = hour % 12 + half
    zone, length = _zone_ahead(folded[found.end() :])
    return _Clock(hour, minute, second, zone, (found.start(), found.end() + length))


def _zone_ahead(text: str) -> tuple[int | None, int]:
    """Return the minutes east of UTC that the text after a time begins with, and how much of the text says so."""
    blank = len(text) - len(text.lstrip())
    if found := _OFFSET.match(text, blank):
        minutes = int(found[2]) * 60 + int(found[3] or 0)
        return (minutes if found[1] == "+" else -minutes), found.end()
    word = _ZONE_WORD.match(text, blank)
    minutes_east = zone_minutes(word[1]) if word else None
    return minutes_east, word.end() if word and minutes_east is not None else 0


def _zone(text: str) -> int | None:
    return _zone_ahead(text)[0]


def _day(folded: str) -> _Day | None:
    """Find a calendar day: figures with separators, else figures around a month's name."""
    if found := _YEAR_FIRST.search(folded):
        return _Day(int(found[1]), int(found[2]), int(found[3]), "numeric")
    if found := _YEAR_LAST.search(folded):
        return _short_iso(found) or _year_last(int(found[1]), int(found[3]), found[4], slash=found[2] == "/")
    if found := _ORDINAL.search(folded):
        return _ordinal(int(found[1]), int(found[2]))
    if found := _MONTH_ONLY.fullmatch(folded.strip()):
        return _Day(int(found[1]), int(found[2] or 1), 1, "iso8601")
    return _named(_WORD.findall(folded))


def _short_iso(found: re.Match[str]) -> _Day | None:
    """Read ISO 8601:1988 dates with a year of two figures, as in 03-12-31 or 99-02-01."""
    if found[2] != "-" or len(found[4]) != 2 or not 1 <= int(found[4]) <= 31 or 12 < int(found[1]) <= 31:
        return None
    return _Day(_full_year(found[1]), int(found[3]), int(found[4]), "numeric-guess")


def _year_last(first: int, second: int, year: str, *, slash: bool) -> _Day:
    """Tell day from month: by size, else the day stands first, but with slashes the month, as feeds from the US do."""
    full = _full_year(year)
    if first > 12 or second > 12:
        day, month = (first, second) if first > 12 else (second, first)
        return _Day(full, month, day, "numeric")
    return _Day(full, first, second, "numeric-guess") if slash else _Day(full, second, first, "numeric-guess")


def _ordinal(year: int, day: int) -> _Day:
    """Read the day of a year, as in 2003-365."""
    if not 1 <= day <= 366:
        raise ValueError(day)
    when = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
    return _Day(when.year, when.month, when.day, "iso8601")


_BETWEEN = frozenset({"de", "del", "of"})


def _named(words: list[str]) -> _Day | None:
    """Read figures around a month's name; of several the last counts, since `mar` may also be a day of the week."""
    words = [word for word in words if word not in _BETWEEN]
    named = [place for place, word in enumerate(words) if month_number(word)]
    # Beside a figure stands a month; elsewhere, as in "5 May 2026 by Julia", a name that begins like one.
    places = [place for place in named if any(word.isdigit() for word in words[max(0, place - 1) : place + 2])] or named
    figures = [word for word in words if word.isdigit() and len(word) <= 4]
    if not places or not figures:
        return None
    month = month_number(words[places[-1]]) or 0
    if len(figures) == 1:
        # "January 2004" names a month; "5 January" names no year, and we do not invent one.
        return _Day(int(figures[0]), month, 1, "named-month") if len(figures[0]) == 4 else None
    year_first = len(figures[0]) == 4 or (int(figures[0]) > 31)
    day, year = (figures[1], figures[0]) if year_first else (figures[0], figures[1])
    return _Day(_full_year(year), month, int(day), "named-month")


def _full_year(year: str) -> int:
    """Complete a short year as RFC 2822 §4.3 says: 00-49 is this century, 50-999 counts from 1900."""
    number = int(year)
    if len(year) >= 4:
        return number
    return number + (2000 if len(year) < 3 and number < 50 else 1900)


def _moment(day: _Day, clock: _Clock) -> Moment:
    """Put day and time together; hour 24 is the next day's start, second 60 (a leap second) counts as 59."""
    if day.year < OLDEST_YEAR:
        raise ValueError(day.year)
    hour, extra = (0, 1) if clock.hour == 24 and clock.minute == 0 else (clock.hour, 0)
    local = datetime(day.year, day.month, day.day, hour, clock.minute, min(clock.second, 59), tzinfo=UTC)
    when = local + timedelta(days=extra, minutes=-(clock.zone or 0))
    return Moment(when=when, method=day.method, zone_known=clock.zone is not None)
