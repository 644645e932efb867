"""Short places: quotas, shares, embargoes and boosts, and the change that flips each verdict about them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from wireroom.edition.compose import Judged
from wireroom.edition.lineup import judge
from wireroom.edition.rationing import shares
from wireroom.edition.verdict import Lever, changed, decide, smallest_flip
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, RulingId, TopicId
from wireroom.records.policy import Desk, Policy
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
TOPICS = tuple(Topic(id=TopicId(name), name=name) for name in ("ai", "police", "schools"))
MODERN = shipped("modern")


def report(name: str, quality: float, house: str = "", topics: str = "ai", **fields: Any) -> Candidate:
    hours = fields.pop("hours", 1)
    article = Article(
        id=ArticleId(name),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{house or name}.example/{name}",
        original_url=f"https://{house or name}.example/{name}",
        title=f"Report {name}",
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=house or name, domain=f"{house or name}.example"),
    )
    score = Score(preset="t", value=quality, terms=(Term(name="all", points=quality, because=""),))
    matches = tuple(TopicMatch(topic=TopicId(topic), score=1, because="title") for topic in topics.split())
    return Candidate(article=article, first_seen_at=NOW, quality=score, topics=matches, **fields)


def judged(*candidates: Candidate, now: datetime = NOW, **desk: Any) -> dict[str, Judged]:
    policy = Policy(beat=BEAT, main_topic="ai", topics=TOPICS, preset=MODERN, desk=Desk(**desk))
    found = judge(Snapshot(beat=BEAT, taken_at=NOW, candidates=candidates), policy, now)
    return {item.candidate.article.id: item for item in found}


def published(found: dict[str, Judged]) -> set[str]:
    return {name for name, item in found.items() if item.verdict.decision is Decision.PUBLISH}


def ruling(kind: RulingKind) -> Ruling:
    return Ruling(id=RulingId("r"), beat=BEAT, article=ArticleId("x"), kind=kind, reason="our town", by="Ada", at=NOW)


def test_a_topic_has_its_quota_of_a_day_and_the_hottest_stay() -> None:
    police = [report(f"p{n}", 80 + n, topics="ai police") for n in range(4)]
    yesterday = report("y", 75, topics="ai police", hours=24)
    found = judged(*police, yesterday, report("o", 71), quotas=((TopicId("police"), 2),))
    assert published(found) == {"p2", "p3", "y", "o"}
    held = found["p1"].verdict
    assert held.because == "heat before cooling 81 reaches 70, but police has its 2 hottest of 2026-11-10"
    assert held.flip == "peak 81 < 83: 2 points of quality more would publish it"
    assert found["p2"].verdict.flip == "peak 82 ≥ 82: 1 point of quality fewer would take it off"


def test_what_is_ruled_takes_its_place_first() -> None:
    ruled = report("r", 10, topics="ai police", ruling=ruling(RulingKind.PUBLISH))
    hot = report("h", 99, topics="ai police")
    found = judged(ruled, hot, quotas=((TopicId("police"), 1),))
    assert published(found) == {"r"}
    assert found["h"].verdict.flip == "only a ruling “publish” would flip it"


def test_a_provider_has_its_share_of_a_day() -> None:
    many = [report(f"m{n}", 80 + n, house="many") for n in range(6)]
    found = judged(*many, report("a", 75), report("b", 75), report("c", 75), provider_share=0.4)
    assert published(found) == {"m4", "m5", "a", "b", "c"}
    assert "many.example has its share of 2026-11-10, 2" in found["m3"].verdict.because


def test_too_few_providers_share_alike() -> None:
    assert shares(["a"] * 9, 0.3) == {"a": 9}
    assert shares(["a"] * 9 + ["b"] * 2, 0.3) == {"a": 2, "b": 2}


@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.sampled_from([0.1, 0.2, 0.25, 1 / 3, 0.5, 0.9, 1.0]))
def test_no_provider_has_more_than_its_share(houses: list[str], share: float) -> None:
    caps = shares(houses, share)
    wanted, total = Counter(houses), sum(caps.values())
    least = max(share, 1 / len(wanted)) if wanted else share
    assert caps.keys() == wanted.keys()
    assert all(1 <= caps[name] <= wanted[name] for name in caps)
    assert all(count <= max(1, least * total + 1e-6) for count in caps.values())


FACTS = st.tuples(
    st.integers(60, 90), st.sampled_from("abc"), st.sampled_from(["ai", "ai police", "ai police schools"])
)
DESKS = st.fixed_dictionaries(
    {
        "provider_share": st.sampled_from([0.34, 0.5, 1.0]),
        "quotas": st.sampled_from([(), (("police", 2),), (("police", 3), ("schools", 1))]),
    }
)


@given(st.lists(FACTS, max_size=12), DESKS)
def test_bounds_hold_and_every_flip_flips(rows: list[tuple[int, str, str]], desk: dict[str, Any]) -> None:
    found = judged(*(report(f"x{n:02}", *row) for n, row in enumerate(rows)), **desk)
    shown = [found[name] for name in published(found)]
    topics = Counter(match.topic for item in shown for match in item.topics)
    assert all(topics[TopicId(name)] <= most for name, most in desk["quotas"])
    for item in found.values():
        flip = smallest_flip(item.case, MODERN)
        assert flip.text == item.verdict.flip
        assert decide(changed(item.case, flip), MODERN).decision is not item.verdict.decision


def test_what_the_flip_says_of_a_quota_is_true_of_the_whole_edition() -> None:
    rows = [report(f"p{n}", 80 + n, topics="ai police") for n in range(4)]
    quotas = ((TopicId("police"), 2),)
    before = judged(*rows, quotas=quotas)
    for number, row in enumerate(rows):
        flip = smallest_flip(before[row.article.id].case, MODERN)
        assert flip.lever is Lever.QUALITY
        other = report(row.article.id, 80 + number + flip.by, topics="ai police")
        after = judged(*(other if one is row else one for one in rows), quotas=quotas)
        assert (row.article.id in published(after)) != (row.article.id in published(before))


def test_reports_of_a_house_wait_out_its_embargo() -> None:
    late = report("l", 90, house="agency", hours=3)
    embargoes = (("agency.example", 6.0),)
    held = judged(late, report("o", 90, hours=3), embargoes=embargoes)
    assert published(held) == {"o"}
    verdict = held["l"].verdict
    assert verdict.because == "embargoed until 2026-11-10 15:00 UTC: reports of agency.example wait 6 hours"
    assert verdict.flip.startswith("it would be published without its embargo")
    assert decide(changed(held["l"].case, smallest_flip(held["l"].case, MODERN)), MODERN).decision is Decision.PUBLISH
    assert published(judged(late, embargoes=embargoes, now=NOW + timedelta(hours=3))) == {"l"}
    freed = structs.replace(late, ruling=ruling(RulingKind.PUBLISH))
    assert published(judged(freed, embargoes=embargoes)) == {"l"}


@pytest.mark.parametrize(
    ("fields", "desk", "points", "because"),
    [
        ({"ruling": ruling(RulingKind.BOOST)}, {}, 15, "Ada: our town"),
        ({}, {"boosts": (("police", 1.0),)}, 15, "the beat boosts police"),
        ({}, {"boosts": (("a.example", -2.0),)}, -30, "the beat boosts a.example"),
        ({"ruling": ruling(RulingKind.BOOST)}, {"boosts": (("ai", 1.0),)}, 30, "the beat boosts ai; Ada: our town"),
    ],
)
def test_boosts_add_up(fields: dict[str, Any], desk: dict[str, Any], points: float, because: str) -> None:
    item = judged(report("a", 60, topics="ai police", **fields), **desk)["a"]
    (term,) = [term for term in item.heat.terms if term.name == "boost"]
    assert (term.points, term.because) == (points, because)
    assert (item.verdict.decision is Decision.PUBLISH) == (60 + points >= 70)
    assert item.case.ruled is None
