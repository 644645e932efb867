"""What kind of piece is the page, and is it one at all?"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

from wireroom.intake.extract.merge import Fields
from wireroom.intake.extract.tables import entries, table
from wireroom.intake.extract.titles import head
from wireroom.records.articles import Evidence
from wireroom.text.tokens import fold
from wireroom.text.urls import domain


def kind(url: str, fields: Fields, lines: Iterable[str], characters: int) -> str:
    """Return `article`, `video`, `gallery`, `liveblog`, `opinion` or `press-release`.

    `lines` stand by themselves just before the body, and `characters` is its length: a long text that carries a film is
    an article.
    """
    found = next(_found(url, fields, lines), "article")
    return "article" if found == "video" and characters > _MOST_BESIDE_FILM else found


_MOST_BESIDE_FILM = 1_500
"""Characters of text beside a film that is the piece itself."""


def _found(url: str, fields: Fields, lines: Iterable[str]) -> Iterator[str]:
    known = table("kinds")
    if domain(url) in known["hosts"]["press_release"]:
        yield "press-release"
    by_schema: Mapping[str, str] = known["by_schema"]
    yield from filter(None, [by_schema.get(clue.value) for clue in fields.get("type", ())])
    if any(clue.value.startswith("video") for clue in fields.get("og-type", ())):
        yield "video"
    titles = {clue.value for clue in fields.get("title", ()) if clue.source in _HEADLINES}
    told = {fold(label) for label in map(head, titles) if 0 < len(label) <= _LONGEST_LABEL}
    by_label = _marks("by_label")
    yield from _named(told, by_label)
    if any(len(line) <= _LONGEST_LABEL and fold(line) in by_label["press-release"] for line in lines):
        yield "press-release"
    for name in _named(_words(url, fields), _marks("by_path")):
        # Stations file everything under /video/; what they mark as an article is one.
        if name != "video" or not (_is_typed(fields) or _is_carded(fields)):
            yield name


@cache
def _marks(name: str) -> Mapping[str, frozenset[str]]:
    """Return one of the tables of words by the kind of piece that they tell of."""
    return {kind: frozenset(words) for kind, words in table("kinds")[name].items()}


def _named(words: set[str], marks: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the kinds that words tell of, in the table's order."""
    return [kind for kind, telling in marks.items() if not telling.isdisjoint(words)] if words else []


_LONGEST_LABEL = 30
_HEADLINES = frozenset({"json-ld", "open-graph", "heading"})


def _is_typed(fields: Fields) -> bool:
    """Tell whether the page's JSON-LD marks it as an article."""
    return not entries("kinds", "article_types").isdisjoint([clue.value for clue in fields.get("type", ())])


def _is_carded(fields: Fields) -> bool:
    """Tell whether the page's card marks it as an article."""
    return not entries("kinds", "article_og").isdisjoint([clue.value.lower() for clue in fields.get("og-type", ())])


def _words(url: str, fields: Fields) -> set[str]:
    """Return folded path segments but the last, which is the headline's slug, and sections."""
    return {*_segments(url)[:-1][:3], *[fold(clue.value) for clue in fields.get("section", ())]}


def named_sections(clues: Iterable[Evidence], house: Iterable[str]) -> tuple[Evidence, ...]:
    """Leave out what systems name as a section of every page: the house itself, "Articles", "All"."""
    filed = [(fold(clue.value), clue) for clue in clues]
    empty = entries("kinds", "no_sections").union(map(fold, house)) if filed else frozenset()
    return tuple([clue for name, clue in filed if name not in empty])


def sections(url: str, clues: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the names of the sections that a page is filed under, by its own word and in its address."""
    return (*(clue.value for clue in clues), *_segments(url)[:-1])


@lru_cache(maxsize=16)
def _segments(url: str) -> tuple[str, ...]:
    return tuple(urlsplit(url).path.strip("/").lower().split("/"))


def size(text: str) -> int:
    """Return the length of a text in letters of an alphabet: where a sign is a syllable or a word, it counts twice."""
    return len(text) if text.isascii() else len(text) + len(_SIGNS.findall(text))


_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def why_not(url: str, fields: Fields, characters: int, confidence: float) -> str | None:
    """Return why the page is no article, None when it may be one.

    `characters` is the length of its body text and `confidence` how sure it is that there is one (0-1).
    """
    parts = urlsplit(url)
    if not parts.path.strip("/") and not parts.query:
        return "the front page of a site, not a piece"
    if _is_typed(fields):
        return None
    carded = _is_carded(fields)
    if listing := _listing(url, fields, characters, confidence, carded=carded):
        return listing
    if carded:
        return None
    dated = any(clue.source not in _OUTSIDE for clue in fields.get("published", ()))
    if not dated and (characters < _LEAST_TEXT or confidence <= 0):
        return "no article in it: neither marked as one nor dated, and next to no text (drawn by a script, or an index)"
    return None


def may_list(url: str, fields: Fields, text: str) -> bool:
    """Tell whether a page whose headings lead elsewhere lists pieces: it is marked as none and has no paragraph."""
    tagged = not entries("kinds", "tag_paths").isdisjoint(_segments(url))
    if _is_typed(fields) or (_is_carded(fields) and not tagged):
        return False
    return all(size(paragraph) < _LEAST_PARAGRAPH for paragraph in text.split("\n\n"))


MOST_TEASERS = 7
"""Headings that lead elsewhere, on a page that is a piece and marks itself as none."""
_LEAST_PARAGRAPH = 200
"""Characters; teasers are shorter."""


def _listing(url: str, fields: Fields, characters: int, confidence: float, *, carded: bool) -> str | None:
    """Return why the page lists pieces or wares rather than being a piece.

    Publishing systems put the card of an article on their lists too, so one that is `carded` may be a list.
    """
    segments = _segments(url)
    if not carded and not entries("kinds", "search_paths").isdisjoint(segments):
        return "a page of search results, not a piece"
    stated = entries("kinds", "listing_types").intersection([clue.value for clue in fields.get("type", ())])
    if stated and characters < _ENOUGH_TEXT:
        return f"a page of type {min(stated)}, not a piece"
    paths = entries("kinds", "tag_paths" if carded else "listing_paths")
    if confidence < _UNSURE and not paths.isdisjoint(segments):
        return "a list of pieces by its address, with next to no text of its own"
    return None


_OUTSIDE = frozenset({"url", "feed"})
"""Dates that are not the page's own word."""
_ENOUGH_TEXT, _LEAST_TEXT = 1500, 250
"""Characters of body text. Teasers of an index page seldom add up to the first; a flash of news may have the second."""
_UNSURE = 0.3
