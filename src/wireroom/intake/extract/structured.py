"""What does the page's JSON-LD say of the article?

Picks the object that is the piece itself and hands on its statements; related and embedded pieces are left aside.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from wireroom.intake.extract.byline_words import took_pictures
from wireroom.intake.extract.jsonld import Node, addresses, first_text, texts, types
from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.intake.extract.tables import entries, table
from wireroom.intake.extract.titles import key
from wireroom.records.articles import Evidence
from wireroom.text.html import text_of, unmarked
from wireroom.text.tokens import words
from wireroom.text.urls import canonical

SOURCE = "json-ld"
_STATED = {
    "headline": ("title", 0.86),
    "alternativeHeadline": ("alternative-title", 0.30),
    "description": ("excerpt", 0.70),
    "datePublished": ("published", 0.90),
    "dateModified": ("updated", 0.85),
    "dateCreated": ("published", 0.45),
    "uploadDate": ("published", 0.60),
    "articleSection": ("section", 0.70),
    "inLanguage": ("language", 0.60),
}


@cache
def _ranks() -> dict[str, int]:
    return {name: rank for rank, name in enumerate(table("kinds")["article_types"])}


_Typed = tuple[frozenset[str], Node]
"""One object with its types, for which several readers ask."""


def _rank(types_: frozenset[str]) -> int | None:
    """Return how well an object's types fit a piece of journalism (0 best), None when it is something else."""
    ranks = _ranks()
    return min([ranks[name] for name in types_ if name in ranks], default=None)


def _piece(typed: Sequence[_Typed], sheet: Sheet) -> _Typed | None:
    """Return the object that describes the page's own article, None when no object does."""
    ranked = [(found, at) for at, (types_, _) in enumerate(typed) if (found := _rank(types_)) is not None]
    if len(ranked) < 2:
        return next((typed[at] for _, at in ranked if not _is_foreign(typed[at][1], sheet)), None)
    own = canonical(sheet.url)
    shown = {key(text) for text in _shown_titles(sheet)}

    def fit(entry: tuple[int, int]) -> tuple[bool, bool, bool, int, int]:
        """Order objects: about this address, under this headline, titled at all, better type, earlier."""
        place, at = entry
        node = typed[at][1]
        headline = first_text(node.get("headline") or node.get("name"))
        return (not _names(node, own), key(headline) not in shown, not headline, place, at)

    best = min(ranked, key=fit)
    stranger = fit(best)[:2] == (True, True)
    # Several objects, none of them about this page: the list of an index page, or pieces that are linked to.
    return None if stranger and len(ranked) > _MOST_STRANGERS else typed[best[1]]


_MOST_STRANGERS = 3


def _is_foreign(node: Node, sheet: Sheet) -> bool:
    """Tell whether a page's only object is of another piece, one that it links to: by its address and its headline."""
    stated = {url for name in _ADDRESSED for url in addresses(node.get(name)) if "//" in url}
    own = (sheet.url, *[link.href for link in sheet.links], *sheet.metas.get("og:url", ()))
    if not stated or not stated.isdisjoint(own) or not set(map(canonical, stated)).isdisjoint(map(canonical, own)):
        return False
    told = set(words(first_text(node.get("headline") or node.get("name"))))
    return bool(told) and all(2 * len(told & set(words(text))) < len(told) for text in _shown_titles(sheet))


_ADDRESSED = ("mainEntityOfPage", "url", "@id")


def _shown_titles(sheet: Sheet) -> Iterator[str]:
    yield from sheet.metas.get("og:title", ())
    for node in (*sheet.nodes["h1"][:3], sheet.title):
        if node is not None:
            yield text_of(node)


def _names(node: Node, own: str) -> bool:
    stated = (url for name in _ADDRESSED for url in addresses(node.get(name)))
    return any(canonical(url) == own for url in stated)


