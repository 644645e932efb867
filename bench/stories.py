"""What does it cost to find an article's story, and its copies, as the archive grows?

    python bench/stories.py [--million]

Invented headlines and excerpts with a Zipf vocabulary, twelve reports a happening. Limits are those of the project
for 100,000 recent articles on one core; so that nothing grows faster than the archive, one article more may cost at
most twice as much at the largest size as at the smallest, and so may one of many identical ones. Processor time.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from multiprocessing import get_context
from typing import NamedTuple

from msgspec import structs

from wireroom.intake.link.assign import Linker
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId, BeatId, story_id
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.text.fingerprints import NearIndex, shingles
from wireroom.text.lexicon import rarity
from wireroom.text.tokens import words

START = datetime(2026, 3, 1, tzinfo=UTC)
BEAT = BeatId("bench")
REPORTS = 12
MEDIAN_MS, P99_MS, REBUILD_S, MEMORY_MB, TEXTS_S = 1.0, 5.0, 10.0, 500.0, 30_000.0
SIZES = (10_000, 30_000, 100_000, 300_000)
GROWTH = 2.0
SAME = (2_500, 10_000)
"""Identical headlines with excerpts, one by one."""


def articles(count: int, seed: int) -> Iterator[tuple[Article, str]]:
    """Yield titles of nine words with excerpts of forty, told by twelve outlets each."""
    rng = random.Random(seed)
    listed = files("wireroom.text").joinpath("word_shares.txt").read_text(encoding="utf-8").split()
    common = sorted({word for word in listed if word.isalpha()}, key=lambda word: (rarity(word), word))
    ranks = [1 / (at + 10) for at in range(len(common))]
    bag = rng.choices(common, ranks, k=2_000_000)
    at = 0
    for number in range(count):
        happening = number // REPORTS
        names = [f"name{happening % 9973}x{part}" for part in range(6)]
        at = (at + 53) % (len(bag) - 60)
        own = [*rng.sample(names, 3), *bag[at : at + 46]]
        rng.shuffle(own)
        when = START + timedelta(seconds=4.3 * number)
        article = Article(
            id=ArticleId(f"{seed}-{number}"),
            extractor="bench",
            read_at=when,
            canonical_url=f"https://o{number % 97}.example/{number}",
            original_url="",
            title=" ".join(own[:9]),
            excerpt=" ".join(own[9:]),
            published_at=when,
            provider=Provider(name=f"o{number % 97}"),
        )
        yield article, f"{seed}-{happening * REPORTS}"


def link(article: Article, first: str) -> StoryLink:
    story = story_id(BEAT, ArticleId(first))
    return StoryLink(beat=BEAT, article=article.id, story=story, judge="bench", judged_at=START, because="")


def memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Cost(NamedTuple):
    """Seconds of a rebuild, median and 99th percentile of one assignment in ms, and MB that the linker takes."""

    articles: int
    rebuilt: float
    median: float
    p99: float
    taken: float

    @property
    def each_us(self) -> float:
        return 1e6 * self.rebuilt / self.articles

    def missed(self) -> bool:
        """Tell whether a limit for 100,000 articles is missed."""
        over = self.rebuilt > REBUILD_S or self.taken > MEMORY_MB
        return self.articles == 100_000 and (over or self.median > MEDIAN_MS or self.p99 > P99_MS)


def assign(count: int) -> Cost:
    """Rebuild a linker from articles whose stories are known, then assign 3,000 new ones."""
    known = [(article, link(article, first)) for article, first in articles(count, 1)]
    before = memory_mb()
    began = time.process_time()
    linker = Linker(BEAT, 240.0, known)
    rebuilt = time.process_time() - began
    taken = memory_mb() - before
    times = []
    for article, _ in articles(3000, 1 if count < 3000 else 2):
        began = time.process_time()
        linker.assign(article, None, now=START)
        times.append((time.process_time() - began) * 1000)
    return Cost(count, rebuilt, statistics.median(times), statistics.quantiles(times, n=100)[98], taken)


def alone(count: int) -> Cost:
    """Measure in a process of its own: what an earlier size left behind would hide the memory of a later one."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(assign, count).result()


def identical(count: int) -> float:
    """Return the ms that each of many articles of one headline and excerpt takes, from an empty linker on."""
    first, _ = next(articles(1, 1))
    linker = Linker(BEAT, 240.0)
    began = time.process_time()
    for number in range(count):
        when = START + timedelta(seconds=number)
        linker.assign(structs.replace(first, id=ArticleId(str(number)), published_at=when), None, now=START)
    return (time.process_time() - began) * 1000 / count


def copies(count: int) -> float:
    """Return texts of 49 words a second through the near-copy test."""
    runs = [shingles(words(f"{article.title} {article.excerpt}")) for article, _ in articles(count, 3)]
    index = NearIndex()
    began = time.process_time()
    for number, items in enumerate(runs):
        index.add(number, items)
    return count / (time.process_time() - began)


def shown(cost: Cost) -> Cost:
    """Print a line of the table."""
    counts = f"{cost.articles:>10,}{cost.rebuilt:>12.2f}{cost.each_us:>10.0f}"
    print(f"{counts}{cost.median:>12.3f}{cost.p99:>10.3f}{cost.taken:>8.0f}", flush=True)
    return cost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="two minutes and 2 GB more")
    sizes = (*SIZES, 1_000_000) if parser.parse_args().million else SIZES
    print(f"{'articles':>10}{'rebuild s':>12}{'us each':>10}{'median ms':>12}{'p99 ms':>10}{'MB':>8}")
    costs = [shown(alone(size)) for size in sizes]
    first, last = costs[0], costs[-1]
    growth = max(last.each_us / first.each_us, last.median / first.median)
    print(f"one article more costs {growth:.2f} times as much among {last.articles:,} as among {first.articles:,}")
    few, many = map(identical, SAME)
    print(f"identical ones: {few:.3f} ms each of {SAME[0]:,}, {many:.3f} ms each of {SAME[1]:,}")
    rate = copies(100_000)
    print(f"near-copy test: {rate:,.0f} texts/s (limit {TEXTS_S:,.0f}), sketch, look-up and insertion, from shingles")
    steep = growth > GROWTH or many > GROWTH * few
    return int(steep or rate < TEXTS_S or any(cost.missed() for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
