"""What would a beat do otherwise if it learned from its desk? Rulings and labels in, models and their worth out.

Nothing is switched on here. Every figure is counted on rulings and labels that the model in question had not seen.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct, structs

from wireroom.edition.agreement import Agreement, agreement, chosen_of, ruled, unruled
from wireroom.edition.changes import Changes, Span
from wireroom.edition.lineup import judge
from wireroom.intake.appraise import marks_of
from wireroom.ports.archive import Archive
from wireroom.ports.moment import Moment
from wireroom.records.editions import Snapshot
from wireroom.records.ids import ArticleId
from wireroom.records.learned import Learned, TextModel
from wireroom.records.policy import Policy
from wireroom.records.rulings import RulingKind
from wireroom.runner.labels import Label, TopicReport, models, report
from wireroom.runner.rejudging import Rejudge, with_texts
from wireroom.runner.replay import Question, replay
from wireroom.runner.training import FOLDS, Example, both, fold_of, train
from wireroom.scoring.learned import features_of

FEWEST = 20
"""Rulings under which nothing is learned of an editor's taste."""

SHOWN = timedelta(days=30)
"""Days back over which the change is shown."""


class Lesson(Struct, frozen=True, kw_only=True):
    """What was learned, what it is worth, and what it would change."""

    before: Agreement
    """The machine as it is against all rulings."""
    after: Agreement | None
    """The machine with what it learned from the other rulings; None = there are too few to learn from."""
    topics: TopicReport
    learned: Learned
    """What is worth switching on: empty when nothing is."""
    changes: Changes | None
    """What would be otherwise over the last days; None when nothing is worth switching on."""

    @property
    def worth_it(self) -> bool:
        """Tell whether anything beats the rules as they are."""
        return bool(self.learned.topics or self.learned.taste)


def learn(archive: Archive, policy: Policy, labels: Sequence[Label], now: datetime) -> Lesson:
    """Learn topics from labels and taste from rulings, each only where it is better on what it had not seen."""
    snapshot = archive.snapshot(policy.beat, now)
    rulings = ruled(snapshot)
    alone = unruled(snapshot)
    before = agreement(chosen_of(judge(alone, policy, now)), rulings)
    with archive.moment(policy.beat, now) as moment:
        examples = _examples(moment, snapshot, rulings)
        after = _unseen(moment, alone, policy, examples, now) if _enough(examples) else None
    taste = train([one for _, one in examples]) if after and after.agreed > before.agreed else None
    topics = report(labels, policy)
    learned = Learned(topics=models(labels, policy, topics), taste=taste, version="learned")
    lesson = Lesson(before=before, after=after, topics=topics, learned=learned, changes=None)
    changes = _changes(archive, policy, learned, now) if lesson.worth_it else None
    return structs.replace(lesson, changes=changes)


def taught(policy: Policy, learned: Learned) -> Policy:
    """Return a policy that judges by what was learned."""
    return structs.replace(policy, learned=learned)


def _examples(
    moment: Moment, snapshot: Snapshot, rulings: dict[ArticleId, RulingKind]
) -> list[tuple[ArticleId, Example]]:
    """Make an example of every ruling; reports of one story stay together."""
    candidates = [one for one in snapshot.candidates if one.article.id in rulings]
    return [
        (
            one.article.id,
            Example(
                features=features_of(article, marks_of(article, one.topics)),
                wanted=rulings[one.article.id] is RulingKind.PUBLISH,
                group=str(one.link.story if one.link else one.article.id),
            ),
        )
        for one, article in zip(candidates, with_texts(moment, candidates), strict=True)
    ]


def _enough(examples: Sequence[tuple[ArticleId, Example]]) -> bool:
    return len(examples) >= FEWEST and both([one for _, one in examples])


def _unseen(
    moment: Moment, alone: Snapshot, policy: Policy, examples: Sequence[tuple[ArticleId, Example]], now: datetime
) -> Agreement:
    """Hold rulings against a machine that learned from the rulings on other stories only."""
    table = alone
    for fold in range(FOLDS):
        rest = [one for _, one in examples if fold_of(one.group) != fold]
        inside = {name for name, one in examples if fold_of(one.group) == fold}
        if inside and both(rest, 1):
            table = Rejudge(moment, taught(policy, _only(train(rest))))(table, inside)
    wanted = {name: RulingKind.PUBLISH if one.wanted else RulingKind.SPIKE for name, one in examples}
    return agreement(chosen_of(judge(table, policy, now)), wanted)


def _only(taste: TextModel) -> Learned:
    return Learned(taste=taste, version="unseen")


def _changes(archive: Archive, policy: Policy, learned: Learned, now: datetime) -> Changes:
    span = Span(since=now - SHOWN, until=now)
    return replay(archive, Question(span=span, before=policy, after=taught(policy, learned), known_at=now)).changes
