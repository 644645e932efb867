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
    """Yield the judgement on every row, in order of time; undated rows come first, in the order given."""
    desk = CopyDesk(())
    for row in sorted(rows, key=lambda row: row.published or NO_DATE):
        judged = desk.judge(_article(row), beat=BeatId("rows"), now=NO_DATE)
        yield RowCopy(id=row.id, copy_of=judged.copy_of, kind=judged.kind.value, proof=judged.proof)


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
