from datetime import UTC, datetime

import pytest
from msgspec import structs

from wireroom.intake.classify import Tagger
from wireroom.records.articles import Article
from wireroom.records.ids import BeatId, TopicId, article_id
from wireroom.records.policy import Policy
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 2, tzinfo=UTC)
SCHOOLS = Topic(
    id=TopicId("schools"),
    name="Schools",
    parent=TopicId("faces"),
    keywords=("school", "schools"),
    must=("face scan", "face scans"),
    without=("driving school",),
    hashtags=("#EdTech",),
)
TOPICS = (
    SCHOOLS,
    Topic(id=TopicId("faces"), name="Faces", parent=TopicId("ai"), keywords=("face scan", "face scans")),
    Topic(id=TopicId("ai"), name="AI", keywords=("AI",)),
)


def policy(preset: str = "modern", topics: tuple[Topic, ...] = TOPICS) -> Policy:
    return Policy(beat=BeatId("b"), main_topic="AI", topics=topics, preset=shipped(preset), judge_topics="keywords/7")


def article(title: str, excerpt: str = "", text: str = "", keywords: tuple[str, ...] = ()) -> Article:
    url = "https://daily.example/a"
    return Article(
        id=article_id(url),
        extractor="test",
        read_at=NOW,
        canonical_url=url,
        original_url=url,
        title=title,
        excerpt=excerpt,
        text=text,
        keywords=keywords,
        provider=Provider(name="Daily"),
    )


def topics(found: Article, *, preset: str = "modern", dedicated: bool = False) -> list[str]:
    return [match.topic for match in Tagger(policy(preset)).match(found, dedicated=dedicated)]


def test_the_title_is_enough_and_parents_come_along() -> None:
    assert topics(article("School gates get face scans")) == ["ai", "schools", "faces"]
    assert topics(article("School gates get face scans"), preset="classic") == ["schools", "faces"]


def test_the_main_topic_comes_first_on_a_dedicated_feed_only() -> None:
    assert topics(article("Weather"), dedicated=True) == ["ai"]
    assert topics(article("Weather")) == []


def test_must_and_without_are_kept() -> None:
    assert topics(article("School gates open")) == []
    assert topics(article("Driving school tries face scans at its school")) == ["ai", "faces"]


def test_must_may_stand_elsewhere() -> None:
    assert "schools" in topics(article("School gates watched", text="The face scan is quick. A face scan is cheap."))
    assert "schools" in topics(article("School gates watched", excerpt="The face scan is quick."))
    assert topics(article("School gates watched", text="One face scan."), preset="modern") == []
    assert topics(article("School gates watched", excerpt="The face scan is quick."), preset="classic") == []


@pytest.mark.parametrize(
    ("excerpt", "text", "applies"),
    [
        ("A face scan at work.", "", False),
        ("A face scan at work.", "The face scan failed.", True),
        ("", "One face scan.", False),
        ("", "One face scan, another face scan.", True),
    ],
)
def test_the_lead_needs_the_body_and_the_body_says_it_twice(excerpt: str, text: str, *, applies: bool) -> None:
    assert ("faces" in topics(article("At work", excerpt, text))) is applies


def test_hashtags_count_in_title_and_among_the_keywords_of_the_page() -> None:
    assert "schools" in topics(article("New face scans #edtech"))
    assert "schools" in topics(article("New face scans", keywords=("EdTech",)))


def test_every_match_says_why_and_who_judged() -> None:
    judgement = Tagger(policy()).judge(article("School gates get face scans"), dedicated=True, now=NOW)
    assert (judgement.judge, judgement.judged_at, judgement.beat) == ("keywords/7", NOW, "b")
    assert [match.because for match in judgement.matches] == [
        "the feed is dedicated to it",
        "title has “school”",
        "title has “face scans”",
    ]


def test_the_main_topic_may_be_named_by_id() -> None:
    tagger = Tagger(structs.replace(policy(), main_topic="ai"))
    assert [match.topic for match in tagger.match(article("Weather"), dedicated=True)] == ["ai"]


def test_inherited_topics_say_so() -> None:
    matches = Tagger(policy()).match(article("A face scan"), dedicated=False)
    assert {match.topic: match.because for match in matches}[TopicId("ai")] == "its sub-topic faces applies"


def test_a_common_word_counts_once_in_the_body() -> None:
    said = "school " * 9
    assert "schools" not in topics(article("New face scans", text=said))
    assert "schools" in topics(article("New face scans", "At a school.", said))


def test_words_within_each_other_count_once_in_the_body() -> None:
    both = (Topic(id=TopicId("ai"), name="AI", keywords=("neural", "neural net*")),)
    found = [
        Tagger(policy(topics=both)).match(article("x", text=text), dedicated=False)
        for text in ("A neural net.", "A neural net, a neural chip.")
    ]
    assert [bool(matches) for matches in found] == [False, True]


def test_must_may_name_another_topic() -> None:
    schools = structs.replace(SCHOOLS, must=("topic:faces",))
    tagger = Tagger(policy(topics=(schools, *TOPICS[1:])))
    assert [bool(tagger.match(article(f"School {what}"), dedicated=False)) for what in ("face scans", "lunch")] == [
        True,
        False,
    ]


def test_an_acronym_is_no_name() -> None:
    assert topics(article("Ai Weiwei opens a show")) == []
    assert topics(article("AI opens a show")) == ["ai"]
    assert topics(article("Ai Weiwei opens a show"), preset="classic") == ["ai"]
