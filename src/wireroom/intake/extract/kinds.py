"""What kind of piece is the page, and is it one at all?"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from wireroom.intake.extract.tables import table
from wireroom.intake.extract.titles import head
from wireroom.records.articles import Evidence
from wireroom.text.tokens import fold
from wireroom.text.urls import domain


def kind(url: str, clues: Iterable[Evidence], lines: Iterable[str], characters: int) -> str:
    """Return `article`, `video`, `gallery`, `liveblog`, `opinion` or `press-release`.

    `lines` stand by themselves just before the body, and `characters` is its length: a long text that carries a film is
    an article.
    """
    clues = [clue for clue in clues if clue.field in _TELLING]  # four of some fifty
    found = next(_found(url, clues, lines), "article")
    return "article" if found == "video" and characters > _MOST_BESIDE_FILM else found


_TELLING = frozenset({"type", "og-type", "section", "title"})
_MOST_BESIDE_FILM = 1_500
"""Characters of text beside a film that is the piece itself."""


def _found(url: str, clues: Sequence[Evidence], lines: Iterable[str]) -> Iterator[str]:
    known = table("kinds")
    if domain(url) in known["hosts"]["press_release"]:
        yield "press-release"
    yield from (str(known["by_schema"][c.value]) for c in clues if c.field == "type" and c.value in known["by_schema"])
    if any(clue.field == "og-type" and clue.value.startswith("video") for clue in clues):
        yield "video"
    titles = {clue.value for clue in clues if clue.field == "title" and clue.source in _HEADLINES}
    told = {fold(label) for label in map(head, titles) if 0 < len(label) <= _LONGEST_LABEL}
    yield from (str(name) for name, labels in known["by_label"].items() if not told.isdisjoint(labels))
    if any(len(line) <= _LONGEST_LABEL and fold(line) in known["by_label"]["press-release"] for line in lines):
        yield "press-release"
    words, written = _words(url, clues), _is_marked(clues)
    for name, marks in known["by_path"].items():
        # Stations file everything under /video/; what they mark as an article is one.
        if not words.isdisjoint(marks) and not (name == "video" and written):
            yield str(name)


_LONGEST_LABEL = 30
_HEADLINES = frozenset({"json-ld", "open-graph", "heading"})


def _is_marked(clues: Iterable[Evidence]) -> bool:
    """Tell whether the page marks itself as an article."""
    known = table("kinds")
    return any(
        (clue.field == "type" and clue.value in known["article_types"])
        or (clue.field == "og-type" and clue.value.lower() in known["article_og"])
        for clue in clues
    )


def _words(url: str, clues: Iterable[Evidence]) -> set[str]:
    """Return folded path segments but the last, which is the headline's slug, and sections."""
    return {*_segments(url)[:-1][:3], *(fold(clue.value) for clue in clues if clue.field == "section")}


def named_sections(clues: Iterable[Evidence], house: Iterable[str]) -> tuple[Evidence, ...]:
    """Leave out what systems name as a section of every page: the house itself, "Articles", "All"."""
    filed = tuple(clues)
    if not filed:
        return ()
    empty = frozenset({*table("kinds")["no_sections"], *map(fold, house)})
    return tuple(clue for clue in filed if fold(clue.value) not in empty)


def sections(url: str, clues: Iterable[Evidence]) -> tuple[str, ...]:
    """Return the names of the sections that a page is filed under, by its own word and in its address."""
    return (*(clue.value for clue in clues), *_segments(url)[:-1])


def _segments(url: str) -> list[str]:
    return urlsplit(url).path.strip("/").lower().split("/")


def size(text: str) -> int:
    """Return the length of a text in letters of an alphabet: where a sign is a syllable or a word, it counts twice."""
    return len(text) if text.isascii() else len(text) + len(_SIGNS.findall(text))


_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


def why_not(url: str, fields: Mapping[str, Sequence[Evidence]], characters: int, confidence: float) -> str | None:
    """Return why the page is no article, None when it may be one.

    `characters` is the length of its body text and `confidence` how sure it is that there is one (0-1).
    """
    parts = urlsplit(url)
    if not parts.path.strip("/") and not parts.query:
        return "the front page of a site, not a piece"
    if _is_marked(fields.get("type", ())):
        return None
    carded = _is_marked(fields.get("og-type", ()))
    if listing := _listing(url, fields, characters, confidence, carded=carded):
        return listing
    if carded:
        return None
    dated = any(clue.source not in _OUTSIDE for clue in fields.get("published", ()))
    if not dated and (characters < _LEAST_TEXT or confidence <= 0):
        return "no article in it: neither marked as one nor dated, and next to no text (drawn by a script, or an index)"
    return None


def may_list(url: str, fields: Mapping[str, Sequence[Evidence]], text: str) -> bool:
    """Tell whether a page whose headings lead elsewhere lists pieces: it is marked as none and has no paragraph."""
    tagged = not set(table("kinds")["tag_paths"]).isdisjoint(_segments(url))
    if _is_marked(fields.get("type", ())) or (_is_marked(fields.get("og-type", ())) and not tagged):
        return False
    return all(size(paragraph) < _LEAST_PARAGRAPH for paragraph in text.split("\n\n"))


MOST_TEASERS = 7
"""Headings that lead elsewhere, on a page that is a piece and marks itself as none."""
_LEAST_PARAGRAPH = 200
"""Characters; teasers are shorter."""


def _listing(
    url: str, fields: Mapping[str, Sequence[Evidence]], characters: int, confidence: float, *, carded: bool
) -> str | None:
    """Return why the page lists pieces or wares rather than being a piece.

    Publishing systems put the card of an article on their lists too, so one that is `carded` may be a list.
    """
    known = table("kinds")
    segments = set(_segments(url))
    if not carded and segments & set(known["search_paths"]):
        return "a page of search results, not a piece"
    stated = {clue.value for clue in fields.get("type", ())} & set(known["listing_types"])
    if stated and characters < _ENOUGH_TEXT:
        return f"a page of type {min(stated)}, not a piece"
    paths = known["tag_paths"] if carded else known["listing_paths"]
    if segments.intersection(paths) and confidence < _UNSURE:
        return "a list of pieces by its address, with next to no text of its own"
    return None


_OUTSIDE = frozenset({"url", "feed"})
"""Dates that are not the page's own word."""
_ENOUGH_TEXT, _LEAST_TEXT = 1500, 250
"""Characters of body text. Teasers of an index page seldom add up to the first; a flash of news may have the second."""
_UNSURE = 0.3
