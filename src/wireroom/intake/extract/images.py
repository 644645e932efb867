"""Which image did the editors put in front of the piece?

Ranks stated images; logos and default cards are recognised by the dated table. Sizes are measured elsewhere.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick

from wireroom.intake.extract.tables import entries, table
from wireroom.records.articles import Evidence

_HOST = re.compile(r"(?:https?:)?//[^/?#]*")
_WORD = re.compile(r"[^\W\d_]{2,}|\d+x\d+")
_MOST_WORDS = 4
"""Of a file's name. More are a headline's slug, which may well speak of logos and icons."""
_ASKED_WIDTH = re.compile(r"[?&,/](?:w|width|imwidth|resize)[=_](\d{2,4})(?!\d)")
_WRITTEN_WIDTH = re.compile(r"(\d(?<![\dx].)\d{1,3})x\d{2,4}(?!\d|x\d)")
"""The second digit looks back: a pattern that begins with a digit is tried at digits only."""
_THUMB = re.compile(r"[/_-]thumb(?:nail)?[/_-]")


@cache
def _poor() -> AhoCorasick:
    known = table("images")
    return AhoCorasick(sorted({*known["poor"], *known["poor_folders"], *_DRAWN}))


_DRAWN = (".svg", ".ico")


@lru_cache(maxsize=256)
def looks_poor(url: str) -> bool:
    """Tell whether an address looks like a logo, an icon, a counter or a default card, not a picture of the news.

    Publishing systems keep all their pictures in folders such as `/sites/default/files/`, so only the file's name and
    folders that are named after nothing else count.
    """
    folded = url.lower()
    name = folded.partition("?")[0].rpartition("/")[2]
    # Most addresses hold none of the words, in whatever part of them.
    may_be = name in entries("images", "counters") or bool(_poor().find_matches_as_indexes(folded))
    return may_be and _is_poor(_path(url))


def _is_poor(path: str) -> bool:
    *folders, name = path.split("/")
    if path.endswith(_DRAWN) or name in entries("images", "counters"):
        return True
    words = _WORD.findall(name.rpartition(".")[0] or name)
    if len(words) <= _MOST_WORDS and any(word in entries("images", "poor") or word.endswith("logo") for word in words):
        return True
    return not entries("images", "poor_folders").isdisjoint(folders)


@lru_cache(maxsize=256)
def is_thumbnail(url: str) -> bool:
    """Tell whether an address states a width that is too small for a lead picture, or is called a thumbnail."""
    address = without_host(url).lower()
    stated = [*_ASKED_WIDTH.findall(address), *(_WRITTEN_WIDTH.findall(address) if "x" in address else ())]
    if stated:
        return max(map(int, stated)) < LEAST_WIDTH
    return "thumb" in address and _THUMB.search(address) is not None


LEAST_WIDTH = 200
"""Pixels; below it stand teasers of other pieces and faces."""


def is_gif(url: str) -> bool:
    """Tell whether an image is a GIF by its name: mostly an advertisement or a counter, at times a picture."""
    return ".gif" in url.lower() and _path(url).endswith(".gif")


def _path(url: str) -> str:
    return without_host(url).partition("?")[0].lower()


def without_host(url: str) -> str:
    """Return path and query of an address as written."""
    found = _HOST.match(url)
    return url[found.end() :] if found else url


def choose(clues: Iterable[Evidence]) -> Evidence | None:
    """Return the most trusted image, a poor-looking one only when there is no other; None when there is none."""
    ranked = sorted(clues, key=lambda stated: -stated.confidence)
    fit = (stated for stated in ranked if not is_gif(stated.value) and not looks_poor(stated.value))
    return next(fit, None) or min(
        ranked, key=lambda stated: (looks_poor(stated.value), is_gif(stated.value)), default=None
    )
