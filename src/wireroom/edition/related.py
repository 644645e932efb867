"""Which other reports should a reader of one see? Their order is fixed; nothing is searched for here."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from wireroom.edition.affairs import Affairs
from wireroom.edition.gather import Happening, moment
from wireroom.records.editions import Candidate, RelatedPost
from wireroom.records.ids import StoryId

WITHIN = timedelta(days=5)
"""How far other stories' reports may be apart: every related record of the seeds lies within (RECORDS §4)."""


def worth(candidate: Candidate) -> float:
    """Return the quality of a candidate, 0 when it was not judged."""
    return candidate.quality.value if candidate.quality else 0.0


def related(candidate: Candidate, happening: Happening) -> tuple[Candidate, ...]:
    """Return the other reports of the story that are no copies, by quality, best first (RECORDS §4)."""
    return _ordered(member for member in happening.originals if member.article.id != candidate.article.id)


def widely_related(
    candidate: Candidate, happening: Happening, stories: Mapping[StoryId, Happening], affairs: Affairs
) -> tuple[Candidate, ...]:
    """Return reports of the story, of its thread and of near stories, by quality; if a names b, b names a.

    Of every text one report is shown, and only that one shows others: its copies stand behind it.
    """
    if all(face.article.id != candidate.article.id for face in happening.faces):
        return ()
    others = {*affairs.thread.get(happening.id, ()), *affairs.near.get(happening.id, ())} - {happening.id}
    around = (
        member
        for name in sorted(others)
        for member in stories[name].faces
        if abs(moment(member) - moment(candidate)) <= WITHIN
    )
    return _ordered((*(one for one in happening.faces if one.article.id != candidate.article.id), *around))


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
