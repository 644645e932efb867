"""What do the page's meta statements and microdata say of the article?

Names and trust are a table; nothing is preferred here.
"""

from collections.abc import Iterator
from functools import cache

from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence


def evidence(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what meta statements say, by the table of names."""
    names = _names()
    told = sorted((names[name], texts) for name, texts in sheet.metas.items() if name in names)
    for (_, field, source, confidence), texts in told:
        for text in texts[:20]:
            value = sheet.address(text) if field == "image" else text
            if value:
                yield Evidence(field=field, value=value, source=source, confidence=confidence)
    tiers = table("paywalls")
    for name in tiers["tier_names"]:
        for text in sheet.metas.get(name, ()):
            if text.lower() in tiers["tiers"]:
                yield clue("paywalled", "True", "meta", 0.70)


@cache
def _names() -> dict[str, tuple[int, str, str, float]]:
    """Return what each name means, with its place in the table: of statements trusted alike the first counts."""
    names: dict[str, tuple[str, str, float]] = table("metas")["names"]
    return {name: (place, *meaning) for place, (name, meaning) in enumerate(names.items())}
