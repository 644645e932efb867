"""What does a query ask for, and does a record answer it?

Words and "phrases" that must all occur, -words that must not, and fields: title, topic, provider, story, after, before.
What a user types is data: nothing in it is an error, a field nobody knows is a word like any other.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime

from msgspec import Struct

from wireroom.text.tokens import words

FIELDS = ("title", "topic", "provider", "story", "after", "before")
_PART = re.compile(r'(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


class Part(Struct, frozen=True, kw_only=True):
    """One demand: folded words in a row, in a field or anywhere, that must occur or must not."""

    field: str = ""
    """One of FIELDS; empty = anywhere."""
    phrase: tuple[str, ...]
    text: str
    """As it was typed, without field and quotes."""
    wanted: bool = True


class Query(Struct, frozen=True, kw_only=True):
    """All demands of a query."""

    parts: tuple[Part, ...]


class Sought(Struct, frozen=True, kw_only=True):
    """What a query is held against."""

    title: str
    excerpt: str = ""
    provider: tuple[str, ...] = ()
    """Name and domain."""
    topics: tuple[str, ...] = ()
    """Ids and names."""
    story: tuple[str, ...] = ()
    """Id and title."""
    published_at: datetime | None = None


def parse_query(text: str) -> Query:
    """Read a query; one without words asks for nothing in particular and is answered by every record."""
    return Query(parts=tuple(part for found in _PART.finditer(text) if (part := _part(found))))


def _part(found: re.Match[str]) -> Part | None:
    minus, name, quoted, plain = found.groups()
    field, text = (name or "").lower(), quoted if quoted is not None else plain
    if field not in FIELDS or (field in ("after", "before") and not _DAY.fullmatch(text)):
        field, text = "", f"{name} {text}" if name else text
    phrase = words(text)
    return Part(field=field, phrase=phrase, text=text, wanted=not minus) if phrase else None


def answers(query: Query, sought: Sought) -> bool:
    """Tell whether a record meets every demand."""
    return all(_meets(part, sought) is part.wanted for part in query.parts)


def _meets(part: Part, sought: Sought) -> bool:
    match part.field:
        case "after" | "before":
            return _dated(part, sought.published_at)
        case "topic":
            return _any(part.phrase, sought.topics)
        case "provider":
            return _any(part.phrase, sought.provider)
        case "story":
            return _any(part.phrase, sought.story)
        case "title":
            return _any(part.phrase, (sought.title,))
        case _:
            texts = (sought.title, sought.excerpt, *sought.provider, *sought.topics, *sought.story)
            return _any(part.phrase, texts)


def _dated(part: Part, published: datetime | None) -> bool:
    """Hold a date against a day, a month or a year: `after:` begins with it, `before:` ends just before it."""
    if published is None:
        return False
    first = _first_day(part.text)
    if first is None:
        return False
    day = published.astimezone(UTC).date()
    return day >= first if part.field == "after" else day < first


def _first_day(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None


def _any(phrase: tuple[str, ...], texts: Iterable[str]) -> bool:
    return any(_holds(words(text), phrase) for text in texts)


def _holds(said: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(said[at : at + len(phrase)] == phrase for at in range(len(said) - len(phrase) + 1))
