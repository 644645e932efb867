"""The edition line before rendering: gather, heat, related, verdict."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from wireroom.edition.gather import gather
from wireroom.edition.heat import Neighbours, busiest, heat_of, peak_of
from wireroom.edition.lineup import judge
from wireroom.edition.related import related
from wireroom.edition.verdict import Case, Lever, changed, decide, smallest_flip
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId, BeatId, RulingId, StoryId, TopicId
from wireroom.records.policy import Policy, Standing
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicMatch
from wireroom.scoring.engine import Signal
from wireroom.scoring.presets import shipped
from wireroom.scoring.vocabulary import HEAT_SIGNALS

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
HOT = Neighbours(
    signals={"clicks": Signal(value=80.0, because="80 clicks"), "boost": Signal(value=4 / 3, because="Ada")}
)
CLASSIC, MODERN = shipped("classic"), shipped("modern")


def candidate(name: str, quality: float = 50, *, hours: float = 0, story: str = "s", **fields: Any) -> Candidate:
    """Return a report by its own outlet, so many hours old."""
    article = Article(
        id=ArticleId(name),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{name}.example/a",
        original_url=f"https://{name}.example/a",
        title=f"Report {name}",
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=name, domain=f"{name}.example"),
    )
    link = StoryLink(beat=BEAT, article=article.id, story=StoryId(story), judge="t", judged_at=NOW, because="same vote")
    score = Score(preset="t", value=quality, terms=(Term(name="all", points=quality, because=""),))
    return Candidate(article=article, first_seen_at=NOW, quality=score, link=link, **fields)


def copied(name: str, of: str | None, kind: CopyKind = CopyKind.SYNDICATED, agency: str | None = None) -> CopyJudgement:
    return CopyJudgement(
        beat=BEAT,
        article=ArticleId(name),
        judge="t",
        judged_at=NOW,
        kind=kind,
        copy_of=ArticleId(of) if of else None,
        agency=agency,
        proof="same words",
    )


def ruling(kind: RulingKind) -> Ruling:
    return Ruling(id=RulingId("r"), beat=BEAT, article=ArticleId("a"), kind=kind, reason="because", by="Ada", at=NOW)


def snapshot(*candidates: Candidate) -> Snapshot:
    return Snapshot(beat=BEAT, taken_at=NOW, candidates=candidates)


def policy(preset: str = "modern") -> Policy:
    standing = Standing(points=(("b.example", 40.0),))
    return Policy(beat=BEAT, main_topic="AI", topics=(), standing=standing, preset=shipped(preset))


def test_threads_follow_links_in_order_of_publication() -> None:
    unlinked = structs.replace(candidate("d"), link=None)
    threads = gather(snapshot(candidate("a", hours=1), candidate("b", hours=9), candidate("c", story="t"), unlinked))
    assert [[m.article.id for m in thread.members] for thread in threads] == [["b", "a"], ["c"], ["d"]]


def test_killed_articles_vanish() -> None:
    killed = structs.replace(candidate("a"), ruling=ruling(RulingKind.KILL))
    (thread,) = gather(snapshot(killed, candidate("b")))
    assert [m.article.id for m in thread.members] == ["b"]


def test_copies_of_one_text_count_once() -> None:
    original, own = candidate("a"), candidate("z", hours=1)
    copies = [candidate(name, hours=-1, copy=copied(name, "a")) for name in "bc"]
    of_copy = candidate("d", copy=copied("d", "b", CopyKind.EXACT))
    (thread,) = gather(snapshot(original, *copies, of_copy, own))
    assert [m.article.id for m in thread.independent] == ["z", "a"]


def test_copies_count_once_without_their_original() -> None:
    by_agency = [candidate(name, copy=copied(name, None, agency="CWS")) for name in "ab"]
    unknown = [candidate(name, copy=copied(name, "elsewhere")) for name in "cd"]
    (thread,) = gather(snapshot(*by_agency, *unknown))
    assert len(thread.independent) == 2


def test_a_ring_of_copies_is_one_source() -> None:
    ring = [candidate(name, copy=copied(name, of)) for name, of in ("ab", "ba", "ca")]
    (thread,) = gather(snapshot(*ring))
    assert len(thread.independent) == 1


def test_rewrites_confirm_nothing_but_are_reports() -> None:
    rewrite = candidate("b", copy=copied("b", "a", CopyKind.REWRITTEN))
    (thread,) = gather(snapshot(candidate("a"), rewrite))
    assert (len(thread.independent), len(thread.originals)) == (1, 2)


def test_related_are_the_other_reports_best_first_and_no_copies() -> None:
    members = [candidate("a", 40), candidate("b", 70), candidate("c", 90), candidate("d", 99, copy=copied("d", "a"))]
    (thread,) = gather(snapshot(*members))
    by_id = {m.article.id: [other.article.id for other in related(m, thread, on_beat=True)] for m in thread.members}
    assert by_id == {"a": ["c", "b"], "b": ["c", "a"], "c": ["b", "a"], "d": ["c", "b", "a"]}


@pytest.mark.parametrize(
    ("quality", "others", "heat"),
    [
        (59, (69, 45), -1),
        (31, (80, 36), -1),
        (59, (59, 39), -1),
        (61, (89, 89, 70, 69, 41, 19), -1),
        (60, (89, 23), -1),
        (70, (69, 45), 90),
        (137, (), 137),
        (59, (), 59),
    ],
)
def test_classic_heat(quality: float, others: tuple[float, ...], heat: float) -> None:
    score = heat_of(CLASSIC, quality, Neighbours(related=others))
    assert score.value == heat
    assert sum(term.points for term in score.terms) == heat


def test_classic_heat_counts_clicks() -> None:
    clicks = {"clicks": Signal(value=7.0, because="7 clicks")}
    assert heat_of(CLASSIC, 50, Neighbours(related=(40,), signals=clicks)).value == 67


def heats(*candidates: Candidate) -> dict[str, dict[str, float]]:
    found = judge(snapshot(*candidates), policy(), NOW)
    return {str(j.candidate.article.id): {term.name: term.points for term in j.heat.terms} for j in found}


def test_modern_heat_grows_with_independent_sources_not_with_copies() -> None:
    alone = heats(candidate("a"))["a"]
    three = heats(candidate("a"), candidate("b"), candidate("c"))["a"]
    agency = heats(candidate("a"), *(candidate(n, copy=copied(n, "a")) for n in "bc"))["a"]
    assert alone == agency == {"quality": 50}
    assert three["independent sources"] == 16
    assert three["their standing"] == 8


def test_the_standing_of_others_counts_not_ones_own() -> None:
    assert "their standing" not in heats(candidate("a"), candidate("b"))["b"]


def test_two_reports_of_one_house_are_one_source() -> None:
    second = candidate("b")
    same = structs.replace(second, article=structs.replace(second.article, provider=candidate("a").article.provider))
    assert heats(candidate("a"), same)["a"] == {"quality": 50}


def test_modern_heat_halves_with_the_half_life_and_the_verdict_does_not() -> None:
    old = judge(snapshot(candidate("a", 90, hours=36)), policy(), NOW)[0]
    assert old.heat.value == 45
    assert peak_of(old.heat, MODERN) == 90
    assert old.verdict.decision is Decision.PUBLISH
    assert judge(snapshot(candidate("a", 90, hours=-5)), policy(), NOW)[0].heat.value == 90


def test_a_picture_on_many_stories_of_a_house_earns_nothing() -> None:
    card = Image(url="https://a.example/card.jpg")
    because = Term(name="image", points=8, because=f"image {card.url}")
    facts = []
    for number in range(4):
        base = candidate(f"a{number}", story=f"s{number}")
        article = structs.replace(base.article, images=(card,), provider=Provider(name="A", domain="a.example"))
        score = Score(preset="t", value=8, terms=(because,))
        facts.append(structs.replace(base, article=article, quality=score if number else base.quality))
    assert [terms.get("default card") for terms in heats(*facts).values()] == [None, -8, -8, -8]
    assert [terms.get("default card") for terms in heats(*facts[:2]).values()] == [None, None]


def test_every_signal_of_heat_is_in_the_vocabulary() -> None:
    shared = [candidate(name, copy=copied(name, "z"), clicks=3, ruling=ruling(RulingKind.PUBLISH)) for name in "ab"]
    told = structs.replace(shared[0], topics=(TopicMatch(topic=TopicId("ai"), score=1, because=""),), copy=None)
    third = candidate("c", 9, hours=2)
    pictured = structs.replace(third, article=structs.replace(third.article, images=(Image(url="u"),)))
    pictured = structs.replace(
        pictured, quality=Score(preset="t", value=8, terms=(Term(name="image", points=8, because="image u"),))
    )
    more = [structs.replace(pictured, link=structs.replace(link_of(pictured), story=StoryId(s))) for s in "tuv"]
    usual = [candidate(f"{story}{n}", story=story) for story in "mno" for n in range(2)]
    facts = snapshot(told, shared[1], candidate("e", hours=4), candidate("d"), *more, *usual)
    seen = {name for judged in judge(facts, policy(), NOW) for name in judged.case.near.signals}
    assert seen | {"quality", "related"} == set(HEAT_SIGNALS)


def link_of(one: Candidate) -> StoryLink:
    assert one.link is not None
    return one.link


def test_speed_is_measured_against_the_usual() -> None:
    usual = [candidate(f"{story}{n}", story=story, hours=n) for story in "tuv" for n in range(2)]
    fast = [candidate(f"f{n}", hours=n) for n in range(5)]
    assert heats(*usual, *fast)["f0"]["speed"] == 9
    assert "speed" not in heats(*usual)["t0"]
    assert busiest(gather(snapshot(*fast, candidate("late", hours=-30)))[0]) == 5


@pytest.mark.parametrize(
    ("case", "decision", "because"),
    [
        ({"quality": 70}, Decision.PUBLISH, "heat before cooling 70 reaches 70"),
        ({"quality": 69}, Decision.HOLD, "heat before cooling 69 stays below 70"),
        ({"quality": 29, "near": HOT}, Decision.HOLD, "quality 29 is below 30, the least for any story"),
        ({"quality": 40, "near": HOT}, Decision.PUBLISH, "heat before cooling 80 reaches 70"),
        ({"quality": None}, Decision.SPIKE, "its quality has not been judged yet"),
        ({"quality": 99, "on_topic": False}, Decision.SPIKE, "no topic of the beat applies"),
        ({"quality": 99, "repeats": "“Vote” (exact)"}, Decision.HOLD, "it repeats “Vote” (exact)"),
        ({"quality": 1, "ruled": RulingKind.PUBLISH, "ruled_because": "Ada"}, Decision.PUBLISH, "Ada"),
        ({"quality": 99, "ruled": RulingKind.SPIKE, "ruled_because": "Ada"}, Decision.SPIKE, "Ada"),
        ({"quality": 99, "ruled": RulingKind.HOLD, "ruled_because": "Ada"}, Decision.HOLD, "Ada"),
    ],
)
def test_verdicts(case: dict[str, Any], decision: Decision, because: str) -> None:
    verdict = decide(Case(article=ArticleId("a"), **case), MODERN)
    assert (verdict.decision, verdict.because) == (decision, because)


@pytest.mark.parametrize(
    ("case", "lever", "by", "text"),
    [
        ({"quality": 61}, Lever.QUALITY, 9, "peak 61 < 70: 9 points of quality more would publish it"),
        ({"quality": 75}, Lever.QUALITY, -6, "peak 75 ≥ 70: 6 points of quality fewer would take it off"),
        (
            {"quality": 20, "near": HOT},
            Lever.QUALITY,
            10,
            "quality 20 < 30: 10 points of quality more would publish it",
        ),
        ({"quality": 90, "on_topic": False}, Lever.TOPIC, 0, "a topic of the beat would publish it"),
        ({"quality": 20, "on_topic": False}, Lever.RULING, 0, "only a ruling “publish” would flip it"),
        ({"quality": 90, "repeats": "it"}, Lever.COPY, 0, "it would be published if it did not repeat it"),
        ({"quality": 90, "ruled": RulingKind.HOLD}, Lever.RULING, 0, "undoing the ruling “hold” would flip it"),
        ({"quality": 90, "ruled": RulingKind.PUBLISH}, Lever.RULING, 0, "only a ruling “hold” would flip it"),
    ],
)
def test_smallest_flips(case: dict[str, Any], lever: Lever, by: float, text: str) -> None:
    flip = smallest_flip(Case(article=ArticleId("a"), **case), MODERN)
    assert (flip.lever, flip.by, flip.text) == (lever, by, text)


def test_the_flip_of_a_record_that_does_not_lead_overtakes_its_neighbour() -> None:
    case = Case(article=ArticleId("a"), quality=61, near=Neighbours(related=(89, 23)))
    flip = smallest_flip(case, CLASSIC)
    assert flip.by == 29
    assert decide(changed(case, flip), CLASSIC).decision is Decision.PUBLISH
    assert decide(changed(case, structs.replace(flip, by=28)), CLASSIC).decision is Decision.HOLD
