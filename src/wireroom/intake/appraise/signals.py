"""Which features of an article can a preset weigh? Each is measured with its evidence; none is worth anything here."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import lru_cache

from wireroom.intake.appraise.prose import prose_signals
from wireroom.intake.appraise.tables import marks
from wireroom.intake.appraise.titles import title_signals
from wireroom.records.articles import Article, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.policy import Policy
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.engine import Signal
from wireroom.scoring.learned import features_of, opinion
from wireroom.text.urls import host

SMALLEST_IMAGE = 200
"""Pixels on the shorter side under which a picture is an icon (RECORDS §6)."""

_ORIGINALITY = {
    "original": frozenset({CopyKind.ORIGINAL}),
    "copy": frozenset({CopyKind.EXACT, CopyKind.NEAR, CopyKind.SYNDICATED, CopyKind.SCRAPER}),
    "rewrite": frozenset({CopyKind.REWRITTEN}),
    "press_release": frozenset({CopyKind.PRESS_RELEASE}),
}

Signals = dict[str, Signal]


def measure(
    article: Article, policy: Policy, matches: tuple[TopicMatch, ...], copy: CopyJudgement | None = None
) -> Signals:
    """Measure every signal of quality that applies to an article; what is absent was not seen."""
    return (
        _standing(article, policy)
        | _record(article)
        | _subject(article, policy, matches)
        | _originality(article, copy)
        | title_signals(article.title)
        | prose_signals(article)
        | _taste(article, policy, matches)
    )


def marks_of(article: Article, matches: tuple[TopicMatch, ...]) -> tuple[str, ...]:
    """Return what a model of the editors' taste sees beside the text: the house, the topics, the type."""
    return (host(article.original_url), *(f"topic {match.topic}" for match in matches), f"type {article.type}")


def _taste(article: Article, policy: Policy, matches: tuple[TopicMatch, ...]) -> Signals:
    model = policy.learned.taste
    if model is None:
        return {}
    said = opinion(model, features_of(article, marks_of(article, matches)))
    because = f"by {model.examples} rulings, editors publish such a report with {said.probability:.0%}: {said.because}"
    return {"taste": Signal(value=2 * said.probability - 1, because=because)}


def _flag(because: str) -> Signal:
    return Signal(value=1.0, because=because)


def _standing(article: Article, policy: Policy) -> Signals:
    name = host(article.original_url)
    points = policy.standing.of(name)
    return {"standing": Signal(value=points, because=f"{name} has standing {points:g} in this beat")} if points else {}


def _record(article: Article) -> Signals:
    """Measure how complete the record is."""
    out: Signals = {}
    if article.images:
        out["has_image"] = _flag(f"image {article.images[0].url}")
    if picture := next((image for image in article.images if _is_real(image)), None):
        out["real_image"] = _flag(f"image {picture.url}")
    if article.amp_url:
        out["has_amp"] = _flag(f"AMP page {article.amp_url}")
    if article.type == "video":
        out["is_video"] = _flag("it is a video")
    if article.authors:
        out["has_author"] = _flag(f"by {', '.join(article.authors[:3])}")
    if article.paywalled:
        out["paywalled"] = _flag("most of the text is behind a paywall")
    return out | _date(article)


def _date(article: Article) -> Signals:
    if article.published_at is None:
        return {}
    stamp = f"{article.published_at:%Y-%m-%d %H:%M} UTC"
    if article.published_at > article.read_at + timedelta(days=1):
        return {"future_date": _flag(f"dated {stamp}, read {article.read_at:%Y-%m-%d %H:%M} UTC")}
    return {"has_date": _flag(f"published {stamp}")}


def _is_real(image: Image) -> bool:
    """Tell a picture of the matter from an icon, a logo or a default card, by size and name."""
    sides = [side for side in (image.width, image.height) if side is not None]
    if sides and min(sides) < SMALLEST_IMAGE:
        return False
    name = image.url.lower().rpartition("?")[0] or image.url.lower()
    return not marks().card.search(name)


def _subject(article: Article, policy: Policy, matches: tuple[TopicMatch, ...]) -> Signals:
    if not matches:
        return {}
    wanted = {match.topic for match in matches}
    topics = [topic for topic in policy.topics if topic.id in wanted]
    names = [topic.name for topic in topics]
    # A post may name topics that the beat does not know: they count, as they do in published records, and say no more.
    strange = sorted(wanted - {topic.id for topic in topics})
    out = {"topic_count": Signal(value=float(len(wanted)), because=f"topics: {', '.join([*names, *strange])}")}
    if topics:
        out["on_topic"] = _flag(f"about {', '.join(names)}")
    title = article.title.lower()
    # A literal substring, not a whole word: the published values follow from exactly that (RECORDS §3).
    entries = [entry for topic in topics for entry in _entries(topic) if entry[0] in title]
    # “ia”, the Spanish and French “AI”, stands in every “facial”: what readers would call a keyword is a whole word.
    words = [entry[0] for entry in dict.fromkeys(entries) if _whole(*entry).search(title)]
    return out | _counted("keyword_entries", [word for word, _ in entries]) | _counted("keywords", words)


def _counted(name: str, words: Sequence[str]) -> Signals:
    if not words:
        return {}
    return {name: Signal(value=float(len(words)), because=f"the title has {', '.join(f'“{word}”' for word in words)}")}


@lru_cache(maxsize=4096)
def _whole(word: str, goes_on: bool) -> re.Pattern[str]:  # noqa: FBT001 - an entry, as it stands below
    """Return what finds an entry as whole words or their plural, or with any ending."""
    return re.compile(rf"(?<!\w){re.escape(word)}" + ("" if goes_on else r"s?(?!\w)"))


@lru_cache(maxsize=4096)
def _entries(topic: Topic) -> tuple[tuple[str, bool], ...]:
    """Return the entries of a topic as a title is searched for them, and whether a word may go on after each.

    What wants two words near each other is none.
    """
    words = (word.lower() for word in topic.keywords if " NEAR/" not in word)
    return tuple((word.removesuffix("*"), word.endswith("*")) for word in words)


def _originality(article: Article, copy: CopyJudgement | None) -> Signals:
    kind = copy.kind if copy else CopyKind.ORIGINAL
    if kind is CopyKind.ORIGINAL and article.type == "press-release":
        kind = CopyKind.PRESS_RELEASE
    name = next(name for name, kinds in _ORIGINALITY.items() if kind in kinds)
    because = (copy.proof if copy else "") or ("repeats nothing we know" if name == "original" else kind.value)
    return {name: _flag(because)}
