"""How are records told apart?

Every id is derived from content, so the same fact found twice, on any machine, has the same id. Each kind has its own
type so that one cannot be passed for another.
"""

from hashlib import blake2b
from typing import NewType

BeatId = NewType("BeatId", str)
FeedId = NewType("FeedId", str)
VisitId = NewType("VisitId", str)
EntryId = NewType("EntryId", str)
PageId = NewType("PageId", str)
ArticleId = NewType("ArticleId", str)
TopicId = NewType("TopicId", str)
StoryId = NewType("StoryId", str)
RulingId = NewType("RulingId", str)
EditionId = NewType("EditionId", str)
Digest = NewType("Digest", str)
"""Lower-case hex BLAKE2b-128 of some bytes; names a blob."""


def digest(*parts: str | bytes) -> str:
    """Return 32 hex digits that name the sequence of parts; ("ab", "c") and ("a", "bc") differ."""
    # One call for all parts: most parts are short, and each call costs as much as hashing 500 bytes.
    framed: list[bytes] = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        framed += (len(data).to_bytes(8, "big"), data)
    return blake2b(b"".join(framed), digest_size=16).hexdigest()


def feed_id(beat: BeatId, url: str) -> FeedId:
    """Name the feed a beat reads at an address."""
    return FeedId(digest("feed", beat, url))


def visit_id(feed: FeedId, at: str) -> VisitId:
    """Name one poll of a feed by its ISO time."""
    return VisitId(digest("visit", feed, at))


def entry_id(feed: FeedId, key: str) -> EntryId:
    """Name an item of a feed by its stable key (guid, link or content hash)."""
    return EntryId(digest("entry", feed, key))


def page_id(url: str, at: str) -> PageId:
    """Name one fetch of an address by its ISO time."""
    return PageId(digest("page", url, at))


def article_id(canonical_url: str) -> ArticleId:
    """Name the piece that lives at a canonical address."""
    return ArticleId(digest("article", canonical_url))


def story_id(beat: BeatId, first: ArticleId) -> StoryId:
    """Name a story by the article that opened it, so that rebuilding gives the same id."""
    return StoryId(digest("story", beat, first)[:16])
