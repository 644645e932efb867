"""How do times, counts and scores read on the portal? English words, UTC always, nothing rounded up."""

from datetime import UTC, datetime, timedelta
from math import floor

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: datetime | None) -> str:
    """Write a date as `Fri 20 Nov 2026`, whatever the machine's language."""
    if moment is None:
        return "undated"
    utc = moment.astimezone(UTC)
    return f"{_DAYS[utc.weekday()]} {utc.day} {_MONTHS[utc.month - 1]} {utc.year}"


def dated(date: str) -> str:
    """Write a date of the archive, `2026-11-20`, as a day; `undated` stays what it is."""
    return day(datetime.fromisoformat(date).replace(tzinfo=UTC)) if date[:1].isdigit() else date


def monthly(month: str) -> str:
    """Write `2026-11` as `Nov 2026`; `undated` stays what it is."""
    return f"{_MONTHS[int(month[5:]) - 1]} {month[:4]}" if month[:1].isdigit() else month


def clock(moment: datetime | None) -> str:
    """Write a time of day as `09:15`."""
    if moment is None:
        return "undated"
    utc = moment.astimezone(UTC)
    return f"{utc.hour:02}:{utc.minute:02}"


def stamp(moment: datetime | None) -> str:
    """Write a moment with its zone."""
    return f"{day(moment)}, {clock(moment)} UTC" if moment else "undated"


def short(moment: datetime | None, now: datetime) -> str:
    """Write the time of day for today's moments, and the day for older ones."""
    if moment is None:
        return "undated"
    utc = moment.astimezone(UTC)
    if utc.date() == now.astimezone(UTC).date():
        return clock(utc)
    return f"{utc.day} {_MONTHS[utc.month - 1]}" + ("" if utc.year == now.astimezone(UTC).year else f" {utc.year}")


def listed(moment: datetime | None, now: datetime) -> str:
    """Write the time of day for today's moments, the day with it for others of this year, the date for older ones."""
    said = short(moment, now)
    if moment is None or ":" in said or moment.astimezone(UTC).year != now.astimezone(UTC).year:
        return said
    return f"{said} {clock(moment)}"


def iso(moment: datetime | None) -> str:
    """Write a moment for machines."""
    return f"{moment.astimezone(UTC).isoformat()[:19]}Z" if moment else ""


def posted(moment: datetime) -> str:
    """Write a moment as mail and RSS do (RFC 5322), `Fri, 20 Nov 2026 09:15:00 GMT`."""
    utc = moment.astimezone(UTC)
    date = f"{_DAYS[utc.weekday()]}, {utc.day:02} {_MONTHS[utc.month - 1]} {utc.year:04}"
    return f"{date} {utc.hour:02}:{utc.minute:02}:{utc.second:02} GMT"


def ago(moment: datetime | None, now: datetime) -> str:
    """Say how long before `now` a moment was, rounded down; nothing for undated or future ones."""
    if moment is None or moment > now:
        return ""
    return f"{lasting(now - moment)} ago"


def lasting(span: timedelta) -> str:
    """Say how long something took, rounded down."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} days"


def count(number: int, one: str, many: str = "") -> str:
    """Count things: `1 report`, `12 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}".replace(",", "\u202f")


def points(value: float) -> str:
    """Write points of a score with a real minus sign, and decimals only where there are some."""
    text = f"{abs(value):.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if value < 0 and text != "0" else text


def whole(value: float) -> str:
    """Write a score as it stands in a list: rounded down, so that none reaches a threshold by rounding."""
    return points(floor(value))


def percent(share: float) -> str:
    """Write a share between 0 and 1, rounded down."""
    return f"{floor(share * 100 + 1e-9)} %"


def brief(text: str, limit: int) -> str:
    """Cut a text at a word end so that it has at most `limit` characters with its ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;:–—-')}…"


def sentence(text: str) -> str:
    """Begin a reason with a capital and leave its end to the template."""
    return (text[:1].upper() + text[1:]).removesuffix(".")
