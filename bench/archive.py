"""How fast is the archive? Visits a second, pending work, a snapshot of a large beat, and search; exits 1 on a miss.

Usage: python bench/archive.py [--dsn memory:|PATH|postgresql://…] [--feeds 100000] [--articles 30000]
"""

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, product
from pathlib import Path
from typing import TypeVar

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.records.articles import Article, Image, Picture, Reading
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import BeatId, Digest, TopicId, article_id, digest, entry_id, feed_id, page_id, visit_id
from wireroom.records.pages import Page
from wireroom.records.sources import Feed, FeedState, Provider
from wireroom.records.topics import TopicJudgement, TopicMatch
from wireroom.records.visits import Visit, VisitFacts

T = TypeVar("T")

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BATCH = 500
DUE = BeatId("due")
READ = BeatId("read")
SYLLABLES = [consonant + vowel for consonant in "bdklmrt" for vowel in "aeiou"]
VOCABULARY = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
# As in language, the n-th most common word is used 1/n as often as the first.
COMMONNESS = list(accumulate(1 / rank for rank in range(1, len(VOCABULARY) + 1)))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def words(chance: random.Random, count: int) -> str:
    return " ".join(chance.choices(VOCABULARY, cum_weights=COMMONNESS, k=count))


# ---- due feeds: pick, claim and store simulated answers -------------------------------------------------------------


def list_feeds(archive: SqlArchive, count: int) -> None:
    urls = [f"https://host{number}.example/feed" for number in range(count)]
    archive.sync_feeds(DUE, [Feed(id=feed_id(DUE, url), beat=DUE, url=url) for url in urls], NOW)


def poll_all(archive: SqlArchive) -> int:
    polled = 0
    while due := archive.due_feeds(DUE, NOW, BATCH):
        polled += len(due)
        archive.record_visits([answer(feed, polled) for feed, _ in due])
    return polled


def answer(feed: Feed, number: int) -> VisitFacts:
    """Simulate an answer: every tenth feed has something new, the rest answer 304."""
    state = FeedState(
        feed=feed.id, next_due_at=NOW + timedelta(hours=1), etag='"abc"', last_tried_at=NOW, last_ok_at=NOW
    )
    visit = Visit(id=visit_id(feed.id, NOW.isoformat()), feed=feed.id, at=NOW, outcome="not_modified", status=304)
    entries = (entry(feed, f"{feed.id}-{number}"),) if int(feed.id[:4], 16) % 10 == 0 else ()
    return VisitFacts(visit=visit, state=state, entries=entries)


def entry(feed: Feed, name: str) -> Entry:
    item = FeedItem(key=name, link=f"https://news.example/{name}", title=f"About {name}", summary="A summary. " * 20)
    return Entry(id=entry_id(feed.id, name), feed=feed.id, item=item, content_hash=digest(name), seen_at=NOW)


# ---- a beat with many articles --------------------------------------------------------------------------------------


def fill(archive: SqlArchive, count: int) -> None:
    chance = random.Random(7)
    feed = Feed(id=feed_id(READ, "https://news.example/feed"), beat=READ, url="https://news.example/feed", title="News")
    archive.sync_feeds(READ, [feed], NOW)
    for start in range(0, count, BATCH):
        entries = tuple(entry(feed, str(number)) for number in range(start, min(start + BATCH, count)))
        visit = Visit(id=visit_id(feed.id, str(start)), feed=feed.id, at=NOW, outcome="fetched")
        archive.record_visits(
            [VisitFacts(visit=visit, state=FeedState(feed=feed.id, next_due_at=NOW), entries=entries)]
        )
    while targets := archive.targets(READ, NOW, BATCH):
        archive.record_pages([page(target.url) for target in targets])
    while unread := archive.unread(READ, "extract/1", BATCH):
        archive.record_readings([reading(one.page, chance) for one in unread], [])
    while urls := archive.unmeasured(READ, BATCH):
        archive.record_pictures([Picture(url=url, measured_at=NOW, width=800, height=450) for url in urls])
    while articles := archive.unjudged("topics", READ, "keywords/1", BATCH):
        archive.record_topics([judgement(article) for article in articles])


def page(url: str) -> Page:
    return Page(
        id=page_id(url, "now"),
        url=url,
        final_url=url,
        fetched_at=NOW,
        outcome="fetched",
        status=200,
        body=Digest(digest(url)),
    )


