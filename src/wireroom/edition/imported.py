"""What does an edition make of a post that was imported? It stands as it came; only an editor's ruling changes it.

Its scores, topics and publication are those that its file states; nothing here weighs anything.
"""

from collections.abc import Iterable

from wireroom.edition.compose import NOT_JUDGED, Judged
from wireroom.edition.gather import Happening
from wireroom.edition.related import as_related, related
from wireroom.edition.render import front_matter
from wireroom.edition.render.front_matter import FrontMatter
from wireroom.edition.render.yaml_text import Fields
from wireroom.edition.verdict import RULED, Case
from wireroom.records.editions import Candidate, Post
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, RulingKind, Verdict
from wireroom.records.stories import Story
from wireroom.records.topics import Topic, TopicMatch

PRESET = "imported"
_SAYS = {RulingKind.PUBLISH: True, RulingKind.HOLD: False}
"""What a ruling makes of `published`."""


def stands(candidate: Candidate) -> bool:
    """Tell whether a candidate is still the post it came as: nobody has read its page since."""
    return candidate.imported and candidate.source is not None


def judge(candidate: Candidate, happening: Happening, *, on_beat: bool) -> Judged:
    """Give an imported post the scores and the verdict that its file states."""
    fields = _file(candidate).fields
    ruling = candidate.ruling
    heat = stated(fields, "heat")
    because = f"{ruling.by} ruled {ruling.kind}: {ruling.reason}" if ruling else ""
    quality = stated(fields, "quality")
    case = Case(
        article=candidate.article.id,
        quality=None if quality is NOT_JUDGED else quality.value,
        ruled=ruling.kind if ruling else None,
        ruled_because=because,
    )
    return Judged(
        candidate=candidate,
        happening=happening,
        topics=candidate.topics,
        related=tuple(map(as_related, related(candidate, happening, on_beat=on_beat))),
        case=case,
        heat=heat,
        lasting=heat,
        verdict=_verdict(case, fields),
    )


def post(judged: Judged, path: str, topics: Iterable[Topic], story: Story | None) -> Post:
    """Compose an imported post: its file as it came, with `published` as ruled."""
    candidate = judged.candidate
    front = _file(candidate)
    named = tuple(_named(front.fields, topics))
    return Post(
        path=path,
        article=candidate.article,
        topics=named,
        matches=tuple(TopicMatch(topic=topic.id, score=1.0, because="named in the post") for topic in named),
        quality=stated(front.fields, "quality"),
        heat=judged.heat,
        verdict=judged.verdict,
        story=story,
        story_reason=candidate.link.because if candidate.link else "",
        copy=candidate.copy,
        related=judged.related,
        versions=candidate.versions,
        feeds=candidate.feeds,
        source=_ruled(front, candidate),
        imported=True,
    )


def stated(fields: Fields, key: str) -> Score:
    """Return the score that a post states, as one term; a post without it was not judged."""
    value = fields.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return NOT_JUDGED
    term = Term(name=PRESET, points=float(value), because="stated in the imported post")
    return Score(preset=PRESET, value=float(value), terms=(term,))


def _verdict(case: Case, fields: Fields) -> Verdict:
    if case.ruled in RULED:
        return Verdict(
            article=case.article,
            decision=RULED[case.ruled],
            because=case.ruled_because,
            flip=f"undoing the ruling “{case.ruled}” leaves it as imported",
        )
    published = fields.get("published") is True
    kind = RulingKind.HOLD if published else RulingKind.PUBLISH
    return Verdict(
        article=case.article,
        decision=Decision.PUBLISH if published else Decision.HOLD,
        because=f"the imported post says “published: {'true' if published else 'false'}”"
        if "published" in fields
        else "the imported post does not say that it is published",
        flip=f"only a ruling “{kind}” would flip it",
    )


def _named(fields: Fields, topics: Iterable[Topic]) -> Iterable[Topic]:
    """Yield the beat's topics that a post names, in the post's order."""
    named = fields.get("topics")
    by_name = {name: topic for topic in topics for name in (topic.id, topic.name)}
    for name in named if isinstance(named, list) else ():
        if isinstance(name, str) and name in by_name:
            yield by_name[name]


def _ruled(front: FrontMatter, candidate: Candidate) -> bytes:
    wanted = _SAYS.get(candidate.ruling.kind) if candidate.ruling else None
    if wanted is None or front.fields.get("published") is wanted:
        return candidate.source or b""
    return front_matter.write(front_matter.with_field(front, "published", wanted))


def _file(candidate: Candidate) -> FrontMatter:
    return front_matter.read(candidate.source or b"")
