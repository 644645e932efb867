"""What would a post score from its facts alone? Scores written in it are not looked at; no archive is asked."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from wireroom.edition.gather import Happening
from wireroom.edition.heat import Room, company, neighbours
from wireroom.edition.verdict import Case, decide, heat_in
from wireroom.intake.appraise import quality_of
from wireroom.records.articles import Article
from wireroom.records.editions import Candidate
from wireroom.records.ids import StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.quality import Score
from wireroom.records.rulings import Decision, Verdict
from wireroom.records.topics import TopicMatch


class Rescored(Struct, frozen=True, kw_only=True):
    """Quality, heat and verdict of one post under one policy."""

    quality: Score
    heat: Score
    verdict: Verdict

    @property
    def published(self) -> bool:
        """Tell whether readers would see it."""
        return self.verdict.decision is Decision.PUBLISH


def score_post(
    article: Article, topics: Sequence[str], related: Sequence[float], policy: Policy, now: datetime
) -> Rescored:
    """Score a post from its facts; `topics` are names or ids, `related` the qualities of its related records."""
    matches = tuple(TopicMatch(topic=topic, score=1.0, because="named in the post") for topic in _ids(topics, policy))
    quality = quality_of(article, policy, matches)
    alone = Candidate(article=article, first_seen_at=now, topics=matches, quality=quality)
    happening = Happening(id=StoryId(""), members=(alone,), independent=(alone,))
    room = Room(now=now, half_life_h=policy.preset.half_life_h)
    near = neighbours(alone, company(happening, policy.standing), related, room)
    case = Case(article=article.id, quality=quality.value, near=near)
    return Rescored(quality=quality, heat=heat_in(case, policy.preset), verdict=decide(case, policy.preset))


def _ids(topics: Sequence[str], policy: Policy) -> tuple[TopicId, ...]:
    """Return the ids of topics that are named by name or id, each once; a name the beat does not know is its own id."""
    known = {topic.name: topic.id for topic in policy.topics}
    return tuple(dict.fromkeys(known.get(topic, TopicId(topic)) for topic in topics))
