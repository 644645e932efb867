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
    meant = _names()
    told = sorted((meant[name], texts) for name, texts in sheet.metas.items() if name in meant)
    for (_, field, source, confidence), texts in told:
        for text in texts[:20]:
            value = sheet.address(text) if field == "image" else text
            if value:
                yield Evidence(field=field, value=value, source=source, confidence=confidence)
    known = table("paywalls")
    for names, values in ((known["tier_names"], known["tiers"]), (known["flag_names"], known["flags"])):
        for text in (text for name in names for text in sheet.metas.get(name, ())):
            if text.lower() in values:
                yield clue("paywalled", "True", "meta", 0.70)
    for text in sheet.metas.get("parsely-page", ())[:1]:
        yield from _told_at_once(text)


_AT_ONCE = {"title": "title", "author": "author", "authors": "author", "pub_date": "published", "section": "section"}


def _told_at_once(text: str) -> Iterator[Evidence]:
    """Yield what one statement says as a JSON object, as an analyst's service asks for."""
    for said in jsonld.objects((text,)):
        for name, field in _AT_ONCE.items():
            for value in jsonld.texts(said.get(name)):
                yield clue(field, value, "meta", 0.55)


@cache
def _names() -> dict[str, tuple[int, str, str, float]]:
    """Return what each name means, with its place in the table: of statements trusted alike the first counts."""
    named = enumerate(table("metas")["names"].items())
    return {name: (place, field, source, trust) for place, (name, (field, source, trust)) in named}
