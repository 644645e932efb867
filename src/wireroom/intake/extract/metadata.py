"""What do the page's meta statements and microdata say of the article?

Names and trust are a table; nothing is preferred here.
"""

from collections.abc import Iterator

from wireroom.intake.extract.sheet import Sheet, clue
from wireroom.intake.extract.tables import table
from wireroom.records.articles import Evidence


def evidence(sheet: Sheet) -> Iterator[Evidence]:
    """Yield what meta statements say, by the table of names."""
    for name, (field, source, confidence) in _names().items():
        for text in sheet.metas.get(name, ())[:20]:
            value = sheet.address(text) if field == "image" else text
            if value:
                yield Evidence(field=field, value=value, source=source, confidence=confidence)
    tiers = table("paywalls")
    for name in tiers["tier_names"]:
        for text in sheet.metas.get(name, ()):
            if text.lower() in tiers["tiers"]:
                yield clue("paywalled", "True", "meta", 0.70)


def _names() -> dict[str, tuple[str, str, float]]:
    names: dict[str, tuple[str, str, float]] = table("metas")["names"]
    return names
