"""Real input: saved pages, served from loopback as their own hosts, go through a whole cycle."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.acceptance.real_world import RealWorld, saved_pages

from wireroom.app.beat import load_beat
from wireroom.app.build import opened_archive
from wireroom.app.newsroom import Summary, run_cycle
from wireroom.app.starting import start_beat
from wireroom.records.articles import Article

NOW = datetime(2026, 11, 20, tzinfo=UTC)
EVER = datetime(1990, 1, 1, tzinfo=UTC)
ENOUGH = 125
"""Of 131 saved pages (two of them saved at one address) that must become articles with title and date."""


class Cycle:
    """One run over all saved pages, and what the archive holds after it."""

    def __init__(
        self, summary: Summary, articles: tuple[Article, ...], troubles: dict[str, str], urls: set[str]
    ) -> None:
        self.summary, self.articles, self.troubles, self.urls = summary, articles, troubles, urls


@pytest.fixture(scope="module")
def cycle(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Cycle:
    folder = tmp_path_factory.mktemp("real") / "beat"
    pages = saved_pages(shared / "data" / "article-metadata")
    with RealWorld(pages) as world:
        start_beat(folder, "ai-watch")
        (folder / "feeds.opml").write_bytes(world.opml())
        beat = load_beat(folder)
        summary = run_cycle(beat, now=NOW, detour={"*": world.origin})
    with opened_archive(beat) as archive:
        articles = archive.recent(beat.policy.beat, EVER, NOW)
        troubles = {trouble.url: trouble.reason for trouble in archive.troubles(beat.policy.beat, 1000)}
    return Cycle(summary, articles, troubles, set(pages))


def test_every_page_was_discovered(cycle: Cycle) -> None:
    assert cycle.summary.discovered == len(cycle.urls)
    assert cycle.summary.notes == ()


def test_pages_become_articles_with_title_and_date(cycle: Cycle) -> None:
    good = [article for article in cycle.articles if article.title and article.published_at]
    print(f"\n{len(good)} of {len(cycle.urls)} pages became articles with title and date")
    assert len(good) >= ENOUGH


def test_each_of_the_others_says_why(cycle: Cycle) -> None:
    read = {article.original_url for article in cycle.articles}
    for url in sorted(cycle.urls - read):
        print(f"{url}: {cycle.troubles.get(url)}")
    assert all(cycle.troubles.get(url) for url in cycle.urls - read)
