"""Which pages contradict themselves? A report for the desk, or for the publishers; it decides nothing."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from wireroom.intake.extract.conflicts import Conflict, find_conflicts
from wireroom.ports.archive import Archive
from wireroom.records.ids import BeatId


class Contradiction(Struct, frozen=True, kw_only=True):
    """A page and what it states in more than one way, the statement that we took first."""

    provider: str
    url: str
    title: str
    conflicts: tuple[Conflict, ...]


def contradictions(archive: Archive, beat: BeatId, now: datetime) -> Iterator[Contradiction]:
    """Yield the articles of a beat whose pages contradict themselves, by provider, then address."""
    articles = [candidate.article for candidate in archive.snapshot(beat, now).candidates]
    for article in sorted(articles, key=lambda one: (one.provider.name, one.canonical_url)):
        if found := find_conflicts(article.evidence):
            yield Contradiction(
                provider=article.provider.name, url=article.canonical_url, title=article.title, conflicts=found
            )
