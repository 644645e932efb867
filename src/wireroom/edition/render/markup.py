"""How is an XML document of ours built and written, and what does a page say of a text's language?

The libraries escape; this module only drops what XML cannot hold and keeps the bytes the same for the same tree.
"""

import re
from functools import cache
from html import escape

from lxml import etree
from markupsafe import Markup

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Drop the characters that no XML document may contain."""
    return text if text.isprintable() else _FORBIDDEN.sub("", text)


def text(said: str) -> str:
    """Return a text as it may stand in an element or a quoted attribute of XML."""
    if said.isprintable():
        return escape(said)
    return escape(_FORBIDDEN.sub("", said)).replace("\r", "&#13;")


_TONGUE = re.compile(r"[a-z]{2}(-[A-Za-z]{2})?")
"""What languages are called here; whatever else was declared is not handed on."""


@cache
def tongue(home: str, language: str | None) -> Markup:
    """Return the attribute that tells voices, fonts and hyphens of a text in another language than its page."""
    known = language is not None and _TONGUE.fullmatch(language)
    return Markup(' lang="{}"').format(language) if known and language != home.partition("-")[0] else Markup()


def root(tag: str) -> etree._Element:
    """Open a document from its empty root tag, which declares the namespaces."""
    return etree.fromstring(tag)


def add(parent: etree._Element, name: str, said: str | None = None, /, **attributes: str) -> etree._Element:
    """Append an element with text and attributes; a name without namespace lies in its parent's."""
    space = etree.QName(parent).namespace
    full = name if name.startswith("{") or not space else f"{{{space}}}{name}"
    element = etree.SubElement(parent, full, {key: clean(value) for key, value in attributes.items()})
    if said is not None:
        element.text = clean(said)
    return element


def written(document: etree._Element) -> bytes:
    """Return the document as UTF-8 with a declaration, indented by two spaces."""
    etree.indent(document, "  ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(document, encoding="UTF-8") + b"\n"
