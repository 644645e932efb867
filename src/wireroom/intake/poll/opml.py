"""Which feeds does an OPML document list, and how is such a list written?

OPML 2.0 (opml.org/spec2). Nested outlines become categories; broken documents give what can be read of them. Our own
attributes (`paused`, `note`, `dedicated`) are read with or without a name space, so that a list edited elsewhere keeps
them or loses them, but never breaks.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from lxml import etree
from msgspec import Struct

from wireroom.intake.poll.names import local_name
from wireroom.intake.poll.tree import read_tree
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
    tree = read_tree(body, url="", content_type=None)
    if isinstance(tree, str):
        return Opml(repairs=(f"not XML: {tree}",))
    repairs = list(tree.repairs)
    titles = (title for head in _inside(tree.root, "head") for title in _inside(head, "title"))
    body_or_root = next(iter(_inside(tree.root, "body")), tree.root)
    return Opml(
        title=" ".join(next((title.text or "" for title in titles), "").split()),
        feeds=tuple(_feeds(body_or_root, (), repairs)),
        repairs=tuple(repairs),
    )


def complaint(body: bytes) -> str | None:
    """Say what is wrong with a list that we are to live by; None when nothing had to be mended or left out."""
    try:
        etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return f"it is not XML: {error}"
    return next(iter(read_opml(body).repairs), None)


def _inside(parent: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of that name, in any case and name space."""
    return [child for child in parent.iterchildren("*") if local_name(str(child.tag)).lower() == name]


def _feeds(parent: etree._Element, around: tuple[str, ...], repairs: list[str]) -> Iterator[Outline]:
    if len(around) > DEEPEST:
        return
    for outline in _inside(parent, "outline"):
        facts = {local_name(str(name)).lower(): str(value) for name, value in outline.attrib.items()}
        title = facts.get("title") or facts.get("text") or ""
        if address := facts.get("xmlurl") or (facts.get("type", "").lower() in _TYPES and facts.get("url")):
            yield from _feed(address, facts, title, around, repairs)
            yield from _feeds(outline, around, repairs)
        else:
            yield from _feeds(outline, (*around, title) if title else around, repairs)


_TYPES = frozenset({"rss", "atom", "feed"})
"""Of outlines that name their feed by `url`, as lists before OPML 2.0 did."""


def _feed(
    address: str, facts: dict[str, str], title: str, around: tuple[str, ...], repairs: list[str]
) -> Iterator[Outline]:
    url = web_address(address)
    if url is None:
        repairs.append(f"left out, no web address: {address.strip()[:200]}")
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


def web_address(address: str) -> str | None:
    """Return the address of a feed as the web knows it; browsers hand it on as `feed://…` or `feed:https://…`."""
    address = address.strip()
    scheme, colon, rest = address.partition(":")
    if colon and scheme.lower() == "feed":
        address = f"http:{rest}" if rest.startswith("//") else rest
    return absolute(address, address)


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
