"""How long does it take to judge 30 days with 30,000 records under other rules, and how much memory does it need?

    python bench/replay.py [--articles N]

The records are invented: 350 words each, a third of them about the beat, stories of three that come out within two days
and name four people or places. The peer of the same run is the edition's own judging of the whole snapshot, which reads
no text. Memory is the peak of a process of its own, for a third of the records and for all of them, with the report
written out as JSON. Seconds are processor time, which other work on the machine still stretches.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path
from random import Random

from msgspec import structs

from apart import GROWTH, apart
from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.app.beat import load_beat
from wireroom.app.replaying import write_answer
from wireroom.edition.changes import Span
from wireroom.edition.lineup import judge
from wireroom.intake.appraise import appraise
from wireroom.intake.classify import Tagger
from wireroom.records.articles import Article, Reading
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import Digest, StoryId, article_id, digest, entry_id, feed_id, page_id, visit_id
from wireroom.records.pages import Page
from wireroom.records.policy import Policy
from wireroom.records.sources import Feed, FeedState, Provider
from wireroom.records.stories import StoryLink, Thing, Told
from wireroom.records.visits import Visit, VisitFacts
from wireroom.runner.replay import Question
from wireroom.scoring.presets import changed

LIMIT_S = 30.0
DAYS = 30
BATCH = 500
NOW = datetime(2026, 11, 20, tzinfo=UTC)
SENTENCES = (
    "The county council voted on Monday to end the contract after a year of complaints.",
    "“We were told that it simply works, and nobody tested it,” Mara Quill said.",
    "According to the audit, 14 of 31 searches failed, and 45% of the pictures were too dark.",
    "The company did not answer questions about its training data or its other customers.",
    "A hearing is set for the last week of the month, and the sheriff will be asked to speak.",
    "Rain is expected along the coast, and ferries will leave an hour later than usual.",
    "The museum opens its new hall in spring with a show of ship models from the harbor.",
)
TITLES = ("County drops facial recognition after audit", "Ferries wait out the storm", "Museum opens a hall of models")


def articles(number: int) -> Iterator[Article]:
    dice = Random(11)
    for place in range(number):
        url = f"https://daily{place % 200}.example/{place}"
        yield structs.replace(
            Article(
                id=article_id(url),
                extractor="bench/1",
                read_at=NOW,
                canonical_url=url,
                original_url=url,
                title=f"{TITLES[place % 3]} {place}",
                provider=Provider(name=f"Daily {place % 200}", domain=f"daily{place % 200}.example"),
            ),
            page=page_id(url, "now"),
            excerpt=dice.choice(SENTENCES),
            text=" ".join(dice.choices(SENTENCES, k=24)),
            published_at=told_at(dice, place),
        )


def told_at(dice: Random, place: int) -> datetime:
    """Return a time within the two days of a story; the stories are spread over the span."""
    first = Random(place // 3).randrange(3 * 24 * 60, DAYS * 24 * 60)
    return NOW - timedelta(minutes=first - dice.randrange(2 * 24 * 60))


def fill(archive: SqlArchive, policy: Policy, number: int) -> None:
    beat, tagger = policy.beat, Tagger(policy)
    feed = Feed(id=feed_id(beat, "https://daily.example/feed"), beat=beat, url="https://daily.example/feed")
    archive.sync_feeds(beat, [feed], NOW)
    source, numbers = articles(number), count()
    while some := list(islice(source, BATCH)):
        entries = tuple(_entry(feed, one) for one in some)
        visit = Visit(id=visit_id(feed.id, some[0].id), feed=feed.id, at=NOW, outcome="fetched")
        archive.record_visits(
            [VisitFacts(visit=visit, state=FeedState(feed=feed.id, next_due_at=NOW), entries=entries)]
        )
        archive.record_pages([_page(one) for one in some])
        archive.record_readings([_reading(one) for one in some], [])
        judge_all(archive, policy, tagger, some)
        archive.record_links([_link(policy, one, next(numbers) // 3) for one in some])


def judge_all(archive: SqlArchive, policy: Policy, tagger: Tagger, some: Sequence[Article]) -> None:
    topics = [tagger.judge(one, dedicated=False, now=NOW) for one in some]
    archive.record_topics(topics)
    archive.record_qualities([appraise(one, policy, topic, None, NOW) for one, topic in zip(some, topics, strict=True)])


def _entry(feed: Feed, article: Article) -> Entry:
    item = FeedItem(key=article.id, link=article.canonical_url, title=article.title)
    return Entry(id=entry_id(feed.id, article.id), feed=feed.id, item=item, content_hash=article.id, seen_at=NOW)


def _page(article: Article) -> Page:
    url = article.canonical_url
    body = Digest(digest(url))
    return Page(id=page_id(url, "now"), url=url, final_url=url, fetched_at=NOW, outcome="fetched", body=body)


def _reading(article: Article) -> Reading:
    assert article.page
    return Reading(page=article.page, extractor="bench/1", read_at=NOW, article=article)


def _link(policy: Policy, article: Article, story: int) -> StoryLink:
    name = StoryId(f"s{story}")
    told = Told(things=tuple(Thing(name=f"Person {(story * step) % 20_011}") for step in (1, 3, 7, 11)))
    return StoryLink(
        beat=policy.beat,
        article=article.id,
        story=name,
        judge="bench/1",
        judged_at=NOW,
        because="the same vote",
        told=told,
    )


def asked(policy: Policy) -> Question:
    return Question(
        span=Span(since=NOW - timedelta(days=DAYS), until=NOW),
        before=policy,
        after=structs.replace(policy, preset=changed(policy.preset, {"subject": 12}, "bench")),
        known_at=NOW,
    )


def policy_of_the_beat() -> Policy:
    return load_beat(Path(__file__).resolve().parent.parent / "beats/ai-watch").policy


def filled(folder: str, number: int) -> None:
    with closing(open_archive(f"{folder}/archive.db")) as archive:
        fill(archive, policy_of_the_beat(), number)


def judged_whole(folder: str) -> tuple[float, float]:
    """Return the seconds of reading a snapshot and of judging it."""
    policy = policy_of_the_beat()
    with closing(open_archive(f"{folder}/archive.db")) as archive:
        start = time.process_time()
        snapshot = archive.snapshot(policy.beat, NOW)
        read = time.process_time()
        judge(snapshot, policy, NOW)
        return read - start, time.process_time() - read


def replayed(folder: str) -> tuple[float, int, int]:
    """Return seconds, records, and bytes of the report."""
    policy = policy_of_the_beat()
    with closing(open_archive(f"{folder}/archive.db")) as archive, (Path(folder) / "report.json").open("wb") as out:
        start = time.process_time()
        answer = write_answer(out, archive, asked(policy))
        took = time.process_time() - start
        return took, answer.changes.total.articles, out.tell()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=30_000)
    number = parser.parse_args().articles
    peaks = []
    for size in (number // 3, number):
        with tempfile.TemporaryDirectory() as folder:
            apart(filled, folder, size)
            (read, judged), whole = apart(judged_whole, folder)
            (took, records, report), peak = apart(replayed, folder)
        peaks.append(peak)
        print(f"{records:,} records over {DAYS} days, report of {report:,} bytes")
        print(f"  reading the snapshot      {read:7.2f} s")
        print(f"  judging it for an edition {judged:7.2f} s")
        print(f"  replaying it              {took:7.2f} s")
        print(f"  memory                    {peak:7.0f} MB, with the snapshot held whole {whole:.0f} MB")
    growth = peaks[1] / peaks[0]
    print(f"{took:.1f} s (limit {LIMIT_S:g}), memory for three times the records × {growth:.2f} (limit {GROWTH})")
    return 1 if took > LIMIT_S or growth > GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
