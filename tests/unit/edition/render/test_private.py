"""Desk data goes along with posts for whoever holds the key, and with none it does not exist."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from wireroom.edition.lineup import named
from wireroom.edition.private import sealed
from wireroom.edition.render import front_matter, posts
from wireroom.errors import SealError
from wireroom.records.editions import Edition, Post
from wireroom.records.ids import BeatId, RulingId
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.text.seals import KeyRing, open_sealed, read_ring

AT = datetime(2026, 11, 20, tzinfo=UTC)
OLD = read_ring(["2025:" + "11" * 64])
BOTH = read_ring(["2025:" + "11" * 64, "2026:" + "22" * 64])


def all_sealed(edition: Edition, ring: KeyRing, *, ruled: bool = False) -> Edition:
    rulings = (_ruling(post) if ruled else None for post in edition.posts)
    posts = tuple(sealed(post, ruling, ring) for post, ruling in zip(edition.posts, rulings, strict=True))
    return structs.replace(edition, posts=posts)


def _ruling(post: Post) -> Ruling:
    return Ruling(
        id=RulingId(f"r-{post.article.id}"),
        beat=BeatId("b"),
        article=post.article.id,
        kind=RulingKind.PUBLISH,
        reason="ask the clerk again",
        by="Ada",
        at=AT,
    )


def secrets(edition: Edition) -> dict[str, str]:
    return {file.path: str(front_matter.read(file.body).fields.get("secured")) for file in posts.render(edition)}


def test_without_a_key_nothing_is_sealed(sample: Edition) -> None:
    assert all_sealed(sample, KeyRing()) == sample
    assert set(secrets(sample).values()) == {"None"}


def test_the_desk_reads_back_how_a_record_was_found_and_what_was_noted(sample: Edition) -> None:
    edition = all_sealed(sample, BOTH, ruled=True)
    written = secrets(edition)
    assert len(written) > 5
    by_path = {post.path: post for post in sample.posts}
    for path, secret in written.items():
        opened = open_sealed(secret, path, BOTH)
        assert isinstance(opened, dict)
        assert (opened["article"], opened["feeds"]) == (by_path[path].article.id, list(by_path[path].feeds))
        assert opened["notes"] == ["Ada: publish, ask the clerk again"]
        with pytest.raises(SealError):
            open_sealed(secret, "_news/another.md", BOTH)
    assert "ask the clerk" not in "".join(file.body.decode() for file in posts.render(edition))


def test_the_same_facts_and_key_give_the_same_edition_and_a_new_key_another(sample: Edition) -> None:
    assert all_sealed(sample, BOTH) == all_sealed(sample, BOTH)
    assert named(all_sealed(sample, BOTH)).id != named(all_sealed(sample, OLD)).id
    assert all(secret.endswith(";2026") for secret in secrets(all_sealed(sample, BOTH)).values())


def test_what_a_post_came_with_is_carried_whoever_holds_a_key(sample: Edition) -> None:
    source = b'---\ntitle: "t"\nsecured: "b3BhcXVl;MDEyMzQ1Njc4OWFiY2RlZg=="\n---\n\n'
    held = structs.replace(sample, posts=tuple(structs.replace(post, source=source) for post in sample.posts))
    assert set(secrets(all_sealed(held, BOTH)).values()) == {"b3BhcXVl;MDEyMzQ1Njc4OWFiY2RlZg=="}
    stands = structs.replace(held, posts=tuple(structs.replace(post, imported=True) for post in held.posts))
    assert {file.body for file in posts.render(all_sealed(stands, BOTH))} == {source}
