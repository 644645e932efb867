from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from wireroom.desk.rescoring import Rescored, score_post
from wireroom.records.articles import Article
from wireroom.records.policy import Policy

NOW = datetime(2026, 1, 1, tzinfo=UTC)
Facts = dict[str, Any]


def test_classic_reproduces_the_published_records(
    site_policy: Callable[..., Policy], dev_records: list[Facts], as_article: Callable[[Facts], Article]
) -> None:
    """191 of 192: the other one got an embedded video after it was scored."""
    policy = site_policy("power-apps")
    scored = [(score_post(as_article(r), r["topics"], (), policy, NOW), r) for r in dev_records]
    assert sum(score.quality.value == r["label_quality"] for score, r in scored) >= 191
    assert sum(score.heat.value == r["label_heat"] for score, r in scored) >= 191
    assert all(score.published == r["label_published"] for score, r in scored)
    assert all(_adds_up(score) for score, _ in scored)


def test_classic_reproduces_the_seeds(
    site_policy: Callable[..., Policy], seed_records: list[Facts], as_article: Callable[[Facts], Article]
) -> None:
    policy = site_policy("artificial-intelligence")
    for facts in seed_records:
        related = [float(other["quality"]) for other in facts["related"]]
        score = score_post(as_article(facts), facts["topics"], related, policy, NOW)
        assert (score.quality.value, score.heat.value, score.published) == (facts["quality"], -1, False)
        assert related == sorted(related, reverse=True)
        assert _adds_up(score)


def _adds_up(score: Rescored) -> bool:
    return all(sum(term.points for term in one.terms) == one.value for one in (score.quality, score.heat))
