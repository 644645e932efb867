"""Which stories do plain rows tell, without an archive?

For `wireroom try stories`, tests and measurements.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct, structs

from wireroom.intake.link.assign import Linker
from wireroom.intake.link.merging import relinked
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink

WINDOW_H = 120.0
NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)


class ReportRow(Struct, frozen=True, kw_only=True):
    """One report as a table gives it."""

    id: str
    title: str = ""
    url: str = ""
    published: datetime | None = None
    text: str = ""
    excerpt: str = ""
    provider: str = ""


class RowStory(Struct, frozen=True, kw_only=True):
    """The story of one row; ids are equal exactly when two rows tell the same happening."""

    id: str
    story: str
    because: str


def stories_of(rows: Iterable[ReportRow], window_h: float = WINDOW_H) -> Iterator[RowStory]:
    """Yield the story of every row, in the order given; they are taken in order of time, undated ones first.

    Nothing is yielded before the last row is read: a late report can show that two stories are one.
    """
    linker = Linker(BeatId("rows"), window_h)
    links: dict[ArticleId, StoryLink] = {}
    given = list(rows)
    for row in sorted(given, key=lambda row: row.published or NO_DATE):
        link = linker.assign(article_of(row), None, now=NO_DATE)
        because = links[link.article].because if link.article in links else link.because
        links[link.article] = structs.replace(link, because=because)
    for one in linker.merged():
        links |= {article: relinked(links[article], one, NO_DATE) for article in one.moved}
    for row in given:
        link = links[ArticleId(row.id)]
        yield RowStory(id=row.id, story=link.story, because=link.because)


def article_of(row: ReportRow) -> Article:
    """Dress a row as an article."""
    when = row.published or NO_DATE
    return Article(
        id=ArticleId(row.id),
        extractor="rows",
        read_at=when,
        canonical_url=row.url,
        original_url=row.url,
        title=row.title,
        excerpt=row.excerpt,
        text=row.text,
        published_at=row.published,
        provider=Provider(name=row.provider),
    )
