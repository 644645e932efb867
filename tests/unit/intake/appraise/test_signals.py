from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from wireroom.intake.appraise import appraise, judge_name, quality_of
from wireroom.intake.appraise.signals import measure
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import ArticleId, BeatId, TopicId, article_id
from wireroom.records.learned import Learned, TextModel
from wireroom.records.policy import Policy, Standing
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic, TopicJudgement, TopicMatch
from wireroom.scoring.engine import Signal
from wireroom.scoring.presets import fingerprint, shipped
from wireroom.scoring.vocabulary import QUALITY_SIGNALS

NOW = datetime(2026, 11, 2, tzinfo=UTC)
TOPIC = Topic(id=TopicId("faces"), name="Faces", keywords=("face scan", "face scan", "Scan"))
MATCHES = (TopicMatch(topic=TopicId("faces"), score=1, because="title"),)
REPORT = (
    "Mara Quill said the county never tested it. “We were told that it simply works,” she said. "
    "According to Officer Dane Holt, 14 of 31 searches failed, 45% in all. "
)


def article(**fields: Any) -> Article:
    url = "https://www.daily.example/a"
    base = Article(
        id=article_id(url),
        extractor="test",
        read_at=NOW,
        canonical_url=url,
        original_url=url,
        title="County drops face scan",
        excerpt="The county council voted on Monday to end the use of face scans at its gates after a year.",
        provider=Provider(name="Daily", domain="daily.example"),
    )
    return structs.replace(base, **fields)


def policy(preset: str = "classic") -> Policy:
    standing = Standing(points=(("daily.example", 40.0),))
    return Policy(beat=BeatId("b"), main_topic="Faces", topics=(TOPIC,), standing=standing, preset=shipped(preset))


def copy(kind: CopyKind, proof: str = "same passage") -> CopyJudgement:
    original = ArticleId("o")
    return CopyJudgement(
        beat=BeatId("b"),
        article=ArticleId("a"),
        judge="dedupe/1",
        judged_at=NOW,
        kind=kind,
        copy_of=original,
        proof=proof,
    )


def signals(copied: CopyJudgement | None = None, **fields: Any) -> dict[str, float]:
    return {name: signal.value for name, signal in measure(article(**fields), policy(), MATCHES, copied).items()}


def test_classic_arithmetic() -> None:
    score = quality_of(article(images=(Image(url="https://daily.example/i.jpg"),)), policy(), MATCHES)
    assert {term.name: term.points for term in score.terms} == {
        "standing": 40,
        "image": 20,
        "topics": 2,
        "keywords": 45,
    }
    assert score.value == 107


@pytest.mark.parametrize(("length", "points"), [(71, 0), (72, -1), (73, -1), (74, -2), (200, -65)])
def test_long_titles_cost_by_pairs(length: int, points: int) -> None:
    terms = {t.name: t.points for t in quality_of(article(title="x" * length), policy(), ()).terms}
    assert terms.get("title length", 0) == points


def test_quality_does_not_fall_below_nothing() -> None:
    score = quality_of(article(title="x" * 900, original_url="https://other.example/"), policy(), ())
    assert score.value == 0
    assert sum(term.points for term in score.terms) == 0
    assert score.terms[-1].name == "floor"


@pytest.mark.parametrize(
    ("image", "real"),
    [
        (Image(url="https://daily.example/photo.jpg", width=1200, height=630), True),
        (Image(url="https://daily.example/photo.jpg"), True),
        (Image(url="https://daily.example/photo.jpg", width=1200, height=150), False),
        (Image(url="https://daily.example/assets/logo_600x336.png", width=600, height=336), False),
        (Image(url="https://daily.example/img/og-image.png?x=1", width=1200, height=630), False),
        (Image(url="https://daily.example/default-social.jpg", width=1200, height=630), False),
        (Image(url="https://daily.example/monologue.jpg", width=1200, height=630), True),
    ],
)
def test_a_real_image_is_no_icon_logo_or_card(image: Image, *, real: bool) -> None:
    assert ("real_image" in signals(images=(image,))) is real


@pytest.mark.parametrize(
    ("kind", "signal"),
    [
        (CopyKind.ORIGINAL, "original"),
        (CopyKind.SYNDICATED, "copy"),
        (CopyKind.EXACT, "copy"),
        (CopyKind.REWRITTEN, "rewrite"),
        (CopyKind.PRESS_RELEASE, "press_release"),
    ],
)
def test_copies_are_told_apart(kind: CopyKind, signal: str) -> None:
    names = {"original", "copy", "rewrite", "press_release"}
    assert names & set(signals(copy(kind))) == {signal}


def test_a_press_release_by_type() -> None:
    assert "press_release" in signals(type="press-release")


def test_substance_is_counted() -> None:
    quotes = " ".join(f"“It did not work in test number {n},” said Ada Quill." for n in range(2))
    text = REPORT + quotes
    found = signals(text=text, links=("https://www.courts.gov/order", "https://shop.example/"))
    assert found["quotes"] == 3
    assert found["named_sources"] == 3
    assert found["figures"] == 3
    assert found["document_links"] == 1
    assert found["length"] == pytest.approx(len(text.split()) / 100)


def test_dates() -> None:
    assert signals(published_at=NOW)["has_date"] == 1
    assert "future_date" in signals(published_at=NOW + timedelta(days=3))
    assert not {"has_date", "future_date"} & set(signals())


