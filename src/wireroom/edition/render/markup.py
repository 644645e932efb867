"""How does a text stand in markup of ours, and what does a page say of a text's language?"""

import re
from functools import cache
from html import escape

from markupsafe import Markup

_FORBIDDEN = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""Compiled when it is first looked for, which takes longer than all else of this module: most texts are printable."""


def clean(text: str) -> str:
    """Drop the characters that no XML document may contain."""
    return text if text.isprintable() else re.sub(_FORBIDDEN, "", text)


def text(said: str) -> str:
    """Return a text as it may stand in an element or a quoted attribute of XML."""
    if said.isprintable():
        return escape(said)
    return escape(re.sub(_FORBIDDEN, "", said)).replace("\r", "&#13;")


_TONGUE = re.compile(r"[a-z]{2}(-[A-Za-z]{2})?")
"""What languages are called here; whatever else was declared is not handed on."""


@cache
def tongue(home: str, language: str | None) -> Markup:
    """Return the attribute that tells voices, fonts and hyphens of a text in another language than its page."""
    known = language is not None and _TONGUE.fullmatch(language)
    return Markup(' lang="{}"').format(language) if known and language != home.partition("-")[0] else Markup()
