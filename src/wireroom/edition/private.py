"""What does the desk keep to itself in a post, for those who hold its key?

How a record was found, what was noted about it, and its ids: sealed (RECORDS §7), so that its makers can read it back
from a published folder and nobody else can. Without a key nothing is sealed; what a post came with is never replaced.
"""

from msgspec import structs

from wireroom.edition.lineup import named
from wireroom.records.editions import Edition, Post, Snapshot
from wireroom.records.rulings import Ruling
from wireroom.text.seals import KeyRing, seal


def sealed(edition: Edition, snapshot: Snapshot, ring: KeyRing) -> Edition:
    """Return the edition with desk data sealed into its posts by the newest key."""
    if ring.newest is None:
        return edition
    rulings = {one.article.id: one.ruling for one in snapshot.candidates}
    posts = tuple(_sealed(post, rulings.get(post.article.id), ring) for post in edition.posts)
    return named(structs.replace(edition, posts=posts))


def _sealed(post: Post, ruling: Ruling | None, ring: KeyRing) -> Post:
    return post if post.imported else structs.replace(post, secured=seal(_desk_data(post, ruling), post.path, ring))


def _desk_data(post: Post, ruling: Ruling | None) -> dict[str, object]:
    """Return what is sealed; only what changes when the record does, so that files do not churn."""
    told: dict[str, object] = {"article": post.article.id, "feeds": list(post.feeds)}
    if post.story:
        told["story"] = post.story.id
    if ruling:
        told["notes"] = [f"{ruling.by}: {ruling.kind}, {ruling.reason}"]
    return told
