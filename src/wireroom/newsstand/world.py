"""What is written in the newsstand's data files? Typed records, read once; nothing is derived or served here."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, cast

import msgspec
import yaml
from msgspec import Struct

NEWSSTAND_NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
"""The newest article is younger than this; runs over the newsstand pass it as `now`."""


class FeedSpec(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed of an outlet; `query` is appended to every link, `topics` narrows what it carries."""

    path: str
    format: str
    content: str = "summary"
    query: str = ""
    topics: tuple[str, ...] = ()
    charset: str = "utf-8"
    declared: str = ""
    """Encoding that the document claims; empty = the true one."""


class Outlet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One invented publisher and its habits."""

    id: str
    name: str
    host: str
    tagline: str
    path: str
    layout: str
    colour: str
    staff: tuple[str, ...]
    pictures: tuple[str, ...]
    feeds: tuple[FeedSpec, ...]
    amp_host: str | None = None
    card: str | None = None
    """Size and format of one default social card set on every article."""
    zone_h: int = 0
    language: str = "en"
    gzip: bool = False
    validators: str = "both"
    """`both`, `etag`, `modified` or `none`."""
    charset: str = "utf-8"
    header_charset: str = "utf-8"
    meta_charset: str = "utf-8"


class Report(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece as an outlet ran it; `copy` names the report of the same story whose text it repeats."""

    outlet: str
    at: str
    """Month-day hour:minute in UTC, 2026."""
    title: str = ""
    body: str = ""
    key: str = ""
    by: tuple[str, ...] | None = None
    copy: str = ""
    kind: str = ""
    swap: tuple[tuple[str, str], ...] = ()
    lead_in: str = ""
    keep: int = 0
    """How many paragraphs of the copied text are kept; 0 = all."""
    agency: str = ""
    later_title: str = ""
    language: str = ""
    type: str = "article"
    topics: tuple[str, ...] | None = None
    picture: str = ""
    paywalled: bool = False
    raw_html: str = ""
    publish: bool | None = None


class StoryFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A happening and everything written about it; a single is a story with one report."""

    story: str
    topics: tuple[str, ...] = ()
    promotional: bool = False
    motif: str = "globe"
    reports: tuple[Report, ...]


class PageHazard(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An address that misbehaves, and the feed that links to it."""

    url: str
    act: str
    expect: str
    title: str = ""
    feed: str = ""
    status: int = 302
    to: str = ""
    source: str = ""
    retry_after_s: int = 0


class Chain(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Addresses that redirect one to the next and at last to an article; the feed links to the first."""

    article: str
    feed: str
    hops: tuple[str, ...]


class Hazards(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that goes wrong on purpose."""

    pages: tuple[PageHazard, ...]
    feeds: tuple[PageHazard, ...]
    chains: tuple[Chain, ...]


class World(Struct, frozen=True, kw_only=True):
    """All data files together."""

    outlets: tuple[Outlet, ...]
    stories: tuple[StoryFile, ...]
    hazards: Hazards


@cache
def world() -> World:
    """Read the data files of the package."""
    data = files("wireroom.newsstand") / "data"
    stories: list[Any] = []
    for file in sorted((data / "stories").iterdir(), key=lambda entry: entry.name):
        stories += cast(list[Any], _yaml(file.read_bytes()))
    return World(
        outlets=msgspec.convert(_yaml((data / "outlets.yaml").read_bytes()), tuple[Outlet, ...]),
        stories=msgspec.convert(stories, tuple[StoryFile, ...]),
        hazards=msgspec.convert(_yaml((data / "hazards.yaml").read_bytes()), Hazards),
    )


def _yaml(data: bytes) -> object:
    return yaml.load(data, Loader=yaml.CSafeLoader)
