"""What does the desk keep to itself in a post, for those who hold its key?

How a record was found, what was noted about it, and its ids: sealed (RECORDS §7), so that its makers can read it back
from a published folder and nobody else can. Without a key nothing is sealed; what a post came with is never replaced.
"""

from msgspec import structs

from wireroom.records.editions import Post
from wireroom.records.rulings import Ruling
from wireroom.text.seals import KeyRing, seal


def sealed(post: Post, ruling: Ruling | None, ring: KeyRing) -> Post:
    """Return a post with desk data sealed into it by the newest key; an imported one stays as it came."""
    if post.imported or ring.newest is None:
        return post
    return structs.replace(post, secured=seal(_desk_data(post, ruling), post.path, ring))


def _desk_data(post: Post, ruling: Ruling | None) -> dict[str, object]:
    """Return what is sealed; only what changes when the record does, so that files do not churn."""
    told: dict[str, object] = {"article": post.article.id, "feeds": list(post.feeds)}
    if post.story:
        told["story"] = post.story.id
    if ruling:
        told["notes"] = [f"{ruling.by}: {ruling.kind}, {ruling.reason}"]
    return told
