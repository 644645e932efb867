"""What stands in an element of a feed? Text, markup, addresses and their bases, whatever the vocabulary."""

import base64
import binascii
import html
import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from msgspec import Struct

from wireroom.intake.poll.limits import MAX_ANCESTORS
from wireroom.intake.poll.markup import absolute
from wireroom.intake.poll.names import RDF_RESOURCE, XML_BASE, XML_LANG, local_name, short_name

Element = etree._Element  # noqa: SLF001 - lxml has no public name for the type of an element
Parts = dict[str, list[Element]]

_MARKUP = ("html", "xhtml", "text/html", "application/xhtml+xml", "text/x-html")
_C1 = re.compile("[\x80-\x9f]")
_WINDOWS_1252 = {byte: bytes([byte]).decode("windows-1252", "ignore") or chr(byte) for byte in range(0x80, 0xA0)}


def grouped(holder: Element) -> Parts:
    """Return an element's children by short name, in document order."""
    parts: Parts = {}
    for child in holder.iterchildren("*"):
        name = short_name(child.tag)
        if (alike := parts.get(name)) is None:
            parts[name] = [child]
        else:
            alike.append(child)
    return parts


def text_of(element: Element) -> str:
    """Return all text inside an element, trimmed."""
    text = element.text if len(element) == 0 else "".join(map(str, element.itertext()))
    if not text:
        return ""
    text = text.strip()
    return text if text.isascii() else _readable(text)


def _readable(text: str) -> str:
    """Mend characters that were meant in another encoding; such text holds control characters nobody writes."""
    if not _C1.search(text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")  # UTF-8 that was taken for ISO 8859-1 and written out again
    except UnicodeError:
        return text.translate(_WINDOWS_1252)


def named(parts: Parts, names: tuple[str, ...]) -> list[Element]:
    """Return the elements with these names, best name first."""
    found: list[Element] = []
    for name in names:
        if name in parts:
            found += parts[name]
    return found


def texts(parts: Parts, names: tuple[str, ...]) -> list[str]:
    """Return the non-empty texts of elements with these names, best name first."""
    return [text for element in named(parts, names) if (text := text_of(element))]


def first_text(parts: Parts, names: tuple[str, ...]) -> str | None:
    """Return the best non-empty text."""
    for name in names:
        for element in parts.get(name, ()):
            if text := text_of(element):
                return text
    return None


def markup_of(element: Element) -> str:
    """Return what an element says as HTML, honouring Atom's `type` and `mode`."""
    if len(element):
        return _inner(element)
    text, kind, mode = text_of(element), element.get("type"), element.get("mode")
    return text if kind is None and mode is None else _typed(text, (kind or "").strip().lower(), (mode or "").lower())


def _typed(text: str, kind: str, mode: str) -> str:
    if mode == "base64" or (kind and "/" in kind and not kind.startswith(("text/", "application/x")) and not mode):
        text = _from_base64(text)
    if kind == "text/plain" or (kind == "text" and mode != "escaped"):
        return html.escape(text, quote=False)
    return text


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8", "replace").strip()
    except (binascii.Error, ValueError):
        return text


def _inner(element: Element) -> str:
    """Serialise what is inside an element as HTML; the `div` that Atom asks for around XHTML is not content."""
    inside = element
    children = list(element.iterchildren("*"))
    if len(children) == 1 and _local(children[0]) == "div" and not (element.text or "").strip():
        inside = children[0]
    return (html.escape(inside.text or "", quote=False) + "".join(map(_html, inside))).strip()


def _html(element: Element) -> str:
    """Write an element without its namespaces."""
    tail = html.escape(element.tail or "", quote=False)
    name = _local(element)
    attributes = "".join(
        f' {local_name(str(key))}="{html.escape(str(value))}"' for key, value in element.attrib.items()
    )
    inner = html.escape(element.text or "", quote=False) + "".join(_html(child) for child in element)
    return f"<{name}{attributes}>{tail}" if name in _VOID else f"<{name}{attributes}>{inner}</{name}>{tail}"


_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def _local(element: Element) -> str:
    return local_name(str(element.tag)).lower()


class Scope(Struct, frozen=True):
    """Where relative addresses and languages in a document come from."""

    base: str
    """Address that counts where no `xml:base` does."""
    has_bases: bool
    has_languages: bool
    """Whether `xml:base` and `xml:lang` occur at all; most feeds have neither, and looking costs."""

    def base_of(self, element: Element) -> str:
        """Return the base for addresses in an element: the `xml:base` of it and of the elements around it."""
        base = self.base
        if self.has_bases:
            chain = [value for holder in _around(element) if (value := holder.get(XML_BASE))]
            for value in reversed(chain):
                base = absolute(base, value) or base
        return base

    def language_of(self, element: Element) -> str | None:
        """Return the nearest `xml:lang` on or around an element; an empty one says that the language is unknown."""
        if not self.has_languages:
            return None
        said = (value for holder in _around(element) if (value := holder.get(XML_LANG)) is not None)
        return next(said, "").strip().replace("_", "-") or None


def _around(element: Element) -> Iterator[Element]:
    """Yield an element and those around it, inside out."""
    yield element
    yield from islice(element.iterancestors(), MAX_ANCESTORS)


def absolute_link(parts: Parts, scope: Scope) -> str | None:
    """Return the address of what an item or feed describes."""
    best: tuple[int, str] | None = None
    for element in parts.get("link", ()):
        rank, reference = _ranked(element)
        if best is not None and rank >= best[0]:
            continue
        if rank < _NO_LINK and (address := absolute(scope.base_of(element), reference)):
            best = (rank, address)
    return best[1] if best else None


def place_of(element: Element) -> str | None:
    """Return the reference that a channel or item of CDF carries itself, or in an anchor inside it, in any case."""
    return next((found for one in (element, *element.iterchildren("A", "a")) for found in _hrefs(one)), None)


def _hrefs(element: Element) -> tuple[str, ...]:
    return tuple(found for name in ("HREF", "href") if (found := element.get(name)))


_NO_LINK = 9


def _ranked(element: Element) -> tuple[int, str | None]:
    """Return how well a link element fits as *the* link (lower is better) and its address."""
    href = element.get("href") or element.get(RDF_RESOURCE)
    if href is None:
        return 0, text_of(element)
    rel, kind = (element.get("rel") or "alternate").strip().lower(), (element.get("type") or "").lower()
    if rel.removeprefix("http://www.iana.org/assignments/relation/") != "alternate":
        return _NO_LINK, None
    return (1 if not kind or kind in _MARKUP else 2), href
