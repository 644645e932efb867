"""How well does the taxonomy do on labels, by rule and learned? Trains on some labels and counts on others.

Labels of one story are never divided, so that no model is asked about a happening that it was told about.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct, structs

from wireroom.intake.classify import LIKELY, Tagger, rule_mark
from wireroom.records.articles import Article
from wireroom.records.ids import TopicId
from wireroom.records.learned import Learned, TopicModel
from wireroom.records.policy import Policy
from wireroom.runner.training import Example, both, held_out, train
from wireroom.scoring.learned import features_of
from wireroom.text.tokens import sentences

GAIN = 0.01
"""F1 that learning has to add before it is offered: less is noise on a few hundred labels."""

PRICE = 0.05
"""Precision or recall that it may cost, or half of what it gains: else it may say yes to all that is common."""

FEWEST = 10
"""Labels of a topic, and of everything else, under which nothing is learned."""


class Label(Struct, frozen=True, kw_only=True):
    """An article and what a person says it is about."""

    article: Article
    topics: frozenset[TopicId]
    story: str
    """Labels of one story stay together."""


class Figures(Struct, frozen=True, kw_only=True):
    """How often a topic was rightly given, wrongly given, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what was given that is right; 1 when nothing was given."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what is right that was given."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        given = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / given if given else 1.0


class Fooled(Struct, frozen=True, kw_only=True):
    """A sentence by which a topic was given wrongly, or in spite of which it was missed."""

    given: bool
    title: str
    sentence: str
    because: str


class TopicLine(Struct, frozen=True, kw_only=True):
    """One topic of the report."""

    topic: TopicId
    labels: int
    rule: Figures
    learned: Figures | None
    """On labels that the model had not seen; None = too few."""
    better: bool
    """Learning beats the rule by enough to be offered."""
    fooled: tuple[Fooled, ...]


class TopicReport(Struct, frozen=True, kw_only=True):
    """All topics of a beat against its labels."""

    labels: int
    lines: tuple[TopicLine, ...]


class _Bench(Struct, frozen=True, kw_only=True):
    """The labels with what the rule says of each."""

    labels: Sequence[Label]
    said: Sequence[dict[TopicId, str]]
    """Topics given, and why."""
    wanted: Sequence[frozenset[TopicId]]
    features: Sequence[dict[str, float]]


def report(labels: Sequence[Label], policy: Policy) -> TopicReport:
    """Measure every topic of a policy."""
    bench = _bench(labels, policy)
    return TopicReport(labels=len(labels), lines=tuple(_line(topic.id, bench) for topic in policy.topics))


def models(labels: Sequence[Label], policy: Policy, found: TopicReport) -> tuple[TopicModel, ...]:
    """Train on all labels for the topics where learning was better on labels it had not seen."""
    bench = _bench(labels, policy)
    return tuple(
        TopicModel(topic=line.topic, model=train(_examples(line.topic, bench))) for line in found.lines if line.better
    )


def _bench(labels: Sequence[Label], policy: Policy) -> _Bench:
    tagger = Tagger(structs.replace(policy, learned=Learned()))
    parents = {topic.id: topic.parent for topic in policy.topics} if policy.preset.topics.inherit else {}
    said = [{match.topic: match.because for match in tagger.match(one.article, dedicated=False)} for one in labels]
    wanted = [frozenset(up for topic in one.topics for up in _lineage(topic, parents)) for one in labels]
    return _Bench(labels=labels, said=said, wanted=wanted, features=[features_of(one.article) for one in labels])


def _lineage(topic: TopicId, parents: dict[TopicId, TopicId | None]) -> Iterator[TopicId]:
    at: TopicId | None = topic
    while at is not None:
        yield at
        at = parents.get(at)


def _examples(topic: TopicId, bench: _Bench) -> list[Example]:
    rows = zip(bench.labels, bench.said, bench.wanted, bench.features, strict=True)
    return [
        Example(features=features | rule_mark(applies=topic in said), wanted=topic in wanted, group=label.story)
        for label, said, wanted, features in rows
    ]


def _line(topic: TopicId, bench: _Bench) -> TopicLine:
    wanted = [topic in one for one in bench.wanted]
    by_rule = [topic in one for one in bench.said]
    rule, learned = figures(by_rule, wanted), _learned(topic, bench, by_rule)
    better = learned is not None and _better(learned, rule)
    return TopicLine(
        topic=topic,
        labels=sum(wanted),
        rule=rule,
        learned=learned,
        better=better,
        fooled=tuple(_fooled(topic, bench)),
    )


def _learned(topic: TopicId, bench: _Bench, by_rule: Sequence[bool]) -> Figures | None:
    """Count what models say of labels they have not seen; where one could not be trained, the rule stands."""
    examples = _examples(topic, bench)
    wanted = [one.wanted for one in examples]
    if min(sum(wanted), len(wanted) - sum(wanted)) < FEWEST or not both(examples):
        return None
    said = held_out(examples)
    return figures([rule if p is None else p >= LIKELY for p, rule in zip(said, by_rule, strict=True)], wanted)


def figures(given: Sequence[bool], wanted: Sequence[bool]) -> Figures:
    """Count."""
    pairs = list(zip(given, wanted, strict=True))
    return Figures(right=pairs.count((True, True)), wrong=pairs.count((True, False)), missed=pairs.count((False, True)))


def _better(learned: Figures, rule: Figures) -> bool:
    gain = learned.f1 - rule.f1
    price = max(rule.precision - learned.precision, rule.recall - learned.recall)
    return gain >= GAIN and price <= max(PRICE, gain / 2)


def _fooled(topic: TopicId, bench: _Bench) -> Iterator[Fooled]:
    """Yield what the rule got wrong: the sentence that holds the keyword, or the one that begins what it overlooked."""
    for label, said, wanted in zip(bench.labels, bench.said, bench.wanted, strict=True):
        given = topic in said
        if given != (topic in wanted):
            because = said.get(topic, "no keyword is found often enough")
            yield Fooled(given=given, title=label.article.title, sentence=_sentence(label, because), because=because)


def _sentence(label: Label, because: str) -> str:
    """Return the first sentence with the keyword that a reason quotes, else the first of all."""
    article = label.article
    said = [article.title, *sentences(article.excerpt), *sentences(article.text)]
    quoted = [piece.partition("”")[0] for piece in because.split("“")[1:]]
    stems = [stem.rstrip("*") for word in quoted for stem in word.partition(" NEAR/")[::2][:1]]
    held = (one for one in said for stem in stems if stem and stem.lower() in one.lower())
    return next(held, next(iter(said[1:]), article.title))
