"""Which image did the editors put in front of the piece?

Ranks stated images; logos and default cards are recognised by the dated table. Sizes are measured elsewhere.
"""

import re
from collections.abc import Iterable
from functools import cache

from ahocorasick_rs import AhoCorasick

from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence

_HOST = re.compile(r"(?:https?:)?//[^/?#]*")


@cache
def _poor() -> AhoCorasick:
    return AhoCorasick(table("images")["poor"])


def looks_poor(url: str) -> bool:
    """Tell whether an address looks like a logo, an icon or a default card rather than a picture of the news."""
    path = _path(url)
    return path.endswith((".svg", ".ico")) or _poor().find_matches_as_indexes(path) != []


def is_gif(url: str) -> bool:
    """Tell whether an image is a GIF by its name: mostly an advertisement or a counter, at times a picture."""
    return _path(url).endswith(".gif")


def _path(url: str) -> str:
    return without_host(url).partition("?")[0].lower()


def without_host(url: str) -> str:
    """Return path and query of an address as written."""
    found = _HOST.match(url)
    return url[found.end() :] if found else url


def choose(clues: Iterable[Evidence]) -> Evidence | None:
    """Return the most trusted image, a poor-looking one only when there is no other; None when there is none."""
    ranked = sorted(clues, key=lambda stated: (looks_poor(stated.value), is_gif(stated.value), -stated.confidence))
    return ranked[0] if ranked else None
