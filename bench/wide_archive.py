"""An invented archive of any size: a made-up press that reports, repeats, corrects and takes back.

The same number gives the same archive. It holds what an edition has to cope with: stories of one to eight reports with
copies of copies, affairs that go on for weeks, near stories, changed headlines, pictures that are none, rulings of
every kind, reports that nobody has judged or linked yet, paths granted before, an issue that was sent.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from msgspec import Struct

from wide_edition import PER_DAY, PROVIDERS, WORDS
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.app.beat import Beat
from wireroom.records.articles import Article, Evidence, Image, Picture, Reading
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import KeptFile, PathGrant
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import (
    ArticleId,
    Digest,
    RulingId,
    StoryId,
    article_id,
    digest,
    entry_id,
    page_id,
    story_id,
    visit_id,
)
from wireroom.records.pages import Page
from wireroom.records.quality import QualityJudgement, Score, Term
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.sources import Feed, FeedState
from wireroom.records.stories import NearStory, StoryLink, Thing, ThingKind, Told
from wireroom.records.topics import TopicJudgement, TopicMatch
from wireroom.records.versions import Change, Version
from wireroom.records.visits import Visit, VisitFacts

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
BATCH = 2000
FEEDS = 40
RULED = (RulingKind.KILL, RulingKind.HOLD, RulingKind.PUBLISH, RulingKind.SPIKE, RulingKind.BOOST)
EVERY = 97
"""One report in so many is ruled upon."""


class Fact(Struct, frozen=True):
    """A report with all that was judged of it."""

    article: Article
    feed: Feed
    topics: TopicJudgement
    quality: QualityJudgement | None
    copy: CopyJudgement | None
    link: StoryLink | None
    ruling: Ruling | None
    version: Version | None


def fill(archive: SqlArchive, beat: Beat, number: int, *, granted: int = 0) -> None:
    """Store this many reports; the first `granted` of them have been in an edition before."""
    name, feeds = beat.policy.beat, beat.feeds[:FEEDS]
    archive.sync_feeds(name, beat.feeds, NOW)
    facts = _Press(beat, number).facts(number)
    while some := list(islice(facts, BATCH)):
        archive.record_visits(list(_visits(feeds, some)))
        archive.record_pages([_page(one.article) for one in some])
        versions = [one.version for one in some if one.version]
        archive.record_readings([_reading(one.article) for one in some], versions)
        archive.record_pictures([_picture(place, one.article) for place, one in enumerate(some)])
        archive.record_topics([one.topics for one in some])
        archive.record_copies([one.copy for one in some if one.copy])
        archive.record_qualities([one.quality for one in some if one.quality])
        archive.record_links([one.link for one in some if one.link])
        archive.record_rulings([one.ruling for one in some if one.ruling])
        paths, granted = some[:granted], max(0, granted - len(some))
        archive.record_paths([_grant(one.article, beat) for one in paths])
    issue = b'---\ntitle: "County Watch weekly"\n---\n\n<h1>County Watch weekly</h1>\n'
    archive.record_kept([KeptFile(beat=name, path="_newsletters/ai-watch-2026-11-13.html", body=issue, known_at=NOW)])


class _Press:
    """Invents what is reported and what is judged of it."""

    def __init__(self, beat: Beat, seed: int) -> None:
        self._beat = beat
        self._dice = Random(seed)

    def facts(self, number: int) -> Iterator[Fact]:
        made, affair = 0, -1
        opened: ArticleId | None = None
        while made < number:
            affair = affair + 1 if self._dice.random() < 0.6 else max(0, affair - self._dice.randrange(9))
            size = min(self._dice.choice((1, 1, 1, 2, 2, 3, 5, 8)), number - made)
            told = list(self._story(range(made, made + size), affair, opened))
            yield from told
            opened = told[0].article.id
            made += size

    def _story(self, places: range, affair: int, before: ArticleId | None) -> Iterator[Fact]:
        start = NOW - timedelta(days=places.start / PER_DAY, hours=1)
        told: list[Article] = []
        for place in places:
            article = self._article(place, start + timedelta(minutes=self._dice.randrange(2000) - 400))
            copied = self._dice.choice(told) if told and self._dice.random() < 0.4 else None
            told.append(article)
            link = None if place % 227 == 226 else self._link(article, told[0], affair, before)
            yield self._judged(article, place, copied, link)

    def _judged(self, article: Article, place: int, copied: Article | None, link: StoryLink | None) -> Fact:
        name = self._beat.policy.beat
        who: dict[str, Any] = {"beat": name, "article": article.id, "judge": "bench/1", "judged_at": article.read_at}
        subjects = self._beat.policy.topics
        named = (
            (subjects[0], *self._dice.sample(subjects[1:], k=self._dice.randrange(3)))
            if self._dice.random() < 0.9
            else ()
        )
        matches = tuple(TopicMatch(topic=one.id, score=1.0, because=f"“{one.name}” in the title") for one in named)
        kind = self._dice.choice((CopyKind.NEAR, CopyKind.EXACT, CopyKind.REWRITTEN)) if copied else CopyKind.ORIGINAL
        copy = CopyJudgement(
            **who, kind=kind, copy_of=copied.id if copied else None, proof="“Four to one.”" * bool(copied)
        )
        return Fact(
            article=article,
            feed=self._beat.feeds[place % FEEDS],
            topics=TopicJudgement(**who, matches=matches),
            quality=None if place % 211 == 210 else QualityJudgement(**who, score=self._score(article)),
            copy=None if place % 223 == 222 else copy,
            link=link,
            ruling=self._ruling(article) if place % EVERY == EVERY - 1 else None,
            version=_version(article) if place % 29 == 28 else None,
        )

    def _article(self, place: int, at: datetime) -> Article:
        provider = self._dice.choice(PROVIDERS)
        title = " ".join(self._dice.choices(WORDS, k=9)).capitalize() + (f" {place}" if place % 13 else "")
        excerpt = ". ".join(" ".join(self._dice.choices(WORDS, k=14)).capitalize() for _ in range(3)) + "."
        url = f"https://www.{provider.domain}/{place}"
        shown = f"https://www.{provider.domain}/{'card' if place % 17 == 0 else place}.jpg"
        return Article(
            id=article_id(url),
            page=page_id(url, "now"),
            extractor="bench/1",
            read_at=at + timedelta(minutes=4),
            canonical_url=url,
            original_url=f"{url}?from=feed",
            title=title if place % 1009 else "The board votes",
            excerpt=excerpt,
            text=f"{title}. {excerpt}",
            published_at=at if place % 37 else None,
            date_method="json-ld",
            date_confidence=0.95,
            authors=("Ada Merrow",),
            provider=provider,
            images=(Image(url=shown),),
            language="en",
            evidence=(
                Evidence(field="title", value=title, source="json-ld", confidence=0.9, chosen=True),
                Evidence(field="title", value=f"{title} | {provider.name}", source="heading", confidence=0.6),
                Evidence(field="author", value="Ada Merrow", source="byline", confidence=0.8, chosen=True),
            ),
        )

    def _score(self, article: Article) -> Score:
        signals = {
            "picture": 20.0,
            "subject": float(self._dice.randrange(60)),
            "title": -float(self._dice.randrange(9)),
        }
        because = article.images[0].url
        terms = tuple(Term(name=name, points=points, because=because) for name, points in signals.items())
        return Score(preset="modern", value=sum(signals.values()), terms=terms)

    def _link(self, article: Article, opened: Article, affair: int, before: ArticleId | None) -> StoryLink:
        people = tuple(Thing(name=f"Ada Merrow {affair}-{n}", kind=ThingKind.PERSON) for n in range(2))
        others = tuple(
            Thing(name=f"{word} Council", kind=ThingKind.ORGANISATION) for word in self._dice.sample(WORDS, k=2)
        )
        near = story_id(self._beat.policy.beat, before) if before and self._dice.random() < 0.05 else None
        return StoryLink(
            beat=self._beat.policy.beat,
            article=article.id,
            story=story_id(self._beat.policy.beat, opened.id),
            judge="bench/1",
            judged_at=article.read_at,
            because=f"Tells the same vote as “{opened.title}”, named by the same people.",
            score=0.8,
            told=Told(things=people + others, numbers=(str(self._dice.randrange(100, 999)),), quotes=("we were told",)),
            near=(NearStory(story=near, score=0.4, because="names the same people"),) if near else (),
            formerly=(StoryId(digest("former", article.id)),) if self._dice.random() < 0.01 else (),
        )

    def _ruling(self, article: Article) -> Ruling:
        kind = self._dice.choice(RULED)
        return Ruling(
            id=RulingId(digest("ruling", article.id)),
            beat=self._beat.policy.beat,
            article=article.id,
            kind=kind,
            reason="the desk says so",
            by="Mara",
            at=article.read_at + timedelta(minutes=5),
        )


def _version(article: Article) -> Version:
    changed = Change(field="title", before=f"{article.title}?", after=article.title)
    return Version(article=article.id, number=2, seen_at=article.read_at, changes=(changed,))


def _visits(feeds: Sequence[Feed], some: Sequence[Fact]) -> Iterator[VisitFacts]:
    for feed in feeds:
        entries = tuple(_entry(feed, one.article) for one in some if one.feed is feed)
        visit = Visit(id=visit_id(feed.id, some[0].article.id), feed=feed.id, at=NOW, outcome="fetched")
        yield VisitFacts(visit=visit, state=FeedState(feed=feed.id, next_due_at=NOW), entries=entries)


def _entry(feed: Feed, article: Article) -> Entry:
    item = FeedItem(key=article.id, link=article.canonical_url, title=article.title)
    seen = article.read_at - timedelta(minutes=2)
    return Entry(id=entry_id(feed.id, article.id), feed=feed.id, item=item, content_hash=article.id, seen_at=seen)


def _page(article: Article) -> Page:
    url, at = article.canonical_url, article.read_at
    body = Digest(digest(url))
    return Page(id=page_id(url, "now"), url=url, final_url=url, fetched_at=at, outcome="fetched", body=body)


def _reading(article: Article) -> Reading:
    assert article.page
    return Reading(page=article.page, extractor="bench/1", read_at=article.read_at, article=article)


def _picture(place: int, article: Article) -> Picture:
    url, size = article.images[0].url, (1200, 675)
    if place % 7 == 0:
        return Picture(url=url, measured_at=article.read_at, reason="no image")
    return Picture(url=url, measured_at=article.read_at, width=size[0], height=size[1])


def _grant(article: Article, beat: Beat) -> PathGrant:
    return PathGrant(beat=beat.policy.beat, article=article.id, path=f"_news/{article.id}.md", granted_at=NOW)
