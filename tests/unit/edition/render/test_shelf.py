"""An edition on a shelf becomes the same files, and a line answers like its post."""

from pathlib import Path
from typing import cast

import pytest
from msgspec import msgpack, structs
from tests.unit.edition.render.conftest import shelved

from wireroom.adapters.spool import Spool
from wireroom.edition.lines import PostLine
from wireroom.edition.render import render
from wireroom.edition.render.marks import whole_of
from wireroom.edition.shelf import whole
from wireroom.edition.tales import StoryLine, names_story
from wireroom.records.articles import Article
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post
from wireroom.records.stories import Step, StepKind, Story, Thing, Told


@pytest.fixture(scope="module")
def settled(sample: Edition) -> Edition:
    """Return the sample, cooled, as it comes from an archive, with no whole number where a fraction may stand."""
    cooled = tuple(structs.replace(post, warmth=post.heat.value / 2) for post in sample.posts)
    return msgpack.decode(msgpack.encode(structs.replace(sample, posts=cooled)), type=Edition)


def made(edition: Edition) -> dict[str, tuple[str, bytes]]:
    return {one.path: (one.key if isinstance(one, Draft) else "", one.body) for one in render(edition)}


def unfolded(story: Story) -> Story:
    """Return a story in which something happens."""
    new = Told(things=(Thing(name="Ada Merrow"),), numbers=("14",))
    first = Step(
        at=story.first_at,
        kind=StepKind.FIRST,
        article=story.lead,
        title=story.title,
        provider="Ledger",
        url="https://ledger.example/",
    )
    steps = (first, structs.replace(first, at=story.last_at, kind=StepKind.REPORT, new=new))
    return structs.replace(story, timeline=steps, things=new.things)


def test_the_same_files_with_the_same_keys(settled: Edition, tmp_path: Path) -> None:
    lines = shelved(settled, tmp_path)
    assert all(isinstance(one, PostLine) for one in lines.posts)
    assert made(lines) == made(settled)
    assert whole_of(lines) == whole_of(settled)


def test_a_line_answers_every_question_as_its_post_does(settled: Edition, tmp_path: Path) -> None:
    asked = [name for name in dir(Post) if not name.startswith("_")]
    for post, line in zip(settled.posts, shelved(settled, tmp_path).posts, strict=True):
        assert structs.replace(whole(line), story=post.story) == post
        for name in asked:
            if name not in {"article", "story"}:
                assert getattr(line, name) == getattr(post, name), name
        for field in structs.fields(Article):
            assert getattr(line.article, field.name) == getattr(post.article, field.name), field.name
        assert line.article.pictured == post.article.pictured


def test_a_line_answers_every_question_as_its_story_does(settled: Edition, tmp_path: Path) -> None:
    told = tuple(map(unfolded, settled.stories))
    for story, line in zip(told, shelved(structs.replace(settled, stories=told), tmp_path).stories, strict=True):
        assert isinstance(line, StoryLine)
        assert names_story(cast(Story, line)) == names_story(story)
        for field in structs.fields(Story):
            assert getattr(line, field.name) == getattr(story, field.name), field.name


def test_what_cannot_be_packed_stays_whole(settled: Edition, tmp_path: Path) -> None:
    title = structs.replace(settled.posts[0].article, title="Half a pair \ud83d of surrogates")
    odd = structs.replace(settled, posts=(structs.replace(settled.posts[0], article=title), *settled.posts[1:]))
    lines = shelved(odd, tmp_path)
    assert [isinstance(one, PostLine) for one in lines.posts] == [False, *([True] * (len(settled.posts) - 1))]
    assert made(lines) == made(odd)


def test_more_than_a_spool_holds_back(tmp_path: Path) -> None:
    spool, bodies = Spool(tmp_path), [bytes([number]) * 300_000 for number in range(9)]
    for body in bodies:
        spool.keep(body)
    assert [spool.look(place * 300_000, (place + 1) * 300_000) for place in range(9)] == bodies
    assert list(tmp_path.iterdir()) == []
