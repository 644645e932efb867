"""How is markup from outside made safe to show?

nh3 (an HTML5 parser and allow-list in Rust) does the work; the allow-list is the table `sanitize.toml`. Text without
markup costs nothing. Callers sanitise where they show, and keep what they store as supplied.
"""

import html as entities
import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

import nh3

from wireroom.text.tidy_markup import tidy

_TABLE: dict[str, Any] = tomllib.loads(files(__package__).joinpath("sanitize.toml").read_text(encoding="utf-8"))
_ATTRIBUTES = {tag: set(names) for tag, names in _TABLE["tags"].items()} | {
    "*": set(_TABLE["everywhere"]["attributes"])
}
_DROPPED = set(_TABLE["dropped"]["with_content"])
LONGEST = 500_000
"""Characters of markup that are looked at; the rest is cut. A page of a book has 3,000."""

MOST_TAGS = 8000
"""The parser's time grows with the square of the nesting: 100,000 open `div` took it 36 s, 8,000 take 0.2 s."""

FEW_TAGS = 200
"""With so few, no nesting of them costs more than a few milliseconds."""

MOST_STYLED = 16
"""Different emphasis tags with attributes. HTML parsers open all that is unclosed again in every following paragraph,
but no more than three alike (WHATWG HTML §13.2.4.3): 48 kB of `<b id=1><b id=2>…` became 1.6 GB and took 4 s. None of
these attributes would be kept."""
_STYLED = re.compile(r"<(b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]*>?", re.IGNORECASE)

_LINK_REL = "noopener noreferrer nofollow"
_BREAKS = re.compile(rf"<(?=/?(?:{'|'.join(_TABLE['breaks']['tags'])})\b)", re.IGNORECASE)

_VANISHING = re.compile(rf"</?(?:{'|'.join(_TABLE['dropped']['tags_alone'])})\b[^<>]*>", re.IGNORECASE)


def sanitize(html: str, base_url: str | None = None) -> str:
    """Return markup that is safe to show; relative addresses are resolved against the base, or dropped without one."""
    if "<" not in html:
        # Without an opening bracket there is no element, hence nothing to forbid.
        return html
    html = _bounded(html)
    known = tidy(html, _LINK_REL)
    return _cleaned(html, base_url) if known is None else known


def _bounded(html: str) -> str:
    """Cut markup that is longer, or has more tags, than an article ever has."""
    html = html[:LONGEST]
    tags = html.count("<")
    if tags <= FEW_TAGS:
        return html
    if len({tag[0] for tag in _STYLED.finditer(html)}) > MOST_STYLED:
        html = _STYLED.sub(lambda tag: f"<{tag[1]}>", html)
    return html if tags <= MOST_TAGS else "<".join(html.split("<", MOST_TAGS)[:-1])


def _cleaned(html: str, base_url: str | None) -> str:
    return _cleaner(base_url if base_url and _has_relative(html) else None).clean(_VANISHING.sub("", html))


def _has_relative(html: str) -> bool:
    """Tell whether an address may need the base; what this misses is dropped by the cleaner, not let through."""
    return html.count("href") != html.count('href="http') or html.count("src") != html.count('src="http')


def plain(html: str) -> str:
    """Return the words of some markup as text, white space folded."""
    if "<" in html and ">" in html:
        html = _bounded(html)
        html = _stripper().clean(_BREAKS.sub(" <", _VANISHING.sub("", html)))
    if "&" in html:
        html = entities.unescape(html)
    return " ".join(html.split())


@lru_cache(maxsize=512)
def _cleaner(base_url: str | None) -> nh3.Cleaner:
    """Return a cleaner for one base; making one costs as much as cleaning a short text."""
    try:
        return _make(("rewrite_with_base", base_url) if base_url else "deny")
    except ValueError:  # the base itself is no address
        return _make("deny")


def _make(url_relative: "nh3.UrlRelative") -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TABLE["tags"]),
        attributes=_ATTRIBUTES,
        clean_content_tags=_DROPPED,
        url_schemes=set(_TABLE["addresses"]["schemes"]),
        link_rel=_LINK_REL,
        url_relative=url_relative,
    )


@lru_cache(maxsize=1)
def _stripper() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(), attributes={}, clean_content_tags=_DROPPED)
