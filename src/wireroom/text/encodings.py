"""Which characters do these bytes spell?

Evidence in order: byte order mark, HTTP charset, XML declaration or HTML meta, the bytes themselves. For XML sent over
HTTP the rules are those of RFC 3023 as feed readers apply them. Decoding never fails: what had to be mended is named.
"""

import codecs
import re
from functools import lru_cache

from msgspec import Struct


class Decoded(Struct, frozen=True, kw_only=True):
    """Text, the encoding it was read in (as Python names it), and what had to be mended."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


_HEAD = 2048
"""Bytes in which a declaration is looked for; HTML asks for 1,024, XML declarations stand first."""

# Longest first: the UTF-32 mark begins with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# XML 1.0 appendix F: how "<?xm" or "<" looks in encodings that do not extend ASCII.
_UNMARKED = (
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
    (b"<\x00!\x00", "utf-16-le"),
    (b"\x00<\x00!", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)

# What senders call an encoding, and the superset that browsers read instead (WHATWG Encoding Standard §4.2).
_SUPERSETS = {
    "ascii": "windows-1252",
    "iso8859-1": "windows-1252",
    "cp1252": "windows-1252",
    "cp1251": "windows-1251",
    "iso8859-9": "windows-1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_ALIASES = {"unicode": "utf-8", "utf8mb4": "utf-8", "x-sjis": "cp932", "x-euc-jp": "euc-jp", "x-gbk": "gb18030"}

_XML_DECLARATION = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']?([A-Za-z0-9._:-]{1,40})")
_META = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]{1,40})", re.IGNORECASE)


_LANGUAGE = re.compile(rb"<html[^>]{0,300}?\slang\s*=\s*[\"']?([A-Za-z]{2})(?![A-Za-z])", re.IGNORECASE)
_BY_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "sr", "kk"), ("windows-1251",)),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr"), ("windows-1250",)),
    **dict.fromkeys(("ar", "fa"), ("windows-1256",)),
    **dict.fromkeys(("lt", "lv", "et"), ("windows-1257",)),
    "ja": ("euc-jp", "cp932"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
    "el": ("iso8859-7",),
    "he": ("windows-1255",),
    "tr": ("windows-1254",),
    "th": ("cp874",),
    "vi": ("windows-1258",),
}
"""Languages whose older pages are in other encodings, with those to try (WHATWG HTML §13.2.3.2, step 9)."""


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a document; the first encoding in order of evidence that fits the bytes without loss is taken."""
    repairs: list[str] = []
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return _lossy(body[len(mark) :], encoding, repairs)
    for name, told_by in _declared(body, content_type):
        claimed = known_encoding(name)
        if claimed is None:
            repairs.append(f"unknown encoding {name!r} in {told_by}")
            continue
        if claimed == "windows-1252" and not body.isascii() and is_utf8(body):
            # Servers name Latin 1 or ASCII by default; text in Latin 1 is hardly ever valid UTF-8 by chance.
            repairs.append(f"{told_by} says {name}, the bytes are utf-8")
            claimed = "utf-8"
        try:
            return Decoded(text=body.decode(claimed), encoding=claimed, repairs=tuple(repairs))
        except UnicodeDecodeError:
            repairs.append(f"{told_by} says {claimed}, the bytes are not")
    return _from_bytes(body, repairs)


def is_utf8(body: bytes) -> bool:
    """Tell whether bytes are UTF-8, without making their text: valid, or so far valid that they are nothing else.

    Most stretches of most pages are ASCII, which shows in a tenth of the time that decoding takes.
    """
    start, size, beyond = 0, len(body), 0
    enough = _CERTAIN_IF_TOLD if b"utf-8" in body[:_HEAD].lower() else _CERTAIN
    try:
        while start < size and beyond < enough:
            end = start + _STRETCH
            stretch = body[start:end]
            if not stretch.isascii():
                # A character that reaches over the border is left to the next stretch.
                text, read = codecs.utf_8_decode(stretch, "strict", end >= size)
                end, beyond = start + read, beyond + read - len(text)
            start = end
    except UnicodeDecodeError:
        return False
    return True