def test_thin_records_say_no_more_than_their_title() -> None:
    assert signals(excerpt="Read more")["thin"] == 1
    assert "thin" not in signals()


@pytest.mark.parametrize(
    ("title", "signal"),
    [
        ("COUNTY DROPS FACE SCAN AFTER OUTCRY", "shouting"),
        ("You won't believe what this camera saw", "clickbait"),
        ("7 shocking facts about face scans", "clickbait"),
    ],
)
def test_unclear_titles(title: str, signal: str) -> None:
    assert signals(title=title)[signal] == 1


@pytest.mark.parametrize(
    ("title", "announces"),
    [
        ("Join us for the privacy webinar on May 4th", True),
        ("AI ethics summit: agenda and registration", True),
        ("Citizens' panel to hold first meeting", True),
        ("Call for papers: biometrics and society", True),
        ("Protesters join users in suit over face scans", False),
        ("At summit, ministers agree on limits for face scans", False),
        ("Users group sues over face scans", False),
        ("Board meeting ends in vote on cameras", False),
    ],
)
def test_an_appointment_is_told_from_a_report(title: str, *, announces: bool) -> None:
    assert ("notice" in signals(title=title)) is announces


@pytest.mark.parametrize("title", ["FBI and ICE use AI at JFK", "County drops face scan", "Seven held after raid"])
def test_clear_titles(title: str) -> None:
    assert not {"shouting", "clickbait"} & set(signals(title=title))


@pytest.mark.parametrize(
    "title",
    [
        "Facial Recognition Market Size to Reach USD 24.3 Billion by 2032",
        "Global Biometrics Market Report 2027: Analysis by Component and Region",
        "3 AI Stocks to Buy Now and Hold Forever",
        "Best smart camera deals for Black Friday: save $120",
        "Sentinel Lens Named a Leader in Access Control for the Third Year",
        "Acme is a leader in the Forrester Wave for identity",
    ],
)
def test_promotion_outweighs_any_standing(title: str) -> None:
    score = quality_of(
        article(title=title, authors=("A B",), published_at=NOW, text=REPORT * 30), policy("modern"), MATCHES
    )
    assert score.value < 70


@pytest.mark.parametrize(
    "title",
    [
        "Fish market tries face scans at its gate",
        "Regulator opens inquiry into the market for face data",
        "Stock exchange bans AI-written filings",
        "Best practice on face scans is ignored, audit finds",
        "Union leader named in face scan suit",
        "Court recognizes leaders of protest as plaintiffs",
        "Police transform booth into memorial",
        "School board adopts face scans with conditions",
    ],
)
def test_news_about_markets_and_leaders_is_no_promotion(title: str) -> None:
    assert "promotion" not in signals(title=title)


def test_every_measured_signal_is_in_the_vocabulary_and_every_word_of_it_is_measured() -> None:
    rich = measure(
        article(
            title="SHOCKING MARKET SIZE FORECAST 2030: FACE SCAN WEBINAR GOES VIRAL " + "X" * 40,
            text=REPORT,
            images=(Image(url="https://daily.example/p.jpg"),),
            amp_url="https://daily.example/amp",
            type="video",
            authors=("A",),
            paywalled=True,
            published_at=NOW,
            links=("https://www.courts.gov/order",),
        ),
        policy(),
        MATCHES,
    )
    others = measure(article(excerpt="", published_at=NOW + timedelta(days=3)), policy(), (), copy(CopyKind.NEAR))
    more = measure(article(), policy(), (), copy(CopyKind.REWRITTEN)) | measure(
        article(type="press-release"), policy(), ()
    )
    model = TextModel(bias=0, slope=1, shift=0, weights={}, examples=9)
    taste = measure(article(), structs.replace(policy(), learned=Learned(taste=model)), ())
    assert set(rich) | set(others) | set(more) | set(taste) == set(QUALITY_SIGNALS)


def test_a_judgement_names_its_judge() -> None:
    topics = TopicJudgement(beat=BeatId("b"), article=ArticleId("a"), judge="k", judged_at=NOW, matches=MATCHES)
    judgement = appraise(article(), policy(), topics, None, NOW)
    assert judgement.judge == judge_name(policy())
    assert judgement.judge.startswith("classic/")
    assert judge_name(policy("modern")) != judge_name(policy())
    assert judge_name(structs.replace(policy(), standing=Standing())) != judge_name(policy())
    of_code_alone = fingerprint(policy().preset, policy().standing, policy().judge_topics)
    assert judge_name(policy()) != of_code_alone, "changed tables of the package are another judge"
    assert judgement.score == quality_of(article(), policy(), MATCHES)


@pytest.mark.parametrize(
    ("title", "words"),
    [("A facial scan at the gate", 0), ("IA: what it is", 1), ("Three drones over town", 1), ("Biometrics at work", 1)],
)
def test_a_keyword_is_a_whole_word_or_its_plural(title: str, words: int) -> None:
    """Inside a word it counts for `classic` alone, whose published values follow from that."""
    topic = Topic(id=TopicId("faces"), name="Faces", keywords=("IA", "drone", "biometric*"))
    found = measure(article(title=title), structs.replace(policy(), topics=(topic,)), MATCHES, None)
    assert found.get("keywords", Signal(value=0.0, because="")).value == words
    assert found["keyword_entries"].value == 1
    assert found["keyword_entries"].because in {f"the title has “{word}”" for word in ("ia", "drone", "biometric")}