def reading(fetched: Page, chance: random.Random) -> Reading:
    article = Article(
        id=article_id(fetched.url),
        page=fetched.id,
        extractor="extract/1",
        read_at=NOW,
        canonical_url=fetched.url,
        original_url=fetched.url,
        title=words(chance, 9),
        excerpt=words(chance, 40),
        text=words(chance, 400),
        published_at=NOW - timedelta(minutes=chance.randrange(40_000)),
        provider=Provider(name="News", domain="news.example"),
        images=(Image(url=f"{fetched.url}.jpg"),),
    )
    return Reading(page=fetched.id, extractor="extract/1", read_at=NOW, article=article)


def judgement(article: Article) -> TopicJudgement:
    matches = (TopicMatch(topic=TopicId("main"), score=1, because="the feed is dedicated to it"),)
    return TopicJudgement(beat=READ, article=article.id, judge="keywords/1", judged_at=NOW, matches=matches)


def search_times(archive: SqlArchive, queries: list[str]) -> list[float]:
    return sorted(timed(lambda query=query: archive.search(READ, query, 20))[0] for query in queries)  # type: ignore[misc]  # mypy cannot type a default in a lambda


def pending_times(archive: SqlArchive) -> list[tuple[str, float]]:
    """Time each question of pending work when (nearly) nothing is pending: the step a quiet cycle repeats."""
    asks: tuple[tuple[str, Callable[[], object]], ...] = (
        ("due_feeds", lambda: archive.due_feeds(DUE, NOW, BATCH)),
        ("targets", lambda: archive.targets(READ, NOW, BATCH)),
        ("unread", lambda: archive.unread(READ, "extract/1", BATCH)),
        ("unmeasured", lambda: archive.unmeasured(READ, BATCH)),
        ("unjudged", lambda: archive.unjudged("topics", READ, "keywords/1", BATCH)),
    )
    return [(name, statistics.median(timed(ask)[0] for _ in range(5))) for name, ask in asks]


# ---- the table ------------------------------------------------------------------------------------------------------


def measure(dsn: str, feeds: int, articles: int) -> Iterator[tuple[str, str, bool]]:
    opened, archive = timed(lambda: open_archive(dsn))
    yield "create and open", f"{opened * 1000:.0f} ms", True
    listed, _ = timed(lambda: list_feeds(archive, feeds))
    yield f"list {feeds:,} feeds", f"{feeds / listed:,.0f} feeds/s", True
    before = peak_mb()
    polled, count = timed(lambda: poll_all(archive))
    rate = count / polled
    yield f"pick and store {count:,} visits (1 in 10 with news)", f"{rate:,.0f} feeds/s (> 5,000)", rate > 5000
    grown = peak_mb() - before
    yield "  memory grown meanwhile", f"{grown:.0f} MB (< 30)", grown < 30
    filled, _ = timed(lambda: fill(archive, articles))
    yield f"{articles:,} entries to judged articles", f"{articles / filled:,.0f} articles/s", True
    for name, seconds in pending_times(archive):
        # What waits in the other beat is passed over: one step for each of its addresses.
        yield f"  {name}, nothing pending", f"{seconds * 1000:.1f} ms (< 20)", seconds < 0.02
    taken, view = timed(lambda: archive.snapshot(READ, NOW))
    yield f"snapshot of {len(view.candidates):,} articles", f"{taken:.2f} s", True
    rare = search_times(archive, [words(random.Random(n), 3) for n in range(40)])
    yield "search, median and slowest of 40", f"{statistics.median(rare) * 1000:.1f} / {rare[-1] * 1000:.1f} ms", True
    archive.close()
    again, archive = timed(lambda: open_archive(dsn))
    if dsn != "memory:":
        yield "open again", f"{again * 1000:.1f} ms (< 50)", again < 0.05
    archive.close()
    yield "peak memory", f"{peak_mb():.0f} MB", True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dsn")
    parser.add_argument("--feeds", type=int, default=100_000)
    parser.add_argument("--articles", type=int, default=30_000)
    chosen = parser.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        dsn = chosen.dsn or str(Path(folder) / "archive.db")
        for name, figure, reached in measure(dsn, chosen.feeds, chosen.articles):
            missed += not reached
            print(f"{name:<55} {figure:>32} {'' if reached else '  MISSED'}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
