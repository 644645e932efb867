"""What is wrong with a feed? The musts of RFC 4287 and of RSS 2.0 (with the advice of its best practices profile)."""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*")
_ITEM = {"title", "link", "description", "category", "guid", "pubDate", "author", "comments", "enclosure", "source"}


def faults(body: bytes, own: str) -> list[str]:
    """Return what is wrong with a feed that is served at the address `own`."""
    document: Any = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    return list(_atom(document, own) if document.tag == f"{ATOM}feed" else _rss(document, own))


def _atom(feed: Any, own: str) -> Iterator[str]:
    yield from _atom_common(feed, "feed")
    selves = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if selves != [own]:
        yield f"self is {selves}, not {own}"
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        yield "two entries have one id"
    for entry in entries:
        yield from _atom_common(entry, "entry")
        if feed.find(f"{ATOM}author") is None and entry.find(f"{ATOM}author") is None:
            yield "an entry has no author, nor has the feed"
        if not any(link.get("rel", "alternate") == "alternate" for link in entry.findall(f"{ATOM}link")):
            yield "an entry without content has no alternate link"


def _atom_common(node: Any, kind: str) -> Iterator[str]:
    for name in ("id", "title", "updated"):
        if len(node.findall(f"{ATOM}{name}")) != 1:
            yield f"{kind} has not exactly one {name}"
    if not _ADDRESS.fullmatch(node.findtext(f"{ATOM}id") or ""):
        yield f"{kind} id is no address: {node.findtext(f'{ATOM}id')!r}"
    yield from _atom_parts(node, kind)


def _atom_parts(node: Any, kind: str) -> Iterator[str]:
    """Look at the parts that may stand several times, or not at all."""
    moments = [one.text or "" for name in ("updated", "published") for one in node.findall(f"{ATOM}{name}")]
    yield from (f"{kind} date is none: {one!r}" for one in moments if not _dated(one))
    links = [link.get("href") or "" for link in node.findall(f"{ATOM}link")]
    yield from (f"{kind} link is no address: {one!r}" for one in links if not _ADDRESS.fullmatch(one))
    people = [(one.findtext(f"{ATOM}name") or "").strip() for one in node.findall(f"{ATOM}author")]
    yield from (f"{kind} author has no name" for one in people if not one)
    yield from (f"{kind} category has no term" for one in node.findall(f"{ATOM}category") if not one.get("term"))


def _dated(text: str) -> bool:
    return bool(_MOMENT.fullmatch(text) and datetime.fromisoformat(text))


def _rss(document: Any, own: str) -> Iterator[str]:
    channel = document.find("channel")
    if document.tag != "rss" or document.get("version") != "2.0" or channel is None:
        yield "no RSS 2.0"
        return
    for name in ("title", "link", "description"):
        if len(channel.findall(name)) != 1:
            yield f"the channel has not exactly one {name}"
    if not _LANGUAGE.fullmatch(channel.findtext("language", "en")):
        yield f"language {channel.findtext('language')!r}"
    yield from _rss_date(channel.findtext("lastBuildDate"))
    links = [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if links != [own]:
        yield f"self is {links}, not {own}"
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len(set(guids)) != len(guids):
        yield "two items have one guid"
    for item in channel.findall("item"):
        yield from _rss_item(item)


def _rss_item(item: Any) -> Iterator[str]:
    names = [child.tag for child in item if "}" not in child.tag]
    yield from (f"RSS knows no {name}" for name in names if name not in _ITEM)
    yield from (f"{name} stands twice" for name in _ITEM - {"category"} if names.count(name) > 1)
    if not (item.findtext("title") or item.findtext("description")):
        yield "an item has neither title nor description"
    if not _ADDRESS.fullmatch(item.findtext("link") or ""):
        yield f"link is no address: {item.findtext('link')!r}"
    yield from _rss_date(item.findtext("pubDate"))


def _rss_date(text: str | None) -> Iterator[str]:
    if text is None:
        return
    try:
        parsedate_to_datetime(text)
    except ValueError:
        yield f"no date of RFC 822: {text!r}"
