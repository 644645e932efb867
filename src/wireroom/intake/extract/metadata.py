"""What do the page's meta statements and microdata say of the article?

Names and trust are a table; nothing is preferred here.
"""

from collections.abc import Iterator
from functools import cache

from wireroom.intake.extract import jsonld
from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence


def evidence(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what meta statements say, by the table of names."""
    meant, known, pictured = _names(), sheet.metas, dict[str, str | None]()
    for name in sorted(filter(meant.__contains__, known), key=_places().__getitem__):
        field, source, confidence = meant[name]
        for text in known[name][:20]:
            if field == "image" and text not in pictured:  # most name one picture to several networks
                pictured[text] = sheet.address(text)
            if value := pictured[text] if field == "image" else text:
                yield Evidence(field=field, value=value, source=source, confidence=confidence)
    for name in filter(_gates().__contains__, known):
        for text in known[name]:
            if text.lower() in _gates()[name]:
                yield clue("paywalled", "True", "meta", 0.70)
    for text in known.get("parsely-page", ())[:1]:
        yield from _told_at_once(text)


_AT_ONCE = {"title": "title", "author": "author", "authors": "author", "pub_date": "published", "section": "section"}


def _told_at_once(text: str) -> Iterator[Evidence]:
    """Yield what one statement says as a JSON object, as an analyst's service asks for."""
    for said in jsonld.objects((text,)):
        for name, field in _AT_ONCE.items():
            for value in jsonld.texts(said.get(name)):
                yield clue(field, value, "meta", 0.55)


@cache
def _names() -> dict[str, tuple[str, str, float]]:
    """Return what each name means."""
    return {name: (field, source, trust) for name, (field, source, trust) in table("metas")["names"].items()}


@cache
def _places() -> dict[str, int]:
    """Return the place of each name in the table: of statements trusted alike the first counts."""
    return {name: place for place, name in enumerate(_names())}


@cache
def _gates() -> dict[str, frozenset[str]]:
    """Return the names of what tells that readers must pay, each with the words that do."""
    known = table("paywalls")
    told = dict.fromkeys(known["tier_names"], frozenset(known["tiers"]))
    flags = frozenset(known["flags"])
    return told | {name: told.get(name, frozenset()) | flags for name in known["flag_names"]}
