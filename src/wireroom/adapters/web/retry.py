"""When does a server want us back?"""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_LONGEST = timedelta(days=366)
"""A year off is as good as never, and larger numbers leave the calendar."""


def retry_at(header: str | None, now: datetime) -> datetime | None:
    """Read Retry-After (RFC 9110 §10.2.3), seconds or a date; never before now, None when it is unreadable."""
    text = (header or "").strip()
    if text.isascii() and text.isdigit():
        return now + min(timedelta(seconds=int(text[:9])), _LONGEST)
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return min(max(at, now), now + _LONGEST)
