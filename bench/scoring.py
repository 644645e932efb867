"""How long do 100,000 records take to be scored on one core?

    python bench/scoring.py

Records of 200 words, twice the mean of the newsstand, are drawn from a few hundred variants, so that memory stays flat
however many are scored; every one is measured anew. Seconds are processor time, which other work on the machine still
stretches. The peer of the same run is a pass over the same texts that only counts their words.
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from msgspec import structs

from wireroom.app.beat import load_beat
from wireroom.intake.appraise import quality_of
from wireroom.records.articles import Article, Image
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.records.topics import TopicMatch

RECORDS, VARIANTS, LIMIT_S = 100_000, 400, 10.0
SENTENCES = (
    "The county council voted on Monday to end the contract after a year of complaints.",
    "“We were told that it simply works, and nobody tested it,” Mara Quill said.",
    "According to the audit, 14 of 31 searches failed, and 45% of the pictures were too dark.",
    "The company did not answer questions about its training data or its other customers.",
    "A hearing is set for the last week of the month, and the sheriff will be asked to speak.",
)


def main() -> None:
    policy = load_beat(Path(__file__).resolve().parent.parent / "beats/ai-watch").policy
    matches = tuple(TopicMatch(topic=topic.id, score=1.0, because="title") for topic in policy.topics[:3])
    variants = list(articles(Random(11)))
    start = time.process_time()
    words = sum(len(variants[n % VARIANTS].text.split()) for n in range(RECORDS))
    counting = time.process_time() - start
    bare = [structs.replace(article, text="") for article in variants]
    start = time.process_time()
    for number in range(RECORDS):
        quality_of(bare[number % VARIANTS], policy, matches)
    facts = time.process_time() - start
    start = time.process_time()
    passed = sum(quality_of(variants[n % VARIANTS], policy, matches).value >= 70 for n in range(RECORDS))
    scoring = time.process_time() - start
    print(f"{RECORDS} records, {words / 1e6:.0f} million words, {passed} at 70 or more")
    print(f"counting their words  {counting:7.2f} s")
    print(f"scoring facts only    {facts:7.2f} s")
    print(f"scoring them          {scoring:7.2f} s  (limit {LIMIT_S:g})")
    if scoring > LIMIT_S:
        raise SystemExit("scoring is too slow")


def articles(dice: Random) -> Iterator[Article]:
    now = datetime(2026, 11, 2, tzinfo=UTC)
    for number in range(VARIANTS):
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
    main()
