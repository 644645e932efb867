"""Which feeds does an OPML document list, and how is such a list written?

OPML 2.0 (opml.org/spec2). Nested outlines become categories; broken documents give what can be read of them. Our own
attributes (`paused`, `note`, `dedicated`) are read with or without a name space, so that a list edited elsewhere keeps
them or loses them, but never breaks.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree
from msgspec import Struct

from wireroom.text.urls import absolute

NAMESPACE = "https://wireroom.example/opml"
DEEPEST = 20
"""Levels of nesting that are followed; lists nested deeper than this were made to hurt."""


class Outline(Struct, frozen=True, kw_only=True):
    """A feed on the list."""

    url: str
    title: str = ""
    site_url: str | None = None
    category: str | None = None
    """Titles of the outlines around it, joined by ` / `."""
    dedicated: bool = False
    paused: bool = False
    note: str | None = None
    kind: str = "feed"


class Opml(Struct, frozen=True, kw_only=True):
    """A list of feeds; repairs say what had to be mended or left out."""

    title: str = ""
    feeds: tuple[Outline, ...] = ()
    repairs: tuple[str, ...] = ()


def read_opml(body: bytes) -> Opml:
    """Read a list; what cannot be read at all gives an empty one with the reason among its repairs."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Opml(repairs=(f"not XML: {error}",))
    if root is None:
        return Opml(repairs=("not XML: nothing in it",))
    repairs = [f"line {error.line}: {error.message}" for error in parser.error_log]
    return Opml(
        title=" ".join((root.findtext("head/title") or "").split()),
        feeds=tuple(_feeds(root.find("body"), (), repairs)),
        repairs=tuple(repairs),
    )


def _feeds(parent: etree._Element | None, around: tuple[str, ...], repairs: list[str]) -> Iterator[Outline]:
    if parent is None or len(around) > DEEPEST:
        return
    for outline in parent.iterchildren("outline"):
        facts = {etree.QName(str(name)).localname.lower(): str(value) for name, value in outline.attrib.items()}
        title = facts.get("title") or facts.get("text") or ""
        if facts.get("xmlurl"):
            yield from _feed(facts, title, around, repairs)
            yield from _feeds(outline, around, repairs)
        else:
            yield from _feeds(outline, (*around, title) if title else around, repairs)


def _feed(facts: dict[str, str], title: str, around: tuple[str, ...], repairs: list[str]) -> Iterator[Outline]:
    address = facts["xmlurl"].strip()
    url = absolute(address, address)
    if url is None:
        repairs.append(f"left out, no web address: {address[:200]}")
        return
    home = facts.get("htmlurl", "").strip()
    yield Outline(
        url=url,
        title=" ".join(title.split()),
        site_url=absolute(url, home) if home else None,
        category=" / ".join(around) or None,
        dedicated=_yes(facts.get("dedicated")),
        paused=_yes(facts.get("paused")),
        note=facts.get("note") or None,
        kind="sitemap" if facts.get("type", "").lower() == "sitemap" else "feed",
    )


def _yes(value: str | None) -> bool:
    return (value or "").strip().lower() in {"true", "yes", "1"}


def write_opml(title: str, feeds: Iterable[Outline]) -> bytes:
    """Write a list, grouped by category in the order given."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"wireroom": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for category, group in groupby(feeds, key=lambda feed: feed.category):
        parent = etree.SubElement(body, "outline", {"text": category}) if category else body
        for feed in group:
            etree.SubElement(parent, "outline", outline_attributes(feed))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def outline_attributes(feed: Outline) -> dict[str, str]:
    """Return the attributes of a feed's outline element."""
    own = {"dedicated": feed.dedicated and "true", "paused": feed.paused and "true", "note": feed.note}
    return {
        "type": "sitemap" if feed.kind == "sitemap" else "rss",
        "text": feed.title,
        "xmlUrl": feed.url,
        **({"htmlUrl": feed.site_url} if feed.site_url else {}),
        **{f"{{{NAMESPACE}}}{name}": str(value) for name, value in own.items() if value},
    }
