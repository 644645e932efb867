"""Which feed answers a search at a public body or archive? Patterns in queries.toml; nothing is asked."""

import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import quote_plus

from wireroom.intake.poll.opml import Outline


def names() -> tuple[str, ...]:
    """Return the places that can be searched."""
    return tuple(_table())


def query_feed(place: str, words: str) -> Outline:
    """Return the feed of a search; raise KeyError for a place that is not in the table.

    Quotation marks are left out: the patterns put their own.
    """
    pattern, folded = _table()[place], " ".join(words.replace('"', " ").split())
    title = pattern["title"].replace("{title}", folded)
    return Outline(url=pattern["url"].replace("{words}", quote_plus(folded)), title=title)


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("queries.toml").read_text(encoding="utf-8"))
