"""Which address does a redirector's link lead to, when the link itself says so? Nothing is asked; see unwrap.toml."""

import base64
import binascii
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from wireroom.text.urls import absolute

_DEEPEST = 3
_READABLE = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


def unwrapped(link: str) -> str:
    """Return the address behind redirectors that carry it in the link; the link itself when it tells nothing."""
    for _ in range(_DEEPEST):
        if not _known().match(link):
            return link
        inner = _inner(link)
        if inner is None:
            return link
        link = inner
    return link


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("unwrap.toml").read_text(encoding="utf-8"))


@cache
def _known() -> re.Pattern[str]:
    """Match addresses on a redirector's host; nearly every link fails on its first letters."""
    hosts = "|".join(sorted({_spelled(row["host"]) for row in _table()["redirector"]}))
    return re.compile(rf"https?://(?:{hosts}|news\.google\.com)/", re.IGNORECASE)


def _spelled(host: str) -> str:
    """Return the pattern of a host; `*` stands for some letters of its name."""
    return re.escape(host).replace(r"\*", "[a-z0-9.-]+")


def _inner(link: str) -> str | None:
    parts = urlsplit(link)
    name = (parts.hostname or "").lower()
    if name == "news.google.com":
        return _google_news(parts.path)
    for row in _table()["redirector"]:
        if re.fullmatch(_spelled(row["host"]), name) and parts.path.startswith(row["path"]):
            return _named(row["parameters"], parts.query)
    return None


def _named(parameters: list[str], query: str) -> str | None:
    """Return the first web address among the named parameters of a query."""
    given = dict(parse_qsl(query))
    found = (given[name] for name in parameters if name in given)
    return next((address for value in found if _is_web(value) and (address := absolute("", value))), None)


def _is_web(value: str) -> bool:
    return value.lower().startswith(("http://", "https://"))


def _google_news(path: str) -> str | None:
    """Return the address inside a Google News article id: base64 of a record that held it as text until 2024.

    Later ids hold a reference that only Google's pages can resolve; those stay wrapped.
    """
    name = path.rpartition("/articles/")[2].partition("/")[0]
    try:
        record = base64.urlsafe_b64decode(name + "=" * (-len(name) % 4))
    except (binascii.Error, ValueError):
        return None
    found = _READABLE.search(record)
    return absolute("", found[0].decode("ascii")) if found else None