_STRETCH = 4096
_CERTAIN_IF_TOLD = 4
"""The same where a page says so itself, as browsers believe it: two characters at least."""
_CERTAIN = 30
"""Bytes beyond one a character: ten characters at least. Text in 22 other encodings passed for 12 of them at most. What
breaks behind them is broken in any encoding."""


@lru_cache(maxsize=256)
def known_encoding(name: str) -> str | None:
    """Return the encoding to decode with for a declared name, None when the name means nothing."""
    if not name.isascii() or not name.isprintable():
        return None
    lowered = name.strip().lower()
    try:
        found = codecs.lookup(_ALIASES.get(lowered, lowered))
        b"a".decode(found.name, "replace")  # some codecs are not encodings of text (rot13, hex, zip)
    except (LookupError, ValueError, UnicodeError):
        return None
    if found.name in {"idna", "punycode", "unicode_escape", "raw-unicode-escape", "utf-7", "undefined"}:
        return None
    return _SUPERSETS.get(found.name, found.name)


def charset(content_type: str | None) -> str | None:
    """Return the charset that a Content-Type header names."""
    found = _CHARSET.search(content_type or "")
    return found[1] if found else None


def _declared(body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    """List the encodings that are claimed and by whom, most credible first."""
    claims = [(name, "the HTTP header") for name in (charset(content_type),) if name]
    claims += [(name, "the byte pattern") for start, name in _UNMARKED if body.startswith(start)]
    head = body[:_HEAD]
    for pattern, told_by in ((_XML_DECLARATION, "the XML declaration"), (_META, "the meta element")):
        if found := pattern.search(head):
            name = found[1].decode("ascii")
            # Read as ASCII, a declaration of UTF-16 or UTF-32 contradicts itself.
            claims.append(("utf-8" if _is_wide(name) else name, told_by))
    return claims


def _is_wide(name: str) -> bool:
    lowered = name.lower()
    return lowered.startswith(("utf-16", "utf16", "utf-32", "utf32", "ucs", "iso-10646-ucs"))


def _from_bytes(body: bytes, repairs: list[str]) -> Decoded:
    """Judge by the bytes alone: UTF-8 proves itself; all else is what the web falls back on for the page's language."""
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf-8", repairs=tuple(repairs))
    except UnicodeDecodeError as problem:
        # A lone bad byte in long UTF-8 (a cut-off character, a pasted quote) must not turn the rest to gibberish.
        bad = body.decode("utf-8", "replace").count("\ufffd")
        high = sum(1 for byte in body[:200_000] if byte >= 0x80)
        mostly_utf8 = bad * 10 <= high and problem.start < len(body)
        return _lossy(body, "utf-8" if mostly_utf8 else _of_language(body), repairs)


def _of_language(body: bytes) -> str:
    """Return the encoding that browsers take for a language before anything is declared, windows-1252 for most."""
    found = _LANGUAGE.search(body, 0, _HEAD)
    for encoding in _BY_LANGUAGE.get(found[1].decode("ascii").lower(), ()) if found else ():
        try:
            body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return "windows-1252"


def _lossy(body: bytes, encoding: str, repairs: list[str]) -> Decoded:
    """Decode, and say how many characters could not be read."""
    text = body.decode(encoding, "replace")
    if encoding == "windows-1252" and "\ufffd" in text:
        # Five byte values mean nothing in windows-1252; as ISO 8859-1 they are control characters.
        text = body.decode("latin-1").translate(_WINDOWS)
        return Decoded(text=text, encoding=encoding, repairs=tuple(repairs))
    bad = text.count("\ufffd") - body.count("\ufffd".encode()) if encoding == "utf-8" else text.count("\ufffd")
    if bad > 0:
        repairs.append(f"{bad} unreadable characters in {encoding}")
    return Decoded(text=text, encoding=encoding, repairs=tuple(repairs))


_WINDOWS = {
    byte: character for byte in range(0x80, 0xA0) if (character := bytes([byte]).decode("windows-1252", "ignore"))
}
