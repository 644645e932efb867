from datetime import UTC, datetime, timedelta, timezone

from wireroom.edition.agreement import agreement, chosen_of, ruled, unruled
from wireroom.edition.changes import Day, OneDay, Span, compare, day_of, standing, summed
from wireroom.edition.compose import Judged
from wireroom.edition.lineup import judge
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, RulingId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
TOPICS = (Topic(id=TopicId("ai"), name="AI"), Topic(id=TopicId("faces"), name="Faces"))
POLICY = Policy(beat=BEAT, main_topic="AI", topics=TOPICS, preset=shipped("classic"))
SPAN = Span(since=NOW - timedelta(days=2), until=NOW)


def candidate(name: str, quality: float, *, hours: float = 1, topics: int = 1, kind: str = "") -> Candidate:
    article = Article(
        id=ArticleId(name),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{name}.example/a",
        original_url=f"https://{name}.example/a",
        title=f"Report {name}",
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=name),
    )
    score = Score(preset="t", value=quality, terms=(Term(name="all", points=quality, because="facts"),))
    matches = tuple(TopicMatch(topic=topic.id, score=1, because="title") for topic in TOPICS[:topics])
    ruling = None
    if kind:
        kinds = RulingKind(kind)
        ruling = Ruling(id=RulingId(name), beat=BEAT, article=article.id, kind=kinds, reason="why", by="Ada", at=NOW)
    return Candidate(article=article, first_seen_at=NOW, quality=score, topics=matches, ruling=ruling)


def table(*candidates: Candidate) -> Snapshot:
    return Snapshot(beat=BEAT, taken_at=NOW, candidates=candidates)


def judged(*candidates: Candidate) -> tuple[Judged, ...]:
    return judge(table(*candidates), POLICY, NOW)


def compared(before: tuple[Judged, ...], after: tuple[Judged, ...]) -> OneDay:
    return compare("2026-11-10", map(standing, before), map(standing, after))


def test_each_change_has_its_list_and_both_sides() -> None:
    before = judged(candidate("in", 60), candidate("out", 80), candidate("up", 80), candidate("same", 90))
    after = judged(candidate("in", 75), candidate("out", 60), candidate("up", 95), candidate("same", 90))
    changes = compared(before, after)
    assert [one.article for one in changes.gained] == ["in"]
    assert [one.article for one in changes.missed] == ["out"]
    assert [one.article for one in changes.moved] == ["up"]
    (gained,), (moved,) = changes.gained, changes.moved
    assert (gained.before.peak, gained.after.peak, gained.before.place, gained.after.place) == (60, 75, None, 3)
    assert (moved.before.place, moved.after.place) == (3, 1)
    assert gained.after.because == "heat 75 reaches 70"
    assert (changes.day.articles, changes.day.before, changes.day.after) == (4, 3, 3)


def test_other_topics_are_a_move() -> None:
    changes = compared(judged(candidate("a", 80)), judged(candidate("a", 80, topics=2)))
    (moved,) = changes.moved
    assert (moved.before.topics, moved.after.topics) == (("ai",), ("ai", "faces"))


def test_the_end_of_a_span_is_not_part_of_it() -> None:
    assert [SPAN.holds(NOW - timedelta(hours=hours)) for hours in (49, 48, 0)] == [False, True, False]


def test_days_are_those_of_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    both = judged(candidate("a", 80, hours=1), candidate("b", 90, hours=13))
    assert [standing(item).day for item in both] == ["2026-11-09", "2026-11-10"]
    assert day_of(datetime(2026, 11, 10, 8, 59, tzinfo=tokyo)) == "2026-11-09"


def test_days_add_up() -> None:
    days = [Day(day="a", articles=3, after=2, gained=1), Day(day="b", articles=4, before=1, missed=1)]
    assert summed(days) == Day(day="all", articles=7, before=1, after=2, gained=1, missed=1)


def test_rulings_are_held_against_what_the_machine_does_alone() -> None:
    whole = table(
        candidate("a", 80, kind="publish"),
        candidate("b", 10, kind="publish"),
        candidate("c", 80, kind="kill"),
        candidate("d", 10, kind="hold"),
        candidate("e", 80),
    )
    found = agreement(chosen_of(judge(unruled(whole), POLICY, NOW)), ruled(whole))
    assert (found.rulings, found.wanted, found.chosen, found.right, found.agreed) == (4, 2, 2, 1, 2)
    assert (found.precision, found.recall, found.disagreement) == (0.5, 0.5, 0.5)


def test_without_rulings_there_is_no_figure() -> None:
    found = agreement(chosen_of(judged(candidate("a", 80))), {})
    assert (found.precision, found.recall, found.disagreement) == (None, None, None)
