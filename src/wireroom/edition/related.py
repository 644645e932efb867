"""Which other reports should a reader of one see? Their order is fixed; nothing is searched for here."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct

from wireroom.edition.affairs import Affairs
from wireroom.edition.gather import Happening, moment, spiked, wanted
from wireroom.records.editions import Candidate, RelatedPost
from wireroom.records.ids import StoryId

WITHIN = timedelta(days=5)
"""How far other stories' reports may be apart: every related record of the seeds lies within (RECORDS §4)."""


def worth(candidate: Candidate) -> float:
    """Return the quality of a candidate, 0 when it was not judged."""
    return candidate.quality.value if candidate.quality else 0.0


def related(candidate: Candidate, happening: Happening, *, on_beat: bool) -> tuple[Candidate, ...]:
    """Return the other reports of the story that are no copies, by quality, best first (RECORDS §4).

    What has no post is no record: the spiked, and off the beat what nobody asked for.
    """
    return _ordered(
        member
        for member in happening.originals
        if member.article.id != candidate.article.id and not spiked(member) and (on_beat or wanted(member))
    )


class Face(Struct, frozen=True):
    """A report as others show it, with what puts it in order."""

    worth: float
    at: datetime
    post: RelatedPost
    wanted: bool
    """It has a post even where its story is off the beat."""


def face(candidate: Candidate) -> Face:
    """Return the face of a report."""
    return Face(worth=worth(candidate), at=moment(candidate), post=as_related(candidate), wanted=wanted(candidate))


def around(happening: Happening, affairs: Affairs) -> list[StoryId]:
    """Return the stories whose reports stand beside those of a story: of its thread, and near to it."""
    others = {*affairs.thread.get(happening.id, ()), *affairs.near.get(happening.id, ())}
    return sorted(others - {happening.id})


def reaches(at: datetime, other: datetime) -> bool:
    """Tell whether reports of two stories are near enough in time to name each other."""
    return abs(other - at) <= WITHIN


def widely_related(
    candidate: Candidate, happening: Happening, beside: Iterable[Face], *, on_beat: bool
) -> tuple[RelatedPost, ...]:
    """Return reports of the story and those `beside` it, by quality; if a names b, b names a.

    Of every text one report is shown, and only that one shows others: its copies stand behind it.
    """
    own = [one for one in happening.faces if one.article.id != candidate.article.id]
    if len(own) == len(happening.faces):
        return ()
    told = (one for one in map(face, own) if on_beat or one.wanted)
    faces = sorted((*told, *beside), key=lambda one: (-one.worth, one.at, one.post.article))
    return tuple(one.post for one in faces)


def _ordered(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda m: (-worth(m), moment(m), m.article.id)))


def as_related(candidate: Candidate) -> RelatedPost:
    """Return a report as it stands inside another one's post."""
    article = candidate.article
    return RelatedPost(
        article=article.id,
        title=article.title,
        excerpt=article.excerpt or None,
        published_at=article.published_at,
        web_url=article.canonical_url,
        amp_url=article.amp_url,
        cdn_amp_url=article.cdn_amp_url,
        type=article.type,
        provider=article.provider,
        quality=int(candidate.quality.value) if candidate.quality else None,
        images=article.images[:1],
    )
