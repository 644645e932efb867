"""What is wrong with a feed? Grammars of Atom, RSS and OPML, and what grammars cannot say.

`broken` holds a document against the musts of RFC 4287, RSS 2.0 and OPML 2.0; `faults` asks more, for our feeds: the
advice of the RSS Advisory Board, which suits Atom too. No validator of others is kept up on npm or PyPI; that this one
tells right from wrong is shown in `test_feed_rules.py`, on the samples of one that was.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

SCHEMAS = Path(__file__).parent / "schemas"
ATOM = "{http://www.w3.org/2005/Atom}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
GRAMMARS = {f"{ATOM}feed": "atom", f"{ATOM}entry": "atom", "rss": "rss", "opml": "opml"}
RELATIONS = set("alternate related self enclosure via hub edit edit-media first last next previous current".split())
"""Relations of links that our feeds use or readers know."""
HAZARDS = re.compile(
    r"<\s*(script|iframe|object|embed|style|link|meta|base)\b|<[^>]*(\son\w+\s*=|javascript:)", re.IGNORECASE
)
_IRI = re.compile(r"[^\s<>\"{}|\\^`\x00-\x1f]*")
_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+[^\s<>\"{}|\\^`]*")
_FULL = re.compile(r" \d{4} \d\d:\d\d:\d\d ")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def faults(body: bytes, own: str) -> list[str]:
    """Return what is wrong with a feed that is served at the address `own`, and what could be better."""
    if found := broken(body):
        return found
    document = _parsed(body)
    advice = {"atom": _atom_advice, "rss": _rss_advice, "opml": _opml_advice}[GRAMMARS[document.tag]]
    return list(advice(document, own))


def broken(body: bytes) -> list[str]:
    """Return which musts a document breaks."""
    document = _parsed(body)
    if document is None:
        return ["no well-formed XML"]
    if document.tag not in GRAMMARS:
        return [f"{document.tag} is the root of no format known here"]
    name = GRAMMARS[document.tag]
    grammar = _grammar(name)
    said = [] if grammar.validate(document) else ["against the grammar", *(one.message for one in grammar.error_log)]
    musts = {"atom": _atom_musts, "rss": _rss_musts}.get(name)
    return [*said, *(musts(document) if musts else ())]


@cache
def _grammar(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(file=str(SCHEMAS / f"{name}.rng"))


def _parsed(body: bytes) -> Any:
    try:
        return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _atom_musts(root: Any) -> Iterator[str]:
    entries = [root] if root.tag == f"{ATOM}entry" else root.findall(f"{ATOM}entry")
    for node in {root, *entries}:
        identity = node.findtext(f"{ATOM}id") or ""
        if not _WHOLE.fullmatch(identity):
            yield f"id is no whole address: {identity!r}"
        alternates = [(link.get("type"), link.get("hreflang")) for link in _links(node, "alternate")]
        if len(set(alternates)) != len(alternates):
            yield "two alternate links have one type and language"
    for entry in entries:
        holders = (entry, root, *entry.findall(f"{ATOM}source"))
        if all(holder.find(f"{ATOM}author") is None for holder in holders):
            yield "an entry has no author, nor has the feed"
        if entry.find(f"{ATOM}content") is None and not _links(entry, "alternate"):
            yield "an entry without content has no alternate link"
    kept = [(entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries]
    if len(set(kept)) != len(kept):
        yield "two entries have one id and one date"
    yield from _atom_parts(root)


def _atom_parts(root: Any) -> Iterator[str]:
    """Look at addresses, blank names, and contents that are not what their type says."""
    for node in root.iter(f"{ATOM}link", f"{ATOM}content", f"{ATOM}generator", f"{ATOM}category"):
        addresses = [node.get(name) or "" for name in ("href", "src", "uri", "scheme")]
        yield from (f"no address: {one!r}" for one in addresses if not _IRI.fullmatch(one))
    texts = [one.text or "" for one in root.iter(f"{ATOM}uri", f"{ATOM}icon", f"{ATOM}logo")]
    yield from (f"no address: {one!r}" for one in texts if not _IRI.fullmatch(one))
    yield from ("a category has no term" for one in root.iter(f"{ATOM}category") if not (one.get("term") or "").strip())
    yield from ("somebody has no name" for one in root.iter(f"{ATOM}name") if not (one.text or "").strip())
    plain = [one for one in root.iter(f"{ATOM}content") if (one.get("type") or "").startswith("text/")]
    yield from ("content of a text has elements in it" for one in plain if len(one))


def _links(node: Any, relation: str) -> list[Any]:
    return [link for link in node.findall(f"{ATOM}link") if link.get("rel", "alternate") == relation]


def _rss_musts(root: Any) -> Iterator[str]:
    for date in root.iter("pubDate", "lastBuildDate"):
        yield from _rss_date((date.text or "").strip())
    for node in root.iter("link", "url", "docs", "comments"):
        if not _IRI.fullmatch((node.text or "").strip()):
            yield f"no address: {node.text!r}"
    guids = [(one.text or "").strip() for one in root.iter("guid")]
    if len(set(guids)) != len(guids):
        yield "two items have one guid"
    links = [one for one in root.iter("guid") if one.get("isPermaLink", "true") == "true"]
    yield from (f"guid is no link: {one.text!r}" for one in links if not _WEB.fullmatch((one.text or "").strip()))
    for name in ("day", "hour"):
        named = [one.text for one in root.iter(name)]
        if len(set(named)) != len(named):
            yield f"a {name} is skipped twice"


def _rss_date(text: str) -> Iterator[str]:
    try:
        day = _DAYS[parsedate_to_datetime(text).weekday()]
    except ValueError:
        yield f"no date of RFC 822: {text!r}"
        return
    if "," in text and not text.startswith(day):
        yield f"{text!r} was a {day}"


def _atom_advice(root: Any, own: str) -> Iterator[str]:
    selves = [link.get("href") for link in _links(root, "self")]
    if selves != [own]:
        yield f"self is {selves}, not {own}"
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    yield from (f"{one!r} is the id of two" for one in set(ids) if ids.count(one) > 1)
    for link in root.iter(f"{ATOM}link"):
        if not _WEB.fullmatch(link.get("href")):
            yield f"a link is no whole address: {link.get('href')!r}"
        if link.get("rel") not in RELATIONS:
            yield f"no reader knows the relation {link.get('rel')!r}"
    for one in root.iter(f"{ATOM}updated", f"{ATOM}published"):
        if not datetime.fromisoformat(one.text).tzinfo:
            yield f"{one.text!r} has no zone"
    texts = root.iter(f"{ATOM}title", f"{ATOM}summary", f"{ATOM}content")
    marked = [one for one in texts if one.get("type") in ("html", "xhtml")]
    yield from (f"a hazard: {_said(one)[:60]!r}" for one in marked if HAZARDS.search(_said(one)))


def _said(node: Any) -> str:
    return "".join(node.itertext()) + " ".join(etree.tostring(child, encoding="unicode") for child in node)


def _rss_advice(root: Any, own: str) -> Iterator[str]:
    channel = root.find("channel")
    selves = [link.get("href") for link in _links(channel, "self")]
    if selves != [own]:
        yield f"self is {selves}, not {own}"
    for name in ("title", "description"):
        yield from (f"an empty {name}" for one in channel.findall(name) if not (one.text or "").strip())
    for link in channel.iter("link"):
        if not _WEB.fullmatch(link.text or ""):
            yield f"a link is no whole address: {link.text!r}"
    for item in channel.findall("item"):
        said = item.findtext("description") or ""
        if HAZARDS.search(said):
            yield f"a hazard: {said[:60]!r}"
        yield from (f"an item without {name}" for name in ("guid", "title", "link") if item.find(name) is None)
        if item.find(f"{DUBLIN_CORE}creator") is None:
            yield "an item credits nobody"
    dates = [one.text or "" for one in root.iter("pubDate", "lastBuildDate")]
    yield from (f"a date without century or seconds: {one!r}" for one in dates if not _FULL.search(one))


def _opml_advice(root: Any, own: str) -> Iterator[str]:
    urls = [one.get("xmlUrl") for one in root.iter("outline") if one.get("xmlUrl")]
    yield from (f"{one} stands twice" for one in set(urls) if urls.count(one) > 1)
    yield from ("a source without a name" for one in root.iter("outline") if not (one.get("text") or "").strip())
