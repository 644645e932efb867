"""A post is scored from its facts alone."""

from datetime import UTC, datetime
from pathlib import Path

from msgspec import structs

from wireroom.app.beat import load_beat
from wireroom.desk.post_facts import read_post, topics_of
from wireroom.desk.rescoring import Rescored, score_post
from wireroom.records.policy import Policy
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 21, tzinfo=UTC)
POST = """---
title: "A title"
publishedDateTime: 2026-11-20T09:15:00Z
webUrl: "https://daily.example/a"
topics:
{topics}
---

"""


def scored(policy: Policy, *topics: str) -> Rescored:
    body = POST.format(topics="\n".join(f"- {topic}" for topic in topics)).encode()
    fields, article = read_post(body, "_news/2026-11-20-a-title.md", NOW)
    return score_post(article, topics_of(fields), (), policy, NOW)


def points(score: Rescored, term: str) -> float:
    return sum(one.points for one in score.quality.terms if one.name == term)


def test_every_topic_on_a_post_counts_once() -> None:
    beat = load_beat(Path(__file__).parents[3] / "beats" / "ai-watch")
    policy = structs.replace(beat.policy, preset=shipped("classic"))
    known = policy.topics[0]
    assert points(scored(policy, known.name), "topics") == 2
    assert points(scored(policy, "Nobody knows this", "Nor this"), "topics") == 4
    assert points(scored(policy, known.name, "Nobody knows this"), "topics") == 4
    assert points(scored(policy, known.name, known.id, known.name), "topics") == 2
    (term,) = (one for one in scored(policy, "Nor this").quality.terms if one.name == "topics")
    assert "Nor this" in term.because
