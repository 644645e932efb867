"""`why` answers for every article: published, held, spiked and killed ones."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from wireroom.adapters.archive import open_archive
from wireroom.adapters.archive.archive import SqlArchive
from wireroom.desk.contradictions import contradictions
from wireroom.desk.inquiries import Inquiry, inquire
from wireroom.desk.review import Words, rule
from wireroom.edition.verdict import Lever
from wireroom.records.articles import Article, Evidence, Reading
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import BeatId, Digest, TopicId, article_id, digest, entry_id, feed_id, page_id, visit_id
from wireroom.records.pages import Page
from wireroom.records.policy import Policy
from wireroom.records.quality import QualityJudgement, Score, Term
from wireroom.records.rulings import Decision, RulingKind
from wireroom.records.sources import Feed, FeedState, Provider
from wireroom.records.topics import Topic, TopicJudgement, TopicMatch
from wireroom.records.versions import Change, Version
from wireroom.records.visits import Visit, VisitFacts
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
BEAT = BeatId("faces")
BODY = Digest(digest("page"))
URL = "https://harbor-ledger.example/vote"
TOPIC = Topic(id=TopicId("ai"), name="AI")
POLICY = Policy(beat=BEAT, main_topic="AI", topics=(TOPIC,), preset=shipped("classic"))


@pytest.fixture
def archive() -> Iterator[SqlArchive]:
    opened = open_archive("memory:")
    feed = Feed(id=feed_id(BEAT, f"{URL}/feed"), beat=BEAT, url=f"{URL}/feed", title="Harbor Ledger")
    opened.sync_feeds(BEAT, [feed], NOW)
    item = FeedItem(key="vote", link=URL, title="Board votes")
    entry = Entry(id=entry_id(feed.id, "vote"), feed=feed.id, item=item, content_hash=digest("vote"), seen_at=NOW)
    visit = Visit(id=visit_id(feed.id, "1"), feed=feed.id, at=NOW, outcome="fetched")
    opened.record_visits([VisitFacts(visit=visit, state=FeedState(feed=feed.id, next_due_at=NOW), entries=(entry,))])
    page = Page(id=page_id(URL, "1"), url=URL, final_url=URL, fetched_at=NOW, outcome="fetched", body=BODY)
    opened.record_pages([page])
    opened.record_readings([reading(page, "Board votes")], [])
    yield opened
    opened.close()


def reading(page: Page, title: str, version: int = 1) -> Reading:
    article = Article(
        id=article_id(URL),
        version=version,
        page=page.id,
        extractor="extract/1",
        read_at=NOW + timedelta(hours=version),
        canonical_url=URL,
        original_url=URL,
        title=title,
        provider=Provider(name="Harbor Ledger"),
        evidence=(
            Evidence(field="title", value=title, source="json-ld", confidence=0.8, chosen=True),
            Evidence(field="title", value="Cameras: a vote", source="open-graph", confidence=0.7),
        ),
    )
    return Reading(page=page.id, extractor="extract/1", read_at=article.read_at, article=article)


def appraised(archive: SqlArchive, points: float, *, on_topic: bool = True) -> None:
    name = article_id(URL)
    matches = (TopicMatch(topic=TOPIC.id, score=1, because="title has “AI”"),) if on_topic else ()
    archive.record_topics([TopicJudgement(beat=BEAT, article=name, judge="keywords/7", judged_at=NOW, matches=matches)])
    score = Score(preset="classic", value=points, terms=(Term(name="all", points=points, because="facts"),))
    archive.record_qualities([QualityJudgement(beat=BEAT, article=name, judge="classic/7", judged_at=NOW, score=score)])


def rules(archive: SqlArchive, kind: RulingKind) -> None:
    rule(archive, BEAT, URL, kind, Words(by="Ada", reason="court order", at=NOW))


def asked(archive: SqlArchive) -> Inquiry:
    answer = inquire(archive, POLICY, URL, NOW + timedelta(days=1))
    assert answer is not None
    return answer


def test_a_held_article_needs_so_many_points(archive: SqlArchive) -> None:
    appraised(archive, 61)
    answer = asked(archive)
    assert answer.verdict is not None
    assert answer.verdict.decision is Decision.HOLD
    assert answer.change is not None
    assert (answer.change.lever, answer.change.by) == (Lever.QUALITY, 9)
    assert answer.change.text == answer.verdict.flip


def test_a_spiked_article_is_answered_for_although_no_edition_holds_it(archive: SqlArchive) -> None:
    appraised(archive, 90, on_topic=False)
    answer = asked(archive)
    assert answer.verdict is not None
    assert answer.verdict.decision is Decision.SPIKE
    assert answer.change is not None
    assert answer.change.lever is Lever.TOPIC
    assert answer.heat is not None


def test_a_killed_article_keeps_its_scores_and_names_the_ruling(archive: SqlArchive) -> None:
    appraised(archive, 90)
    rules(archive, RulingKind.KILL)
    answer = asked(archive)
    assert answer.ruling is not None
    assert (answer.ruling.kind, answer.ruling.reason) == (RulingKind.KILL, "court order")
    assert answer.verdict is not None
    assert (answer.verdict.decision, answer.verdict.because) == (Decision.SPIKE, "Ada ruled kill: court order")
    assert answer.verdict.flip == "undoing the ruling “kill” would flip it"
    assert answer.heat is not None
    assert answer.heat.value == 90


def test_a_spiking_ruling_is_named_with_its_reason(archive: SqlArchive) -> None:
    appraised(archive, 90)
    rules(archive, RulingKind.SPIKE)
    answer = asked(archive)
    assert answer.verdict is not None
    assert (answer.verdict.decision, answer.verdict.because) == (Decision.SPIKE, "Ada ruled spike: court order")
    assert answer.verdict.flip == "undoing the ruling “spike” would flip it"
    assert answer.path is None


def test_an_embargo_ends_by_itself_and_what_was_ruled_before_it_holds_again(archive: SqlArchive) -> None:
    appraised(archive, 10)
    rules(archive, RulingKind.PUBLISH)
    words = Words(by="Ada", reason="embargo", at=NOW, until=NOW + timedelta(hours=6))
    rule(archive, BEAT, URL, RulingKind.HOLD, words)
    said = []
    for hours in (5, 6):
        answer = inquire(archive, POLICY, URL, NOW + timedelta(hours=hours))
        assert answer is not None
        assert answer.verdict is not None
        said.append(answer.verdict.decision)
    assert said == [Decision.HOLD, Decision.PUBLISH]


def test_history_names_who_judged_in_which_version_and_what_the_publisher_changed(archive: SqlArchive) -> None:
    appraised(archive, 61)
    again = Page(id=page_id(URL, "2"), url=URL, final_url=URL, fetched_at=NOW, outcome="fetched", body=BODY)
    archive.record_pages([again])
    change = Change(field="title", before="Board votes", after="Board votes 5-2")
    edited = Version(article=article_id(URL), number=2, seen_at=NOW + timedelta(hours=2), changes=(change,))
    archive.record_readings([reading(again, "Board votes 5-2", version=2)], [edited])
    answer = asked(archive)
    assert answer.title == "Board votes 5-2"
    assert answer.versions == (edited,)
    told = "\n".join(event.what for event in answer.history)
    for words in ("extract/1, version 2: Board votes 5-2", "keywords/7 says ai", "classic/7 says quality 61"):
        assert words in told
    assert [event.at for event in answer.history] == sorted(event.at for event in answer.history)


def test_nothing_is_known_before_it_was_read(archive: SqlArchive) -> None:
    appraised(archive, 61)
    answer = inquire(archive, POLICY, URL, NOW - timedelta(days=1))
    assert answer is not None
    assert answer.verdict is None
    assert answer.change is None
    assert answer.title == "Board votes"
    assert inquire(archive, POLICY, "https://nowhere.example/", NOW) is None


def test_a_page_that_contradicts_itself_is_told_of_and_listed(archive: SqlArchive) -> None:
    answer = inquire(archive, POLICY, URL, NOW)
    assert answer is not None
    (listed,) = contradictions(archive, BEAT, NOW + timedelta(hours=2))
    assert (listed.provider, listed.url) == ("Harbor Ledger", URL)
    (conflict,) = listed.conflicts
    assert answer.conflicts == listed.conflicts
    assert [(one.source, one.value) for one in conflict.statements] == [
        ("json-ld", "Board votes"),
        ("open-graph", "Cameras: a vote"),
    ]
