"""Which markup is already, but for attributes it drops, what the sanitiser would return?

Much of what feeds carry is paragraphs, links, emphasis, lists and pictures, well nested, without a stray character.
Such markup is recognised by one linear pattern at a fifth of the price of the sanitiser. The pattern is a closed
grammar: every `<` must open one of the few tags written here in exactly the spelling written here, so nothing that is
not in the allow-list can pass; whatever it does not recognise goes to the sanitiser. A property test holds both equal.

Markup of the same few tags in another spelling (upper case, unclosed, unquoted) is first rewritten by lexbor, a parser
in C that takes a third of the sanitiser's time. It is trusted with nothing: what it wrote must pass the same grammar.
"""

import re
from functools import cache

from selectolax.lexbor import LexborHTMLParser

# Possessive throughout (`++`, `*+`, `(?>…)`): a failed attempt is never tried in another way, so time stays linear.
_TEXT = r"(?:[^<>&\x00\r\xa0]++|&(?:amp|lt|gt|nbsp);)"
_URL = r"https?://[A-Za-z0-9.-]+(?:/(?:[A-Za-z0-9/._~%?=+,;:@#$!*()-]|&amp;)*+)?"
_WORDS = r"[^<>&\"\x00\r\xa0]*+"
_IMAGE = (
    rf'<img(?: alt="{_WORDS}")?+ src="{_URL}"(?: alt="{_WORDS}")?+(?: title="{_WORDS}")?+'
    r'(?: width="\d++")?+(?: height="\d++")?+>'
)
_LEAF = rf"(?>{_TEXT}|<br>|{_IMAGE})"
_MARKED = (
    r"(?>" + "|".join(rf"<{tag}>{_LEAF}*+</{tag}>" for tag in ("em", "strong", "b", "i", "code", "sub", "sup")) + ")"
)
_LINK = rf'<a href="{_URL}">(?>{_LEAF}|{_MARKED})*+</a>'
_INLINE = rf"(?>{_LEAF}|{_LINK}|{_MARKED})"
_BLOCK = "|".join(rf"<{tag}>{_INLINE}*+</{tag}>" for tag in ("p", "h2", "h3", "h4", "figcaption"))
_LIST = "|".join(rf"<{tag}>(?>\s++|<li>{_INLINE}*+</li>)*+</{tag}>" for tag in ("ul", "ol"))
_QUOTE = rf"<blockquote>(?>\s++|{_BLOCK}|{_INLINE})*+</blockquote>"


@cache
def _paragraphs() -> re.Pattern[str]:
    """Compile the part of the grammar that most feeds stay in; a seventh of the whole."""
    return re.compile(rf"(?><p>{_INLINE}*+</p>|{_INLINE})*+")


@cache
def _grammar() -> re.Pattern[str]:
    """Compile the whole when it is first needed: that takes a twentieth of a second."""
    return re.compile(rf"(?>{_BLOCK}|{_INLINE}|{_LIST}|{_QUOTE})*+")


_BEYOND_PARAGRAPHS = re.compile(r"<(?:h[234]|figcaption|ul|ol|blockquote)>")


def _known_until(html: str) -> int:
    """Return where the grammar's knowledge of some markup ends; both patterns stop between the same elements."""
    known = _paragraphs().match(html)
    place = known.end() if known else 0
    if not _BEYOND_PARAGRAPHS.match(html, place):
        return place
    known = _grammar().match(html, place)
    return known.end() if known else place


# A `<` that opens or closes none of the tags above, in any case.
_FOREIGN = re.compile(
    r"<(?!/?(?:[PpAaBbIi]|[Hh][2-4]|[Bb][Rr]|[UuOo][Ll]|[Ll][Ii]|[Ee][Mm]|[Ii][Mm][Gg]|[Ss][Uu][BbPp]"
    r"|(?i:strong|code|blockquote|figcaption))[\s/>])"
)
MOST_REWRITTEN = 400
"""Tags of markup that is rewritten: longer texts are rare, and hostile ones grow with the square of it."""

MOST_USES = 50
_RESTING: list[tuple[LexborHTMLParser, int]] = []
"""Parsers that may be used again, and how often each was used: memory, never meaning."""

# A tag with attributes in the plainest spelling, and those of them that the sanitiser drops anyway.
_DRESSED = re.compile(r'<(?:p|a|img|h[234]|ul|ol|li|em|strong|b|i|blockquote|figcaption)(?: [a-z-]++="[^"<>&]*+")++>')
_LINK_START = '<a href="'
_BEGIN = re.compile(r"<(?:p|a|img|h[234]|ul|ol|em|strong|b|i|code|sub|sup|blockquote|figcaption)[ >]")
_SPARE = re.compile(r' (?:class|style|id|target|rel|loading|decoding|sizes|srcset|data-[a-z-]++)="[^"]*+"')


def tidy(html: str, link_rel: str) -> str | None:
    """Return markup that needs no sanitising, its links marked with `link_rel`; None when it needs looking at."""
    known = _recognised(html)
    if known is None and html.count("<") <= MOST_REWRITTEN and not _FOREIGN.search(html):
        known = _recognised(_rewritten(html))
    return None if known is None else _marked(known, f'" rel="{link_rel}">')


def _recognised(html: str) -> str | None:
    """Return the markup when the grammar knows it, without attributes that would be dropped."""
    place = _known_until(html)
    if place == len(html):
        return html
    if not _BEGIN.match(html, place):  # what stands there is in no spelling of ours: leaving attributes out is no help
        return None
    bare = _DRESSED.sub(lambda tag: _SPARE.sub("", tag[0]), html)
    return bare if _known_until(bare) == len(bare) else None


def _rewritten(html: str) -> str:
    """Return the markup as lexbor spells it.

    Starting a parser costs more than reading a paragraph, so each is used for some texts; it keeps their memory until
    it goes. Taking it off the list while it works keeps threads apart.
    """
    parser, uses = _RESTING.pop() if _RESTING else (LexborHTMLParser("<body>"), 0)
    body = parser.body
    if body is None:  # never, as it was started with one
        return html
    body.inner_html = html
    if uses < MOST_USES:
        _RESTING.append((parser, uses + 1))
    return body.inner_html or ""


def _marked(html: str, end: str) -> str:
    """Give every link its mark; in markup the grammar knows, a link is an address and nothing else."""
    first, *links = html.split(_LINK_START)
    return _LINK_START.join([first, *(link.replace('">', end, 1) for link in links)])
