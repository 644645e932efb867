"""Does a publisher keep machines from analysing a document? What its headers and its own markup say.

TDM Reservation Protocol (W3C community group, 2024): header or meta `tdm-reservation: 1`, or a rule of the site's
tdmrep.json. `noai` in X-Robots-Tag or in
meta robots, as many publishers write it. A directive for another robot's name does not speak to us.
"""

import re

HEADERS = ("x-robots-tag", "tdm-reservation", "tdm-policy")
SITE = "tdmrep.json"
ROBOT = "wireroom"
_HEAD = 200_000
"""Bytes of a page in which its head stands."""
_WITH_VALUE = frozenset({"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"})
_META = re.compile(rb"<meta\s[^>]{0,600}>", re.IGNORECASE)
_NAME = re.compile(rb"\bname\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CONTENT = re.compile(rb"\bcontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)


def said(headers: tuple[tuple[str, str], ...], reserved_at: str | None = None) -> str | None:
    """Return what headers (lower-case names) and the site say of use by machines; None when they say nothing.

    `reserved_at` is the location under which the site's tdmrep.json reserves the document.
    """
    site = ((SITE, reserved_at.replace(";", "%3B")),) if reserved_at else ()
    told = (*(header for header in headers if header[0] in HEADERS), *site)
    return "; ".join(f"{name}: {value}" for name, value in told) or None


def reservation(told: str | None, markup: bytes = b"") -> str | None:
    """Return who reserves analysis and how, in words; None when nobody does. `told` is what `said` gave."""
    for line in (told or "").split(";"):
        name, _, value = line.strip().partition(":")
        if name == SITE:
            return f"its site's {SITE} says so of {value.strip()}"
        if _reserves(name.strip().lower(), value.strip().lower()):
            return f"its header says {line.strip()}"
    for tag in _META.findall(markup[:_HEAD]):
        found, content = _NAME.search(tag), _CONTENT.search(tag)
        if found and content:
            name = found[1].decode("ascii", "replace").lower()
            value = (
                next(part for part in content.groups() if part is not None).decode("utf-8", "replace").strip().lower()
            )
            if _reserves("x-robots-tag" if name in {"robots", ROBOT} else name, value):
                return f"its page says {name}: {value[:60]}"
    return None


def _reserves(name: str, value: str) -> bool:
    if name == "tdm-reservation":
        return value == "1"
    robot, colon, rest = value.partition(":")
    if colon and "," not in robot and robot.strip() not in _WITH_VALUE:
        if robot.strip() != ROBOT:
            return False
        value = rest
    return name == "x-robots-tag" and "noai" in re.split(r"[\s,]+", value)
