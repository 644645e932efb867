"""How do dates to come reach a diary? As iCalendar (RFC 5545): whole days, each with the report that names it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from wireroom.edition.agenda import Appointment, agenda
from wireroom.edition.render import addresses
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.markup import clean
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition
from wireroom.records.ids import digest

WIDEST = 75
"""Octets of a line; a longer one is folded (RFC 5545 §3.1)."""
MOST = 500
"""Appointments; the latest count."""


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Plan the calendar; one without appointments is a valid calendar, too."""
    marks = marks or marks_of(edition)
    homes = (post.story.id if post.story else "" for post in edition.posts)
    key = marks.key("calendar", marks.everything, *homes)
    yield Draft(path=addresses.CALENDAR, key=key, make=partial(_written, edition))


def _written(edition: Edition) -> bytes:
    masthead = edition.masthead
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Wireroom//{_text(masthead.beat)}//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_text(masthead.name)}: dates ahead",
        f"X-WR-CALNAME:{_text(masthead.name)}: dates ahead",
        *(line for one in agenda(edition)[-MOST:] for line in _event(one, masthead.address)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(one: Appointment, base: str) -> Iterator[str]:
    article = one.post.article
    yield "BEGIN:VEVENT"
    yield f"UID:{digest('appointment', article.id, one.day.isoformat())}@wireroom"
    yield f"DTSTAMP:{_stamp(article.published_at or article.read_at)}"
    yield f"DTSTART;VALUE=DATE:{one.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{one.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(article.title)}"
    yield f"DESCRIPTION:{_text(f'{one.sentence} ({article.provider.name})')}"
    yield f"URL:{base}{addresses.article(one.post)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(said: str) -> str:
    """Escape a text (RFC 5545 §3.3.11); it becomes one line."""
    flat = " ".join(clean(said).split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> bytes:
    """Fold a line between characters, never inside one."""
    parts: list[bytes] = []
    part = b""
    for char in line:
        octets = char.encode("utf-8", "replace")
        if len(part) + len(octets) > WIDEST - (1 if parts else 0):
            parts.append(part)
            part = b""
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
