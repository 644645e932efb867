"""Which topics does the evidence in title, lead and body add up to? Keywords and rules only; no page is read here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime

from msgspec import Struct

from wireroom.intake.classify.keywords import PhraseFinder, Span, hashtags, opened, spaced, written
from wireroom.records.articles import Article
from wireroom.records.ids import TopicId
from wireroom.records.policy import Policy
from wireroom.records.topics import Topic, TopicJudgement, TopicMatch
from wireroom.scoring.learned import features_of, opinion
from wireroom.text.tokens import fold

BODY_COUNTS = 3
"""Occurrences in the body that count: a word that runs through a text says no more at ten than at three."""


MUST = 0.8
"""Share of a topic's threshold that its `must` words have to reach: once in the lead, or twice in the body."""

TINY = 1e-9
"""Three times 0.25 must reach 0.75, whatever binary makes of other weights."""


LIKELY = 0.5
"""Probability from which a learned topic applies."""

OF_TOPIC = "topic:"
"""Begins an entry of `must` that stands for all keywords of another topic."""

Phrases = Mapping[str, int]
"""Phrases, written plainly, with their place in the taxonomy."""

Seen = Mapping[str, Sequence[Span]]
"""Keywords found in one text, and where."""


class _Wanted(Struct, frozen=True):
    """A topic with its phrases as they are compared."""

    topic: Topic
    keywords: Phrases
    must: Phrases
    without: frozenset[str]
    tags: frozenset[str]


class _Found(Struct, frozen=True):
    """Phrases and hashtags found, by where they stand."""

    title: Seen
    lead: Seen
    body: Seen
    tags: frozenset[str]
    words: frozenset[str]
    """What was found anywhere."""

    def anywhere(self, phrases: AbstractSet[str]) -> bool:
        return not phrases.isdisjoint(self.words)


