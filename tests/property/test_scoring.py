"""Laws of the score engine and of the edition: terms sum, order does not matter, the smallest flip flips."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from wireroom.edition.heat import Neighbours
from wireroom.edition.lineup import judge, make
from wireroom.edition.verdict import Case, Lever, changed, decide, smallest_flip
from wireroom.intake.appraise import quality_of
from wireroom.intake.classify import Tagger
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Masthead, Snapshot
from wireroom.records.ids import ArticleId, BeatId, RulingId, StoryId, TopicId
from wireroom.records.policy import Policy, PresetTerm, Standing
from wireroom.records.quality import Score
from wireroom.records.rulings import Decision, Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.records.topics import Topic
from wireroom.scoring.engine import Signal, add_up
from wireroom.scoring.presets import SHIPPED, shipped

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
MASTHEAD = Masthead(beat=BEAT, name="B", description="", address="https://b.example/")
NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
BOUNDS = st.none() | st.floats(-500, 500, allow_nan=False)
TOPICS = (
    Topic(id=TopicId("ai"), name="AI", keywords=("AI", "algorithm")),
    Topic(id=TopicId("faces"), name="Faces", parent=TopicId("ai"), keywords=("face scan",), without=("wash",)),
)


def policy(preset: str) -> Policy:
    standing = Standing(points=(("host1.example", 50.0), ("host2.example", 40.0)))
    return Policy(beat=BEAT, main_topic="AI", topics=TOPICS, standing=standing, preset=shipped(preset))


rows = st.builds(
    PresetTerm,
    name=st.text(max_size=5),
    signal=st.sampled_from("abc"),
    weight=NUMBERS,
    floor=BOUNDS,
    cap=BOUNDS,
    share=st.booleans(),
)


@given(st.lists(rows, max_size=8), st.dictionaries(st.sampled_from("abc"), NUMBERS))
def test_terms_sum_exactly(terms: list[PresetTerm], values: dict[str, float]) -> None:
    signals = {name: Signal(value=value, because="") for name, value in values.items()}
    score = add_up("p", terms, signals)
    assert sum(term.points for term in score.terms) == score.value
    assert all(term.points and term.points == int(term.points) for term in score.terms)


titles = st.text(max_size=200) | st.sampled_from(
    ("AI face scan vote", "Wash after a face scan", "Market size to reach 9 bn")
)


@pytest.mark.parametrize("preset", SHIPPED)
@given(title=titles, excerpt=st.text(max_size=80), text=st.text(max_size=400), url=st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_judging(preset: str, title: str, excerpt: str, text: str, url: str) -> None:
    article = structs.replace(
        _article("a", 1), title=title, excerpt=excerpt, text=text, links=(url,), images=(Image(url=url),)
    )
    tagger = Tagger(policy(preset))
    matches = tagger.match(article, dedicated=False)
    assert matches == Tagger(policy(preset)).match(article, dedicated=False)
    score = quality_of(article, policy(preset), matches)
    assert score.value >= 0
    assert sum(term.points for term in score.terms) == score.value


@pytest.mark.parametrize("preset", SHIPPED)
@pytest.mark.parametrize("seed", range(12))
def test_any_order_gives_the_same_edition_and_all_terms_sum(preset: str, seed: int) -> None:
    facts = _candidates(Random(seed), preset)
    shuffled = Random(seed + 1).sample(facts, len(facts))
    made, again = (make(_snapshot(each), policy(preset), MASTHEAD, (), NOW) for each in (facts, shuffled))
    assert made == again
    for post in made.posts:
        for score in (post.quality, post.heat):
            assert sum(term.points for term in score.terms) == score.value
    assert len({post.path for post in made.posts}) == len(made.posts)


@pytest.mark.parametrize("preset", SHIPPED)
@pytest.mark.parametrize("seed", range(12))
def test_the_smallest_change_flips_every_record(preset: str, seed: int) -> None:
    facts = _candidates(Random(seed), preset)
    for judged in judge(_snapshot(facts), policy(preset), NOW):
        flip = smallest_flip(judged.case, shipped(preset))
        assert _published(changed(judged.case, flip), preset) != _published(judged.case, preset)
        assert judged.verdict.flip == flip.text
        if flip.lever is Lever.QUALITY and abs(flip.by) > 1:
            less = structs.replace(flip, by=flip.by - (1 if flip.by > 0 else -1))
            assert _published(changed(judged.case, less), preset) == _published(judged.case, preset)


@given(st.integers(0, 200), st.lists(st.integers(0, 200), max_size=6), st.sampled_from(SHIPPED))
def test_more_quality_never_unpublishes(quality: int, related: list[int], preset: str) -> None:
    near = Neighbours(related=tuple(float(other) for other in related))
    less, more = (Case(article=ArticleId("a"), quality=float(q), near=near) for q in (quality, quality + 1))
    assert _published(more, preset) or not _published(less, preset)


def _published(case: Case, preset: str) -> bool:
    return decide(case, shipped(preset)).decision is Decision.PUBLISH


def _article(name: str, host: int) -> Article:
    url = f"https://host{host}.example/{name}"
    return Article(
        id=ArticleId(name),
        extractor="test",
        read_at=NOW,
        canonical_url=url,
        original_url=url,
        title="AI face scan vote",
        provider=Provider(name=f"Host {host}", domain=f"host{host}.example"),
    )


def _snapshot(facts: list[Candidate]) -> Snapshot:
    return Snapshot(beat=BEAT, taken_at=NOW, candidates=tuple(facts))


def _candidates(dice: Random, preset: str) -> list[Candidate]:
    return [_candidate(dice, f"a{number}", preset) for number in range(dice.randint(1, 25))]


def _candidate(dice: Random, name: str, preset: str) -> Candidate:
    article = structs.replace(
        _article(name, dice.randint(1, 6)),
        published_at=dice.choice((None, NOW - timedelta(hours=dice.randint(-30, 200)))),
        images=dice.choice(((), (Image(url="https://host1.example/p.jpg", width=800, height=600),))),
        authors=dice.choice(((), ("Ada Quill",))),
        text="“We never tested it at all,” Mara Quill said. " * dice.randint(0, 80),
    )
    matches = Tagger(policy(preset)).match(article, dedicated=False)
    copy = _copy(dice, article)
    link = StoryLink(
        beat=BEAT,
        article=article.id,
        story=StoryId(dice.choice("stu")),
        judge="t",
        judged_at=NOW,
        because="same vote",
    )
    quality: Score | None = quality_of(article, policy(preset), matches, copy)
    facts: dict[str, Any] = {
        "topics": dice.choice((matches, matches, ())),
        "quality": dice.choice((quality, quality, quality, None)),
        "copy": copy,
        "link": dice.choice((link, link, None)),
        "ruling": _ruling(dice, article),
        "clicks": dice.choice((0, 0, 30)),
    }
    return Candidate(article=article, first_seen_at=NOW, **facts)


def _copy(dice: Random, article: Article) -> CopyJudgement | None:
    if dice.random() < 0.6:
        return None
    return CopyJudgement(
        beat=BEAT,
        article=article.id,
        judge="t",
        judged_at=NOW,
        kind=dice.choice(tuple(CopyKind)),
        copy_of=ArticleId(f"a{dice.randint(0, 20)}"),
    )


def _ruling(dice: Random, article: Article) -> Ruling | None:
    if dice.random() < 0.7:
        return None
    kind = dice.choice((RulingKind.PUBLISH, RulingKind.HOLD, RulingKind.SPIKE, RulingKind.KILL))
    return Ruling(id=RulingId("r"), beat=BEAT, article=article.id, kind=kind, reason="why", by="Ada", at=NOW)


def test_the_generated_records_meet_every_kind_of_verdict() -> None:
    """A generated set that never held or spiked anything would prove nothing."""
    seen: set[str] = set()
    for seed in range(12):
        facts = _candidates(Random(seed), "modern")
        made = judge(_snapshot(facts), policy("modern"), NOW)
        seen |= {str(j.verdict.decision) for j in made}
        seen |= {str(smallest_flip(j.case, shipped("modern")).lever) for j in made}
    assert seen == {"publish", "hold", "spike", "quality", "topic", "copy", "ruling"}
