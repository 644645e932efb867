"""Which feeds does a beat read? Edits its OPML one outline at a time; every other byte of meaning stays."""

from collections.abc import Iterable

from lxml import etree

from wireroom.errors import BeatError, UsageError
from wireroom.intake.poll.names import local_name
from wireroom.intake.poll.opml import Outline, outline_attributes, read_opml, web_address

Listing = etree._Element  # noqa: SLF001 - lxml names the type of its elements so


def listed(opml: bytes) -> tuple[Outline, ...]:
    """Return the feeds on a list."""
    return read_opml(opml).feeds


def with_feeds(opml: bytes, feeds: Iterable[Outline]) -> tuple[bytes, tuple[Outline, ...]]:
    """Add feeds that are not on the list yet; return the list and those that were new."""
    root = _tree(opml)
    known = {feed.url for feed in listed(opml)}
    new = []
    for feed in feeds:
        if feed.url not in known:
            known.add(feed.url)
            new.append(feed)
            _append(root, feed)
    return _bytes(root), tuple(new)


def without_feed(opml: bytes, url: str) -> bytes:
    """Take a feed off the list; what it brought stays in the archive."""
    root = _tree(opml)
    outline = _outline(root, url)
    parent = outline.getparent()
    if parent is not None:
        parent.remove(outline)
    return _bytes(root)


def with_pause(opml: bytes, url: str, *, paused: bool, note: str | None = None) -> bytes:
    """Pause a feed or wake it."""
    root = _tree(opml)
    outline = _outline(root, url)
    for name in [name for name in outline.attrib if local_name(str(name)) in {"paused", "note"}]:
        del outline.attrib[name]
    changed = outline_attributes(Outline(url=url, paused=paused, note=note if paused else None))
    outline.attrib.update({name: value for name, value in changed.items() if name.startswith("{")})
    return _bytes(root)


def _append(root: Listing, feed: Outline) -> None:
    body = root.find("{*}body")
    if body is None:
        body = etree.SubElement(root, "body")
    groups = (group for group in body.iterchildren("{*}outline") if not group.get("xmlUrl"))
    group = next((group for group in groups if group.get("text") == feed.category), None) if feed.category else None
    if group is None:
        group = etree.SubElement(body, "outline", {"text": feed.category}) if feed.category else body
    etree.SubElement(group, "outline", outline_attributes(feed))


def _outline(root: Listing, url: str) -> Listing:
    for outline in root.iter("{*}*"):
        addresses = (str(value) for name, value in outline.attrib.items() if _is_address(str(name)))
        if url in map(web_address, addresses):
            return outline
    raise UsageError(f"{url} is not on the list. See it: wireroom feeds list")


def _is_address(name: str) -> bool:
    return local_name(name).lower() in {"xmlurl", "url"}


def _tree(opml: bytes) -> Listing:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        return etree.fromstring(opml, parser)
    except etree.XMLSyntaxError as error:
        raise BeatError(f"feeds.opml cannot be edited, it is not XML: {error}") from None


def _bytes(root: Listing) -> bytes:
    etree.indent(root)
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8") + b"\n"