class Tagger:
    """The topics of a policy, ready to judge many articles."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._rule = policy.preset.topics
        plain = opened if self._rule.open_dashes else fold
        known = {topic.id: topic for topic in policy.topics}
        self._wanted = tuple(_wanted(topic, known, self._written(plain)) for topic in policy.topics)
        self._models = {one.topic: one.model for one in policy.learned.topics}
        self._main = _main(policy)
        self._parents = {topic.id: topic.parent for topic in policy.topics}
        every = {phrase for w in self._wanted for phrase in (*w.keywords, *w.must, *w.without)}
        self._finder = PhraseFinder((phrase for phrase in every if not phrase.isupper()), plain)
        self._acronyms = PhraseFinder((phrase for phrase in every if phrase.isupper()), spaced)

    def judge(self, article: Article, *, dedicated: bool, now: datetime) -> TopicJudgement:
        """Judge which topics apply; `dedicated` = it came from a feed that is all about the main topic."""
        return TopicJudgement(
            beat=self._policy.beat,
            article=article.id,
            judge=self._policy.judge_topics,
            judged_at=now,
            matches=self.match(article, dedicated=dedicated),
        )

    def match(self, article: Article, *, dedicated: bool) -> tuple[TopicMatch, ...]:
        """Return the topics that apply: main topic first, then in the order of the taxonomy."""
        found = self._look(article)
        hits = {match.topic: match for w in self._wanted if (match := self._weigh(w, found))}
        if self._models:
            self._consult(article, hits, found)
        if dedicated and self._main is not None:
            hits.setdefault(self._main, TopicMatch(topic=self._main, score=1.0, because="the feed is dedicated to it"))
        if self._rule.inherit:
            self._inherit(hits)
        order = sorted(self._parents, key=lambda topic: topic != self._main)
        return tuple(hits[topic] for topic in order if topic in hits)

    def _consult(self, article: Article, hits: dict[TopicId, TopicMatch], found: _Found) -> None:
        """Ask the models of topics that have one; they see what the rule said. What an editor excluded stays out."""
        named = features_of(article)
        for wanted in self._wanted:
            topic = wanted.topic.id
            model = self._models.get(topic)
            if model is None or found.anywhere(wanted.without):
                continue
            by_rule = hits.pop(topic, None)
            said = opinion(model, named | rule_mark(applies=by_rule is not None))
            if said.probability >= LIKELY:
                learned = f"{said.probability:.0%} by {model.examples} labels: {said.because}"
                reasons = [by_rule.because, learned] if by_rule else [learned]
                hits[topic] = TopicMatch(topic=topic, score=round(said.probability, 3), because="; ".join(reasons))

    def _written(self, plain: Callable[[str], str]) -> Callable[[str], str]:
        """Return how phrases are compared: an acronym as it stands, where the rule wants it so, all else plainly."""
        return lambda phrase: phrase if self._rule.acronyms and phrase.isupper() else written(phrase, plain)

    def _find(self, text: str) -> dict[str, list[Span]]:
        return self._finder.find(text) | self._acronyms.find(text)

    def _look(self, article: Article) -> _Found:
        rule = self._rule
        title = self._find(article.title)
        lead = self._find(article.excerpt) if rule.lead else {}
        body = self._find(article.text) if rule.body else {}
        tags = hashtags(f"{article.title} {article.excerpt}") | {fold(word) for word in article.keywords}
        return _Found(title, lead, body, tags, frozenset({*title, *lead, *body}))

    def _weigh(self, wanted: _Wanted, found: _Found) -> TopicMatch | None:
        """Weigh one topic; None when it does not apply."""
        if not found.anywhere(wanted.keywords.keys()) and wanted.tags.isdisjoint(found.tags):
            return None
        if found.anywhere(wanted.without) or not self._must(wanted, found):
            return None
        # A word that needs another beside it is too common to be counted twice in the body; two different ones are two.
        points, reasons = self._evidence(wanted.keywords, found, once=bool(wanted.must))
        if tag := next(iter(sorted(wanted.tags & found.tags)), None):
            points += self._rule.enough
            reasons.append(f"tagged #{tag}")
        if points < self._rule.enough - TINY:
            return None
        return TopicMatch(topic=wanted.topic.id, score=min(1.0, points), because="; ".join(reasons))

    def _must(self, wanted: _Wanted, found: _Found) -> bool:
        """Tell whether what must be there is there with some weight: one passing word in the body is not enough."""
        return not wanted.must or self._evidence(wanted.must, found)[0] >= MUST * self._rule.enough - TINY

    def _evidence(self, phrases: Phrases, found: _Found, *, once: bool = False) -> tuple[float, list[str]]:
        """Weigh phrases by where they stand, with reasons; `once`: a word counts once however often it is there."""
        points, reasons = 0.0, []
        for place, weight, seen in self._places(found):
            hits = sorted(seen.keys() & phrases.keys(), key=phrases.__getitem__) if weight and seen else []
            if hits:
                times = min(BODY_COUNTS, _times(hits, seen, once=once)) if place == "body" else 1
                points += weight * times
                reasons.append(f"{place} has “{hits[0]}”")
        return points, reasons

    def _places(self, found: _Found) -> tuple[tuple[str, float, Seen], ...]:
        rule = self._rule
        return (("title", rule.title, found.title), ("lead", rule.lead, found.lead), ("body", rule.body, found.body))

    def _inherit(self, hits: dict[TopicId, TopicMatch]) -> None:
        """Add the parents of what was found."""
        for topic, match in tuple(hits.items()):
            parent = self._parents.get(topic)
            while parent is not None and parent not in hits:
                hits[parent] = TopicMatch(topic=parent, score=match.score, because=f"its sub-topic {topic} applies")
                parent = self._parents.get(parent)


def rule_mark(*, applies: bool) -> dict[str, float]:
    """Return the feature that tells a model what the rule said."""
    return {"the rule applies ": 1.0} if applies else {}


def _times(hits: Sequence[str], seen: Seen, *, once: bool) -> int:
    """Count what was found; of phrases within each other (`training` in `training set`), only the longest counts."""
    spans = sorted((start, -end, hit) for hit in hits for start, end in seen[hit])
    counted: list[str] = []
    reached = 0
    for start, end, hit in spans:
        if start >= reached:
            counted.append(hit)
            reached = -end
    return len(set(counted)) if once else len(counted)


def _main(policy: Policy) -> TopicId | None:
    """Return the main topic, which a beat may name by its name or its id."""
    wanted = policy.main_topic
    return next((topic.id for topic in policy.topics if wanted in (topic.id, topic.name)), None)


def _wanted(topic: Topic, known: Mapping[TopicId, Topic], plain: Callable[[str], str]) -> _Wanted:
    def phrases(of: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(plain(phrase) for phrase in of))

    tags = frozenset(fold(tag).removeprefix("#") for tag in topic.hashtags)
    must = (phrase for entry in topic.must for phrase in _meant(entry, known))
    without = frozenset(phrases(topic.without))
    return _Wanted(topic, _placed(phrases(topic.keywords)), _placed(phrases(must)), without, tags)


def _placed(phrases: tuple[str, ...]) -> Phrases:
    return {phrase: place for place, phrase in enumerate(phrases)}


def _meant(entry: str, known: Mapping[TopicId, Topic]) -> tuple[str, ...]:
    """Return what an entry of `must` stands for."""
    name = entry.removeprefix(OF_TOPIC).strip()
    return known[TopicId(name)].keywords if entry.startswith(OF_TOPIC) else (entry,)
