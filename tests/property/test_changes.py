"""Laws of comparing two judgings: nothing is lost, nothing is counted twice, and the past has no direction."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wireroom.edition.changes import OneDay, compare, standing
from wireroom.edition.compose import Judged
from wireroom.edition.lineup import judge
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.quality import Score, Term
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 10, tzinfo=UTC)
BEAT = BeatId("b")
TOPICS = (Topic(id=TopicId("ai"), name="AI"), Topic(id=TopicId("faces"), name="Faces"))
POLICY = Policy(beat=BEAT, main_topic="AI", topics=TOPICS, preset=shipped("classic"))


def candidate(number: int, hours: int, story: int, quality: int, topics: int) -> Candidate:
    name = ArticleId(f"a{number:03}")
    article = Article(
        id=name,
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{name}.example/a",
        original_url=f"https://{name}.example/a",
        title="Council votes",
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=name),
    )
    link = StoryLink(beat=BEAT, article=name, story=StoryId(f"s{story}"), judge="t", judged_at=NOW, because="vote")
    score = Score(preset="t", value=quality, terms=(Term(name="all", points=quality, because="facts"),))
    matches = tuple(TopicMatch(topic=topic.id, score=1, because="title") for topic in TOPICS[:topics])
    return Candidate(article=article, first_seen_at=NOW, link=link, quality=score, topics=matches)


def judged(facts: list[tuple[int, int, int, int]]) -> tuple[Judged, ...]:
    made = tuple(candidate(number, *one) for number, one in enumerate(facts))
    return judge(Snapshot(beat=BEAT, taken_at=NOW, candidates=made), POLICY, NOW)


RECORDS = st.tuples(st.integers(0, 150), st.integers(0, 3))
OPINIONS = st.tuples(st.integers(0, 140), st.integers(0, 2))
TWO_JUDGINGS = st.lists(st.tuples(RECORDS, OPINIONS, OPINIONS), max_size=12).map(
    lambda rows: (judged([(*r, *a) for r, a, _ in rows]), judged([(*r, *b) for r, _, b in rows]))
)


def compared(before: tuple[Judged, ...], after: tuple[Judged, ...]) -> OneDay:
    return compare("a day", map(standing, before), map(standing, after))


@given(TWO_JUDGINGS)
def test_to_and_fro_are_mirror_images(both: tuple[tuple[Judged, ...], tuple[Judged, ...]]) -> None:
    there, back = compared(both[0], both[1]), compared(both[1], both[0])
    assert [one.article for one in there.gained] == [one.article for one in back.missed]
    assert [one.article for one in there.moved] == [one.article for one in back.moved]
    assert (there.day.before, there.day.after) == (back.day.after, back.day.before)


@given(TWO_JUDGINGS)
def test_what_is_published_is_what_was_and_what_changed(both: tuple[tuple[Judged, ...], tuple[Judged, ...]]) -> None:
    changes, same = compared(both[0], both[1]), compared(both[0], both[0])
    assert set(changes.published) == (set(same.published) - {c.url for c in changes.missed}) | {
        c.url for c in changes.gained
    }
    assert (same.gained, same.missed, same.moved) == ((), (), ())


@given(TWO_JUDGINGS)
def test_the_numbers_are_the_lengths_of_the_lists(both: tuple[tuple[Judged, ...], tuple[Judged, ...]]) -> None:
    changes = compared(*both)
    for name in ("gained", "missed", "moved"):
        assert getattr(changes.day, name) == len(getattr(changes, name))
    assert changes.day.after == len(changes.published)
    assert changes.day.articles == len(both[0])
