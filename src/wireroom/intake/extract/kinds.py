"""What kind of piece is the page, and is it one at all?"""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence
from wireroom.text.tokens import fold
from wireroom.text.urls import domain


def kind(url: str, clues: Iterable[Evidence]) -> str:
    """Return `article`, `video`, `gallery`, `liveblog`, `opinion` or `press-release`."""
    known = table("kinds")
    if domain(url) in known["hosts"]["press_release"]:
        return "press-release"
    clues = tuple(clues)
    for clue in clues:
        if clue.field == "type" and clue.value in known["by_schema"]:
            return str(known["by_schema"][clue.value])
    for clue in clues:
        if clue.field == "og-type" and clue.value.startswith("video"):
            return "video"
    words = _words(url, clues)
    return next((str(name) for name, marks in known["by_path"].items() if words & set(marks)), "article")


def _words(url: str, clues: Iterable[Evidence]) -> set[str]:
    """Return folded path segments but the last, which is the headline's slug, and sections."""
    segments = urlsplit(url).path.strip("/").lower().split("/")[:-1]
    return {*segments[:3], *(fold(clue.value) for clue in clues if clue.field == "section")}


def why_not(url: str, fields: Mapping[str, Sequence[Evidence]], characters: int) -> str | None:
    """Return why the page is no article, None when it may be one; `characters` is the length of its body text."""
    known = table("kinds")
    parts = urlsplit(url)
    if not parts.path.strip("/") and not parts.query:
        return "the front page of a site, not a piece"
    stated = {clue.value for clue in fields.get("type", ())}
    cards = {clue.value.lower() for clue in fields.get("og-type", ())}
    if stated & set(known["article_types"]) or cards & set(known["article_og"]):
        return None
    if set(parts.path.strip("/").lower().split("/")) & set(known["search_paths"]):
        return "a page of search results, not a piece"
    if stated & set(known["listing_types"]) and characters < _ENOUGH_TEXT:
        return f"a page of type {min(stated & set(known['listing_types']))}, not a piece"
    dated = any(clue.source != "url" for clue in fields.get("published", ()))
    if not dated and characters < _LEAST_TEXT:
        return "no article in it: neither marked as one nor dated, and next to no text (drawn by a script, or an index)"
    return None


_ENOUGH_TEXT, _LEAST_TEXT = 1500, 250
"""Characters of body text. Teasers of an index page seldom add up to the first; a flash of news may have the second."""
