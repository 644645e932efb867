"""Which addresses may be feeds of a page? From its bytes and address alone; nothing is asked, so all are guesses.

In order of trust: what the page declares, what its platform is known for, what it links to, and where publishing
software usually puts feeds. The rules are the table `discover.toml`.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from msgspec import Struct

from wireroom.intake.poll.elements import Element
from wireroom.intake.poll.markup import absolute
from wireroom.text.encodings import decode
from wireroom.text.urls import host

MAX_PAGE = 2_000_000
"""Bytes of a page that are looked at; declarations stand in its head."""

MAX_LINKS = 20
"""Declared addresses, and linked ones that look like feeds; directories of feeds have thousands."""


class FeedCandidate(Struct, frozen=True, kw_only=True):
    """An address that may be a feed, its title when the page gave one, and why we think so."""

    url: str
    title: str = ""
    because: str


def find_feeds(body: bytes, url: str) -> tuple[FeedCandidate, ...]:
    """Return candidate feeds of a page, most credible first, each address once."""
    root = _tree(body)
    first: dict[str, FeedCandidate] = {}
    declared = islice(_declared(root, url), MAX_LINKS)
    for guess in chain(declared, _platform(url), _linked(root, url), _well_known(url)):
        first.setdefault(guess.url, guess)
    return tuple(first.values())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("discover.toml").read_text(encoding="utf-8"))


def _tree(body: bytes) -> Element | None:
    text = decode(body[:MAX_PAGE]).text
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, huge_tree=False)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _declared(root: Element | None, url: str) -> Iterator[FeedCandidate]:
    """Yield what the page's `link rel=alternate` elements name."""
    for link in root.iter("link") if root is not None else ():
        rel, kind = (link.get("rel") or "").lower().split(), (link.get("type") or "").lower().partition(";")[0].strip()
        is_feed = "feed" in rel or ("alternate" in rel and kind in _table()["types"])
        if is_feed and (address := absolute(_base(root, url), link.get("href"))):
            yield FeedCandidate(url=address, title=link.get("title") or "", because="the page declares it")


def _base(root: Element | None, url: str) -> str:
    bases = root.iter("base") if root is not None else ()
    return next((found for base in bases if (found := absolute(url, base.get("href")))), url)


def _platform(url: str) -> Iterator[FeedCandidate]:
    for platform in _table()["platforms"]:
        if found := re.match(platform["page"], url):
            address = platform["feed"]
            for number, group in enumerate(found.groups(), 1):
                address = address.replace(f"{{{number}}}", group or "")
            yield FeedCandidate(url=address, because=f"{platform['name']} feeds live there")


def _linked(root: Element | None, url: str) -> Iterator[FeedCandidate]:
    """Yield links on the same host whose address looks like a feed's."""
    found = 0
    for link in root.iter("a") if root is not None else ():
        href = (link.get("href") or "").lower()
        if found < MAX_LINKS and any(mark in href for mark in _table()["link_marks"]):
            address = absolute(_base(root, url), link.get("href"))
            if address and _site(address) == _site(url):
                found += 1
                yield FeedCandidate(url=address, because="the page links to it")


def _site(url: str) -> str:
    return host(url).removeprefix("www.")


def _well_known(url: str) -> Iterator[FeedCandidate]:
    path = urlsplit(url).path if "://" in url else "/"
    folder = path[: path.rfind("/") + 1] if path.count("/") > 1 else "/"
    beside = [f"{folder}{name}" for name in _table()["in_folder"]] if folder != "/" else []
    for place in (*beside, *_table()["well_known"]):
        if address := absolute(url, place):
            yield FeedCandidate(url=address, because="feeds often live at this path")
