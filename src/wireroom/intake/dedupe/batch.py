"""Which of plain rows repeat others, without an archive?

For `wireroom try copies`, tests and measurements.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from wireroom.intake.dedupe.desk import CopyDesk
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.sources import Provider

NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


class TextRow(Struct, frozen=True, kw_only=True):
    """One text as a table gives it."""

    id: str
    title: str = ""
    text: str = ""
    provider: str = ""
    published: datetime | None = None
    url: str = ""
    authors: tuple[str, ...] = ()


class RowCopy(Struct, frozen=True, kw_only=True):
    """What one row repeats; `copy_of` is None for an original."""

    id: str
    copy_of: str | None
    kind: str
    proof: str


def copies_of(rows: Iterable[TextRow]) -> Iterator[RowCopy]:
    """Yield the judgement on every row, in the order given; taken in order of time and id, undated ones first."""
    desk = CopyDesk(())
    given = list(rows)
    order = sorted(range(len(given)), key=lambda at: (given[at].published or NO_DATE, given[at].id))
    judged = {at: desk.judge(_article(given[at]), beat=BeatId("rows"), now=NO_DATE) for at in order}
    remade = {one.article: one for one in desk.remade(beat=BeatId("rows"), now=NO_DATE)}
    for at, row in enumerate(given):
        one = remade.get(ArticleId(row.id), judged[at])
        yield RowCopy(id=row.id, copy_of=one.copy_of, kind=one.kind.value, proof=one.proof)


def _article(row: TextRow) -> Article:
    """Dress a row as an article."""
    return Article(
        id=ArticleId(row.id),
        extractor="rows",
        read_at=row.published or NO_DATE,
        canonical_url=row.url,
        original_url=row.url,
        title=row.title,
        text=row.text,
        authors=row.authors,
        published_at=row.published,
        provider=Provider(name=row.provider, domain=row.provider if "." in row.provider else None),
    )
