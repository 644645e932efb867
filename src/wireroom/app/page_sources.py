"""Which pages without a feed does a beat read, and by which selectors? From `[pages]` of beat.toml."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from wireroom.app.settings import PageTable
from wireroom.errors import BeatError
from wireroom.intake.poll.page_source import complaint
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.sources import Feed, Selectors


def page_feeds(beat: BeatId, pages: Mapping[str, PageTable], path: Path) -> Iterator[Feed]:
    """Turn pages into feeds; a selector that is none is refused."""
    for url, table in pages.items():
        selectors = Selectors(
            items=table.items, link=table.link, title=table.title, date=table.date, summary=table.summary
        )
        for key in ("items", "link", "title", "date", "summary"):
            selector = getattr(selectors, key)
            if selector and (problem := complaint(selector)):
                raise BeatError(f'{path} [pages."{url}"] {key}: {problem}')
        yield Feed(
            id=feed_id(beat, url),
            beat=beat,
            url=url,
            title=table.name,
            category=table.category,
            dedicated=table.dedicated,
            kind="page",
            selectors=selectors,
        )
