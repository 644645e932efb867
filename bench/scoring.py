"""How long do 100,000 records take to be scored on one core, and how much memory do three times as many need?

    python bench/scoring.py

Records of 200 words, twice the mean of the newsstand, no two of them the same; every one is measured anew. Seconds are
processor time, which other work on the machine still stretches. The peer of the same run only counts their words.
"""

import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

from msgspec import structs

from apart import GROWTH, apart
from wireroom.app.beat import load_beat
from wireroom.intake.appraise import quality_of
from wireroom.records.articles import Article, Image
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.records.topics import TopicMatch

RECORDS, BATCH, LIMIT_S = 100_000, 500, 10.0
SENTENCES = (
    "The county council voted on Monday to end the contract after a year of complaints.",
    "“We were told that it simply works, and nobody tested it,” Mara Quill said.",
    "According to the audit, 14 of 31 searches failed, and 45% of the pictures were too dark.",
    "The company did not answer questions about its training data or its other customers.",
    "A hearing is set for the last week of the month, and the sheriff will be asked to speak.",
)


def main() -> int:
    _, small = apart(scored, RECORDS // 3)
    (counting, facts, scoring, passed), peak = apart(scored, RECORDS)
    growth = peak / small
    print(f"{RECORDS} records, {passed} at 70 or more")
    print(f"counting their words  {counting:7.2f} s")
    print(f"scoring facts only    {facts:7.2f} s")
    print(f"scoring them          {scoring:7.2f} s  (limit {LIMIT_S:g})")
    print(f"memory                {peak:7.0f} MB, for three times the records × {growth:.2f} (limit {GROWTH})")
    return 1 if scoring > LIMIT_S or growth > GROWTH else 0


def scored(number: int) -> tuple[float, float, float, int]:
    """Return the seconds of counting words, of scoring without texts and with them, and how many would pass."""
    policy = load_beat(Path(__file__).resolve().parent.parent / "beats/ai-watch").policy
    matches = tuple(TopicMatch(topic=topic.id, score=1.0, because="title") for topic in policy.topics[:3])
    counting = facts = scoring = 0.0
    passed, source = 0, articles(Random(11), number)
    while some := list(islice(source, BATCH)):
        bare = [structs.replace(article, text="") for article in some]
        start = time.process_time()
        for article in some:
            article.text.split()
        counted = time.process_time()
        for article in bare:
            quality_of(article, policy, matches)
        measured = time.process_time()
        passed += sum(quality_of(article, policy, matches).value >= 70 for article in some)
        scoring += time.process_time() - measured
        facts += measured - counted
        counting += counted - start
    return counting, facts, scoring, passed


def articles(dice: Random, count: int) -> Iterator[Article]:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    for number in range(count):
        url = f"https://daily{number}.example/a"
        yield structs.replace(
            Article(
                id=article_id(url),
                extractor="bench",
                read_at=now,
                canonical_url=url,
                original_url=url,
                title=f"County drops face scan after audit {number}",
                provider=Provider(name="Daily"),
            ),
            text=" ".join(dice.choices(SENTENCES, k=13)),
            published_at=now,
            images=(Image(url=f"{url}.jpg", width=1200, height=800),),
        )


if __name__ == "__main__":
    sys.exit(main())
