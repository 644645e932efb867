"""What is a post called? Names made of a title and a date; whether a name is taken is not asked here."""

import re
from datetime import UTC, datetime
from unicodedata import combining, normalize

from wireroom.records.ids import digest

LIMIT = 144
"""Most characters of a slug: the longest in the published records."""

_SPACE = re.compile(r"\s+")
_FOREIGN = re.compile(r"[^a-z0-9-]")
_HYPHENS = re.compile(r"-{2,}")


def slug(text: str) -> str:
    """Return the text as `[a-z0-9-]` of at most LIMIT characters, cut at a word end; "" when nothing is left of it."""
    bare = "".join(char for char in normalize("NFD", text) if not combining(char)).lower()
    whole = _HYPHENS.sub("-", _FOREIGN.sub("", _SPACE.sub("-", bare))).strip("-")
    if len(whole) <= LIMIT:
        return whole
    # One character more is looked at: a hyphen there means that the cut falls on a word end by itself.
    return whole[: LIMIT + 1].rpartition("-")[0] or whole[:LIMIT]


def post_path(published: datetime, title: str) -> str:
    """Return `_news/<UTC date>-<slug>.md`; a title without Latin letters or digits is named by its digest."""
    name = slug(title) or digest("slug", title)[:12]
    return f"_news/{published.astimezone(UTC):%Y-%m-%d}-{name}.md"
