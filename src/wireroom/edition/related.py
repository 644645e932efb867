"""Which other reports tell the same happening? Their order is fixed; nothing is searched for here."""

from wireroom.edition.gather import Thread, moment
from wireroom.records.editions import Candidate, RelatedPost


def worth(candidate: Candidate) -> float:
    """Return the quality of a candidate, 0 when it was not judged."""
    return candidate.quality.value if candidate.quality else 0.0


def related(candidate: Candidate, thread: Thread) -> tuple[Candidate, ...]:
    """Return the other reports of the thread that are no copies, by quality, best first (RECORDS §4)."""
    others = (member for member in thread.originals if member.article.id != candidate.article.id)
    return tuple(sorted(others, key=lambda m: (-worth(m), moment(m), m.article.id)))


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
