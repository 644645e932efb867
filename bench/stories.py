"""What does it cost to find an article's story, and its copies, as the archive grows?

    python bench/stories.py [--million]

Invented headlines and excerpts with a Zipf vocabulary, twelve reports a happening. Limits are those of the project
for 100,000 recent articles on one core.
"""

import argparse
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files

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


def assign(count: int) -> tuple[float, float, float, float]:
    """Return rebuild seconds, median and 99th percentile of one assignment in ms, and MB that the linker takes."""
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
    return rebuilt, statistics.median(times), statistics.quantiles(times, n=100)[98], taken


def copies(count: int) -> float:
    """Return texts of 49 words a second through the near-copy test."""
    runs = [shingles(words(f"{article.title} {article.excerpt}")) for article, _ in articles(count, 3)]
    index = NearIndex()
    began = time.process_time()
    for number, items in enumerate(runs):
        index.add(number, items)
    return count / (time.process_time() - began)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true")
    sizes = [10_000, 30_000, 100_000] + ([1_000_000] if parser.parse_args().million else [])
    missed = False
    print(f"{'articles':>10}{'rebuild s':>12}{'median ms':>12}{'p99 ms':>10}{'MB':>8}")
    for size in sizes:
        rebuilt, median, p99, taken = assign(size)
        print(f"{size:>10,}{rebuilt:>12.2f}{median:>12.3f}{p99:>10.3f}{taken:>8.0f}", flush=True)
        if size == 100_000:
            missed = rebuilt > REBUILD_S or median > MEDIAN_MS or p99 > P99_MS or taken > MEMORY_MB
    rate = copies(100_000)
    print(f"near-copy test: {rate:,.0f} texts/s (limit {TEXTS_S:,.0f}), sketch, look-up and insertion, from shingles")
    return int(missed or rate < TEXTS_S)


if __name__ == "__main__":
    sys.exit(main())
