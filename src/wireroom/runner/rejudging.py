"""What would other rules say of articles judged long ago? Topics and quality anew; the archive is only read.

Texts come from the archive a few hundred at a time, so memory stays flat however many articles there are.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from msgspec import structs

from wireroom.intake.appraise import quality_of
from wireroom.intake.classify import Tagger
from wireroom.ports.archive import Archive
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.policy import Policy

AT_ONCE = 250
"""Articles whose texts are held together: about 2 MB."""

T = TypeVar("T")


def rejudged(archive: Archive, snapshot: Snapshot, policy: Policy, wanted: Collection[ArticleId]) -> Snapshot:
    """Return the snapshot with topics and quality of the wanted articles as this policy judges them.

    Copies and stories stay as they were found: they do not depend on topics or presets. Imported posts carry the scores
    of their files.
    """
    named = (one for one in snapshot.candidates if one.article.id in wanted and not one.imported)
    tagger = Tagger(policy)
    new = {
        one.article.id: one
        for some in _in_parts(named, AT_ONCE)
        for one in _judged_anew(archive, snapshot.beat, some, policy, tagger)
    }
    return structs.replace(snapshot, candidates=tuple(new.get(one.article.id, one) for one in snapshot.candidates))


def texts(archive: Archive, beat: BeatId, candidates: Sequence[Candidate]) -> Iterator[Article]:
    """Yield the candidates' articles with the texts that a snapshot leaves out."""
    newest = {article.id: article for article in archive.articles_of(beat, [one.article.id for one in candidates])}
    for one in candidates:
        latest = newest[one.article.id]
        reading = latest if latest.version == one.article.version else _as_it_was(archive, beat, one.article)
        yield structs.replace(one.article, text=reading.text)


def _as_it_was(archive: Archive, beat: BeatId, article: Article) -> Article:
    """Return the reading of a version that a later one has replaced since."""
    readings = archive.dossier(beat, article.id).readings
    return next(reading for reading in reversed(readings) if reading.version == article.version)


def _judged_anew(
    archive: Archive, beat: BeatId, some: Sequence[Candidate], policy: Policy, tagger: Tagger
) -> Iterator[Candidate]:
    dedicated = archive.dedicated(beat, [one.article.id for one in some])
    for one, article in zip(some, texts(archive, beat, some), strict=True):
        topics = tagger.match(article, dedicated=article.id in dedicated)
        yield structs.replace(one, topics=topics, quality=quality_of(article, policy, topics, one.copy))


def _in_parts(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while part := list(islice(items, size)):
        yield part
