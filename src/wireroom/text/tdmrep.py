"""What does a site's `/.well-known/tdmrep.json` keep machines from analysing?

TDM Reservation Protocol (W3C community group, final report of February 2024): a list of rules with `location`, a path
pattern as in robots.txt (RFC 9309: `*` stands for anything, `$` for the end), and `tdm-reservation`, 1 or 0. Where
several match, a reader may take the first or the most specific one; what either of them reserves is reserved here.
"""

from urllib.parse import unquote, urlsplit

import msgspec
from msgspec import Struct

MOST = 2_000
"""Rules that are looked at; a publisher needs a handful."""


class Rule(Struct, frozen=True):
    """Where analysis is reserved, or is not."""

    location: str
    reserved: bool


def read_rules(body: bytes) -> tuple[Rule, ...]:
    """Read the rules of a file; what is not to be understood says nothing."""
    try:
        found = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError:
        return ()
    rows = found if isinstance(found, list) else [found]
    return tuple(rule for row in rows[:MOST] if isinstance(row, dict) and (rule := _rule(row)))


def reserving(rules: tuple[Rule, ...], url: str) -> str | None:
    """Return the location whose rule reserves an address; None when none does."""
    parts = urlsplit(url)
    path = unquote(parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    fitting = [rule for rule in rules if _matches(rule.location, path)]
    deciding = (*fitting[:1], *sorted(fitting, key=lambda rule: (len(rule.location), rule.reserved))[-1:])
    return next((rule.location for rule in deciding if rule.reserved), None)


def _rule(row: dict[str, object]) -> Rule | None:
    location, reservation = row.get("location"), str(row.get("tdm-reservation"))
    if not isinstance(location, str) or reservation not in {"0", "1"}:
        return None
    return Rule(unquote(location if location.startswith(("/", "*")) else f"/{location}"), reservation == "1")


def _matches(pattern: str, path: str) -> bool:
    """Tell whether a path fits; in one pass, so that no pattern can keep us busy."""
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for piece in rest[:-1] if pattern.endswith("$") else rest:
        if (found := path.find(piece, at)) < 0:
            return False
        at = found + len(piece)
    if not pattern.endswith("$"):
        return True
    return path.endswith(rest[-1]) and len(path) - len(rest[-1]) >= at if rest else at == len(path)
