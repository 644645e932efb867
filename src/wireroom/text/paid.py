"""Does a text say of itself that somebody paid for it?

One vocabulary for whoever asks: such a text reports nothing by itself, and promotes. It must not weigh what follows.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick
from msgspec import Struct

from wireroom.records.articles import Article

READ = 6_000
"""Characters of a text in which it may say so: whoever must say it says it at the top or under a short text."""


class Paid(Struct, frozen=True, kw_only=True):
    """The compiled table."""

    pattern: re.Pattern[str]
    opening: re.Pattern[str]
    """A label as the whole first line: further below that is the head of a box beside the text."""
    finder: AhoCorasick
    types: frozenset[str]
    """Types of schema.org that say it of a page."""


@cache
def paid() -> Paid:
    """Return the table that ships with the package."""
    table = tomllib.loads(files(__package__).joinpath("paid.toml").read_text("utf-8"))
    label = f"(?:{'|'.join(table['labels'])})"
    spoken = rf"^[\[(*\s]*{label}(?:\s?[.:|)\]–—]|\s-|\s(?:by|from|von|par|por|da|door|av)\b)"
    return Paid(
        pattern=re.compile("|".join([spoken, *table["sentences"]]), re.IGNORECASE | re.MULTILINE),
        opening=re.compile(rf"\A[\[(*\s]*{label}\W*$", re.IGNORECASE | re.MULTILINE),
        finder=AhoCorasick(table["triggers"]),
        types=frozenset(table["types"]),
    )


def paid_for(article: Article) -> str | None:
    """Return the words, or the type of schema.org, by which an article gives itself out as paid for."""
    stated = (one.value for one in article.evidence if one.field == "type" and one.value in paid().types)
    return next(stated, None) or declared_paid(article.title, article.excerpt, article.text)


def declared_paid(title: str, excerpt: str, text: str) -> str | None:
    r"""Return the words by which a piece gives itself out as paid for, None when it does not.

    >>> declared_paid("3 lenses to buy", "", "They are cheap.\n\nSponsored content. No advice.")
    'Sponsored content.'
    >>> declared_paid("Regulator fines makers of sponsored content", "", "") is None
    True
    """
    whole = f"{title}\n{excerpt}\n{text[:READ]}"
    table = paid()
    if not table.finder.find_matches_as_indexes(whole.lower()):
        return None
    parts = (title, excerpt, text[:READ])
    found = table.pattern.search(whole) or next(filter(None, map(table.opening.search, parts)), None)
    return " ".join(found[0].split()).strip("([* ") if found else None
