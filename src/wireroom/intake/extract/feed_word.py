"""What did the feed say of the piece? Evidence of lower trust than the page's own word."""

from collections.abc import Iterator

from wireroom.intake.extract.sheet import clue
from wireroom.records.articles import Evidence
from wireroom.records.entries import Entry
from wireroom.text.html import unmarked

SOURCE = "feed"


def evidence(entry: Entry) -> Iterator[Evidence]:
    """Yield what one entry said."""
    item = entry.item
    if item.title:
        yield clue("title", unmarked(item.title), SOURCE, 0.45)
    if item.published:
        yield clue("published", item.published.isoformat(), SOURCE, 0.50)
    if item.updated:
        yield clue("updated", item.updated.isoformat(), SOURCE, 0.40)
    if item.summary:
        yield clue("excerpt", unmarked(item.summary), SOURCE, 0.30)
    if item.kind == "video":
        yield clue("og-type", "video", SOURCE, 0.45)
    for person in item.authors:
        yield clue("author", person.name, SOURCE, 0.45)
    for enclosure in item.enclosures:
        if (enclosure.type or "").startswith("image/"):
            yield clue("image", enclosure.url, SOURCE, 0.30)
