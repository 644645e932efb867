"""Reasons stop naming what was killed, and nothing else changes."""

from datetime import UTC, datetime

from msgspec import json, structs

from wireroom.edition.takedown import GONE, Takedown
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Edition
from wireroom.records.ids import RulingId
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.topics import TopicMatch

AT = datetime(2026, 11, 20, tzinfo=UTC)


def test_reasons_stop_naming_what_was_killed(sample: Edition) -> None:
    gone, post, twin = sample.posts[:3]
    title, beat = gone.article.title, sample.masthead.beat
    told = f"both name the board; first told by “{title}”"
    copy = CopyJudgement(
        beat=beat, article=post.article.id, judge="dedupe/1", judged_at=AT, kind=CopyKind.NEAR, proof=told
    )
    match = TopicMatch(topic=sample.topics[0].id, score=1.0, because=told)
    post = structs.replace(post, story_reason=told, copy=copy, matches=(match,))
    twin = structs.replace(twin, article=structs.replace(twin.article, title=title))
    ruling = Ruling(
        id=RulingId("r"), beat=beat, article=gone.article.id, kind=RulingKind.KILL, reason="court", by="Ada", at=AT
    )
    takedown = Takedown([Candidate(article=gone.article, first_seen_at=AT, ruling=ruling)])
    after = takedown.post(post)
    assert title.encode() not in json.encode(after)
    assert after.story_reason == f"both name the board; first told by “{GONE}”"
    assert after.story == post.story
    assert takedown.post(twin) == twin, "another article of that title keeps it"
    assert Takedown([]).post(post) == post