def evidence(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what the article's object states."""
    typed = [(types(node), node) for node in sheet.linked_data]
    yield from _trail(typed, sheet)
    found = _piece(typed, sheet)
    if found is None:
        yield from _of_page(typed, sheet)
        return
    types_, node = found
    for name, (field, confidence) in _STATED.items():
        if name in node:
            for text in texts(node[name])[:3]:
                yield _said(field, text, confidence)
    if "headline" not in node:
        for text in texts(node.get("name"))[:1]:
            yield _said("title", text, 0.55)
    yield from _people(node, sheet)
    for name in sorted(types_):
        yield clue("type", name, SOURCE, 0.8)
    yield from _rest(node, sheet)


def _trail(typed: Sequence[_Typed], sheet: Sheet) -> Iterator[Evidence]:
    """Yield the section that a trail of links names: the last of them that leads neither here nor to the front page."""
    trail = next((node for types_, node in typed if "BreadcrumbList" in types_), None)
    if trail is not None:
        own = canonical(sheet.url)
        crumbs = [(name, _leads(crumb)) for crumb in _each(trail.get("itemListElement")) if (name := _crumb(crumb))]
        inner = [name for name, url in crumbs if url and urlsplit(url).path.strip("/") and canonical(url) != own]
        yield from (_said("section", name, 0.40) for name in inner[-1:])


def _crumb(crumb: Any) -> str:  # noqa: ANN401 - outside JSON has any shape
    if not isinstance(crumb, dict):
        return ""
    return first_text(crumb.get("name")) or first_text(crumb.get("item"))


def _leads(crumb: Node) -> str:
    return next(addresses(crumb.get("item")), "")


def _of_page(typed: Sequence[_Typed], sheet: Sheet) -> Iterator[Evidence]:
    """Yield what the page itself is, and who wrote it and when by its one object, where none describes an article."""
    for name in sorted(entries("kinds", "listing_types").intersection(name for types_, _ in typed for name in types_)):
        yield clue("type", name, SOURCE, 0.8)
    pages = [node for types_, node in typed if "WebPage" in types_ and any(map(node.get, _SIGNS))]
    if len(pages) == 1:
        for name in ("datePublished", "dateModified"):
            field, confidence = _STATED[name]
            for text in texts(pages[0].get(name))[:1]:
                yield _said(field, text, confidence if pages[0].get("author") else _OF_PAGE)
        yield from _people(pages[0], sheet)


_SIGNS = ("author", "datePublished")
_OF_PAGE = 0.60
"""Trust in the date of a page that names no author: it may be older or younger than what stands on it."""


def _said(field: str, text: str, confidence: float) -> Evidence:
    return Evidence(field=field, value=unmarked(text), source=SOURCE, confidence=confidence)


def _rest(node: Node, sheet: Sheet) -> Iterator[Evidence]:
    pictured = (_resolved(picture, sheet, "url", "contentUrl") for picture in _each(node.get("image"))[:3])
    for url in [*(url for picture in pictured for url in addresses(picture)), *addresses(node.get("thumbnailUrl"))][:3]:
        if found := sheet.address(url):
            yield clue("image", found, SOURCE, 0.60)
    for text in texts(node.get("publisher"))[:1]:
        yield _said("provider", text, 0.60)
    for text in texts(node.get("keywords"))[:40]:
        yield _said("keywords", text, 0.60)
    for text in _subjects(node):
        yield _said("keywords", text, 0.65)
    parts = [part for part in _each(node.get("hasPart")) if isinstance(part, dict)]
    free = node.get(_FREE, parts[0].get(_FREE) if parts else None)
    if free is not None:
        yield clue("paywalled", str(str(free).strip().lower() in {"false", "0", "no"}), SOURCE, 0.80)
    body = node.get("articleBody")
    if isinstance(body, str) and body:
        yield Evidence(field="body", value=body, source=SOURCE, confidence=0.6)


_FREE = "isAccessibleForFree"


def _subjects(node: Node) -> Iterator[str]:
    """Yield whom and what the piece says it is about or mentions; a section's page is no subject."""
    for name in filter(node.__contains__, ("about", "mentions", "contentLocation")):
        for subject in _each(node[name]):
            if not isinstance(subject, dict) or not any(kind.endswith("Page") for kind in types(subject)):
                yield from texts(subject)


def _people(node: Node, sheet: Sheet) -> Iterator[Evidence]:
    for name in filter(node.__contains__, _SIGNED):
        for person in _writers(_each(node[name])):
            named = _resolved(person, sheet, "name")
            is_house = isinstance(named, dict) and not _HOUSES.isdisjoint(types(named))
            field, confidence = "house" if is_house else "author", _SIGNED[name]
            for text in texts(named)[:20] or _in_parts(named):
                yield _said(field, text, confidence)


_SIGNED = {"author": 0.80, "creator": 0.50, "contributor": 0.30}
_HOUSES = frozenset({"Organization", "NewsMediaOrganization", "Corporation"})


def _writers(people: list[Any]) -> list[Any]:
    """Leave out who took the pictures, where others are named."""
    wrote = [person for person in people if not (isinstance(person, dict) and took_pictures(person.get("jobTitle")))]
    return wrote or people


def _in_parts(person: Any) -> list[str]:  # noqa: ANN401 - outside JSON has any shape
    """Return the name of somebody whose given and family names are stated apart."""
    if not isinstance(person, dict):
        return []
    parts = (first_text(person.get(name)) for name in ("givenName", "familyName"))
    return [name] if (name := " ".join(filter(None, parts))) else []


def _each(value: Any) -> list[Any]:  # noqa: ANN401 - outside JSON has any shape
    return value[:40] if isinstance(value, list) else [value]


def _resolved(thing: Any, sheet: Sheet, *said: str) -> Any:  # noqa: ANN401 - outside JSON has any shape
    """Follow a bare `@id` to the object of the same page that says one of these of the thing."""
    if isinstance(thing, dict) and not any(map(thing.get, said)) and isinstance(thing.get("@id"), str):
        for other in sheet.linked_data:
            if other.get("@id") == thing["@id"] and any(map(other.get, said)):
                return other
    return thing
