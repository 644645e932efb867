"""Which archives must obey the contract, and what little world do the tests build in them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from sqlalchemy import text

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.adapters.archive.schema import metadata
from wireroom.records.articles import Article, Image, Reading
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import ArticleId, BeatId, Digest, article_id, digest, entry_id, feed_id, page_id, visit_id
from wireroom.records.pages import Page
from wireroom.records.sources import Feed, FeedState, Provider
from wireroom.records.versions import Version
from wireroom.records.visits import Visit, VisitFacts

BEAT = BeatId("faces")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
EXTRACTOR = "extract/1"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


KINDS = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def dsn(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give the address of an empty archive of each kind."""
    if request.param == "memory":
        return "memory:"
    if request.param == "sqlite":
        return str(tmp_path / "archive.db")
    address: str = request.getfixturevalue("postgres")
    return address


@pytest.fixture
def archive(dsn: str) -> Iterator[SqlArchive]:
    """Open an empty archive."""
    opened = open_archive(dsn)
    with opened.writing() as connection:
        if connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE article_words, {names} RESTART IDENTITY"))
    yield opened
    opened.close()


@pytest.fixture
def world(archive: SqlArchive) -> World:
    """Give an empty archive with a hand to fill it."""
    return World(archive)


# ---- a little world -------------------------------------------------------------------------------------------------


class Wording(Struct, frozen=True, kw_only=True):
    """What an article of the little world says."""

    title: str = "Town council pauses face scans"
    excerpt: str = ""
    text: str = ""
    published: datetime | None = None
    images: tuple[str, ...] = ()
    text_hash: str = ""


class World:
    """Invented feeds on example domains, and short ways to bring what they say into an archive."""

    def __init__(self, archive: SqlArchive) -> None:
        self.archive = archive
        self.beat = BEAT
        self.extractor = EXTRACTOR

    def at(self, hours: float) -> datetime:
        return at(hours)

    def says(self, **fields: Any) -> Wording:
        return Wording(**fields)

    def feed(
        self, name: str = "gazette", *, beat: BeatId = BEAT, dedicated: bool = False, paused: bool = False
    ) -> Feed:
        url = f"https://{name}.example/feed"
        title = name.title()
        return Feed(id=feed_id(beat, url), beat=beat, url=url, title=title, dedicated=dedicated, paused=paused)

    def listed(self, *names: str, beat: BeatId = BEAT) -> tuple[Feed, ...]:
        feeds = tuple(self.feed(name, beat=beat) for name in names)
        self.archive.sync_feeds(beat, feeds, at(0))
        return feeds

    def entry(self, feed: Feed, name: str, *, hours: float = 0, words: str = "", link: bool = True) -> Entry:
        address = f"https://gazette.example/{name}" if link else None
        item = FeedItem(key=name, link=address, title=words or name)
        return Entry(
            id=entry_id(feed.id, name),
            feed=feed.id,
            item=item,
            content_hash=digest(name, words),
            seen_at=at(hours),
        )

    def visit(self, feed: Feed, *entries: Entry, hours: float = 0, due: float = 1) -> VisitFacts:
        visit = Visit(id=visit_id(feed.id, at(hours).isoformat()), feed=feed.id, at=at(hours), outcome="fetched")
        return VisitFacts(visit=visit, state=FeedState(feed=feed.id, next_due_at=at(hours + due)), entries=entries)

    def see(self, feed: Feed, *names: str, hours: float = 0, words: str = "") -> tuple[Entry, ...]:
        entries = tuple(self.entry(feed, name, hours=hours, words=words) for name in names)
        self.archive.record_visits([self.visit(feed, *entries, hours=hours)])
        return entries

    def page(
        self, name: str, *, hours: float = 0, outcome: str = "fetched", retry: float | None = None, body: bool = True
    ) -> Page:
        url = f"https://gazette.example/{name}"
        return Page(
            id=page_id(url, at(hours).isoformat()),
            url=url,
            final_url=url,
            fetched_at=at(hours),
            outcome=outcome,
            body=Digest(digest(url, str(hours))) if body and outcome == "fetched" else None,
            retry_at=None if retry is None else at(retry),
        )

    def fetch(self, *names: str, hours: float = 0) -> tuple[Page, ...]:
        pages = tuple(self.page(name, hours=hours) for name in names)
        self.archive.record_pages(pages)
        return pages

    def article(self, page: Page, *, hours: float = 0, version: int = 1, says: Wording | None = None) -> Article:
        says = says or Wording()
        return Article(
            id=article_id(page.url),
            version=version,
            page=page.id,
            extractor=self.extractor,
            read_at=at(hours),
            canonical_url=page.url,
            original_url=f"{page.url}?ref=feed",
            title=says.title,
            excerpt=says.excerpt,
            text=says.text,
            published_at=says.published,
            provider=Provider(name="Gazette", domain="gazette.example"),
            images=tuple(Image(url=url) for url in says.images),
            text_hash=says.text_hash,
        )

    def read(self, page: Page, *, hours: float = 0, version: int = 1, says: Wording | None = None) -> Article:
        article = self.article(page, hours=hours, version=version, says=says)
        changes = [Version(article=article.id, number=version, seen_at=at(hours), changes=())] if version > 1 else []
        self.archive.record_readings([self.reading(article)], changes)
        return article

    def reading(self, article: Article) -> Reading:
        assert article.page
        return Reading(page=article.page, extractor=article.extractor, read_at=article.read_at, article=article)

    def bring(self, feed: Feed, name: str, *, hours: float = 0, says: Wording | None = None) -> Article:
        """Bring one piece all the way from a feed to an article."""
        self.see(feed, name, hours=hours)
        (page,) = self.fetch(name, hours=hours)
        return self.read(page, hours=hours, says=says)

    def unjudged(self, kind: str = "topics", judge: str = "keywords/1") -> list[ArticleId]:
        return [article.id for article in self.archive.unjudged(kind, self.beat, judge, 100)]
