"""What does an editor decide about an article? Appends rulings, which outrank every judgement until undone."""

from datetime import datetime

from msgspec import Struct

from wireroom.errors import UsageError
from wireroom.ports.archive import EditionArchive
from wireroom.records.editions import Edition, Post
from wireroom.records.ids import BeatId, RulingId, digest
from wireroom.records.rulings import Decision, Ruling, RulingKind


class Words(Struct, frozen=True, kw_only=True):
    """Who rules, why and when."""

    by: str
    reason: str
    at: datetime
    until: datetime | None = None
    """When the ruling ends by itself."""


def rule(archive: EditionArchive, beat: BeatId, wanted: str, kind: RulingKind, words: Words) -> Ruling:
    """Append a ruling on the article with this address or path; the next edition obeys it."""
    article = archive.find_article(beat, wanted)
    if article is None:
        raise UsageError(f"{beat} has no article at {wanted}. Look for it: wireroom search WORDS")
    ruling = Ruling(
        id=RulingId(digest("ruling", beat, article, kind, words.at.isoformat(), words.by, words.reason)),
        beat=beat,
        article=article,
        kind=kind,
        reason=words.reason,
        by=words.by,
        at=words.at,
        until=words.until,
    )
    archive.record_rulings([ruling])
    return ruling


def queue(edition: Edition, limit: int) -> tuple[Post, ...]:
    """Return the held posts that come nearest to being published, nearest first."""
    held = [post for post in edition.posts if post.decision is Decision.HOLD]
    return tuple(sorted(held, key=lambda post: (-post.weight, post.path))[:limit])
