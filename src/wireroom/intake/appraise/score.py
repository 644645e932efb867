"""What quality does a preset see in an article? It brings signals and engine together and decides nothing itself."""

from datetime import datetime

from wireroom.intake.appraise.signals import measure
from wireroom.intake.appraise.tables import tables_version
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.policy import Policy
from wireroom.records.quality import QualityJudgement, Score
from wireroom.records.topics import TopicJudgement, TopicMatch
from wireroom.scoring.engine import add_up, raised_to
from wireroom.scoring.presets import fingerprint


def judge_name(policy: Policy) -> str:
    """Name who judges quality: preset and tables with their exact content, standing, topics, what was learned."""
    learned = (policy.learned.version,) if policy.learned.taste else ()
    return fingerprint(policy.preset, policy.standing, policy.judge_topics, tables_version(), *learned)


def appraise(
    article: Article, policy: Policy, topics: TopicJudgement | None, copy: CopyJudgement | None, now: datetime
) -> QualityJudgement:
    """Judge the quality of an article by the policy's preset."""
    return QualityJudgement(
        beat=policy.beat,
        article=article.id,
        judge=judge_name(policy),
        judged_at=now,
        score=quality_of(article, policy, topics.matches if topics else (), copy),
    )


def quality_of(
    article: Article, policy: Policy, matches: tuple[TopicMatch, ...], copy: CopyJudgement | None = None
) -> Score:
    """Return the quality of an article with these topics; the terms sum to it."""
    preset = policy.preset
    score = add_up(preset.name, preset.quality, measure(article, policy, matches, copy))
    if preset.quality_floor is None:
        return score
    return raised_to(score, preset.quality_floor, f"quality does not fall below {preset.quality_floor:g}")
