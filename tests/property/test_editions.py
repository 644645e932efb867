"""An edition delivered over a former one leaves the same folder as one delivered into an empty one."""

import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs
from tests.unit.edition.render.conftest import sample_edition, shelved

from wireroom.adapters.outlets import FolderOutlet
from wireroom.edition.lineup import named
from wireroom.edition.render import render
from wireroom.edition.render.marks import whole_of
from wireroom.records.editions import Edition, Post
from wireroom.records.rulings import Decision

SAMPLE = sample_edition()
STEPS = st.sampled_from(["title", "excerpt", "kill", "hold", "publish", "story", "hours", "topics"])
WALKS = st.lists(st.tuples(STEPS, st.integers(0, 1000)), min_size=1, max_size=3)


def stepped(edition: Edition, step: str, number: int) -> Edition:
    """Change one thing: a post's words or verdict, whether it or a story is there at all, or the hour."""
    if step == "hours":
        return structs.replace(edition, made_at=edition.made_at + timedelta(hours=number % 60))
    if step == "story":
        gone = number % len(edition.stories)
        return structs.replace(edition, stories=(*edition.stories[:gone], *edition.stories[gone + 1 :]))
    place = number % len(edition.posts)
    changed = () if step == "kill" else (other(edition.posts[place], step, number),)
    return structs.replace(edition, posts=(*edition.posts[:place], *changed, *edition.posts[place + 1 :]))


def other(post: Post, step: str, number: int) -> Post:
    match step:
        case "topics":
            return structs.replace(post, topics=post.topics[1:])
        case "title" | "excerpt":
            return structs.replace(post, article=structs.replace(post.article, **{step: f"Corrected {number}"}))
        case _:
            decision = Decision.HOLD if step == "hold" else Decision.PUBLISH
            return structs.replace(post, verdict=structs.replace(post.verdict, decision=decision))


def delivered(edition: Edition, folder: Path) -> dict[str, bytes]:
    lines = shelved(named(edition), folder.parent)
    drawn = (one for one in render(lines) if not one.path.endswith(".png"))
    FolderOutlet(folder).deliver(drawn, whole=whole_of(lines))
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: body for path, body in found.items() if not path.startswith(".wireroom-")}


@settings(max_examples=8, deadline=None)
@given(WALKS)
def test_step_by_step_or_at_once(walk: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        edition = SAMPLE
        delivered(edition, Path(scratch) / "step by step")
        for step, number in walk:
            if (after := stepped(edition, step, number)).stories and after.posts:
                edition = after
            there = delivered(edition, Path(scratch) / "step by step")
        assert there == delivered(edition, Path(scratch) / "at once")
