"""A draft's key names all that its bytes are made from: whatever changes, what keeps its key keeps its bytes."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import msgspec
import pytest
from msgspec import Struct, structs

from wireroom.edition.render import render
from wireroom.edition.render.marks import marks_of
from wireroom.records.copies import CopyKind
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File, Post
from wireroom.records.stories import Thing

UNRENDERED = (".png",)
"""Drawn from the words that name them."""
HOURS = (0.2, 3, 24, 24 * 40, 24 * 400)


def plan(edition: Edition) -> dict[str, Draft]:
    return {one.path: one for one in render(edition) if isinstance(one, Draft) and not one.path.endswith(UNRENDERED)}


def stale(before: dict[str, Draft], made: dict[str, bytes], after: Edition) -> list[str]:
    """Return the files that kept their key although they would have other bytes."""
    now = plan(after)
    kept = [one for path, one in now.items() if path in before and before[path].key == one.key]
    return [one.path for one in kept if one.body != made[one.path]]


@pytest.fixture(scope="module")
def before(sample: Edition) -> dict[str, Draft]:
    return plan(sample)


@pytest.fixture(scope="module")
def made(before: dict[str, Draft]) -> dict[str, bytes]:
    return {path: one.body for path, one in before.items()}


@pytest.mark.parametrize("hours", HOURS)
def test_at_another_hour(sample: Edition, before: dict[str, Draft], made: dict[str, bytes], hours: float) -> None:
    later = structs.replace(sample, made_at=sample.made_at + timedelta(hours=hours))
    assert stale(before, made, later) == []
    cooler = tuple(structs.replace(post, warmth=1.0) for post in later.posts)
    assert stale(before, made, structs.replace(later, posts=cooler)) == []


def other(value: Any) -> Any:  # noqa: PLR0911 - one kind of value a line
    """Return another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case CopyKind():
            return CopyKind.NEAR if value is not CopyKind.NEAR else CopyKind.EXACT
        case Enum():
            return next(one for one in type(value) if one is not value)
        case str():
            return f"{value} otherwise"
        case datetime():
            return value + timedelta(minutes=7)
        case tuple() if value:
            return value[1:]
        case Struct():
            return next(changes(value))
    return None


def changes(record: Any) -> Iterator[Any]:
    """Yield a record changed in one field after the other, also in the fields of its records."""
    for field in msgspec.structs.fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Struct):
            yield from (structs.replace(record, **{field.name: inner}) for inner in changes(value))
        elif value not in (None, ()) and (changed := other(value)) != value:
            yield structs.replace(record, **{field.name: changed})
        elif value is None and "datetime" in str(field.type):
            yield structs.replace(record, **{field.name: datetime(2026, 11, 19).astimezone()})
        elif value is None and "str" in str(field.type):
            yield structs.replace(record, **{field.name: "something"})


def with_post(edition: Edition, change: Callable[[Post], Post], place: int) -> Edition:
    posts = list(edition.posts)
    posts[place] = change(posts[place])
    return structs.replace(edition, posts=tuple(posts))


# A published lead with versions, a copy, a held one, and one that stands alone.
@pytest.mark.parametrize("kind", ["lead", "copy", "held", "alone"])
def test_in_any_field_of_a_post(sample: Edition, before: dict[str, Draft], made: dict[str, bytes], kind: str) -> None:
    place = next(
        number
        for number, post in enumerate(sample.posts)
        if {
            "lead": any(story.lead == post.article.id for story in sample.stories) and bool(post.versions),
            "copy": post.copy is not None and post.copy.copy_of is not None,
            "held": not post.published,
            "alone": post.story is not None and len(post.story.articles) == 1,
        }[kind]
    )
    tried = 0
    for changed in changes(sample.posts[place]):
        if changed.path != sample.posts[place].path or changed.article.id != sample.posts[place].article.id:
            continue
        tried += 1
        after = with_post(sample, lambda _, changed=changed: changed, place)  # type: ignore[misc]
        assert stale(before, made, after) == [], changed
    assert tried > 25


def test_when_a_post_comes_or_goes(sample: Edition, before: dict[str, Draft], made: dict[str, bytes]) -> None:
    for place in (0, 3, len(sample.posts) - 1):
        posts = (*sample.posts[:place], *sample.posts[place + 1 :])
        without = structs.replace(sample, posts=posts)
        assert stale(before, made, without) == []
        there = plan(without)
        assert stale(there, {path: one.body for path, one in there.items()}, sample) == []


def test_in_any_field_of_a_story_the_masthead_or_a_topic(
    sample: Edition, before: dict[str, Draft], made: dict[str, bytes]
) -> None:
    first = sample.stories[0]
    for story in (*changes(first), structs.replace(first, things=(Thing(name="Ada Merrow"),))):
        if story.id == first.id and story.lead == first.lead:
            assert stale(before, made, structs.replace(sample, stories=(story, *sample.stories[1:]))) == [], story
    for masthead in changes(sample.masthead):
        assert stale(before, made, structs.replace(sample, masthead=masthead)) == [], masthead
    for topic in changes(sample.topics[1]):
        topics = (sample.topics[0], topic, *sample.topics[2:])
        assert stale(before, made, structs.replace(sample, topics=topics)) == [], topic
    assert stale(before, made, structs.replace(sample, stories=sample.stories[::-1])) == []
    assert stale(before, made, structs.replace(sample, sources=sample.sources[1:])) == []


def test_when_a_letter_is_carried(sample: Edition, before: dict[str, Draft], made: dict[str, bytes]) -> None:
    issue = File(path="_newsletters/one.html", body=b"---\ntitle: One\n---\n\n<p>News</p>\n")
    with_letter = structs.replace(sample, carried=(issue,))
    assert stale(before, made, with_letter) == []
    there = plan(with_letter)
    other = structs.replace(issue, body=issue.body.replace(b"News", b"Other"))
    bytes_there = {path: one.body for path, one in there.items()}
    assert stale(there, bytes_there, structs.replace(sample, carried=(other,))) == []


def test_one_changed_article_touches_only_its_pages(sample: Edition, before: dict[str, Draft]) -> None:
    place = next(n for n, post in enumerate(sample.posts) if post.story and len(post.story.articles) == 1)
    title = structs.replace(sample.posts[place].article, title="Corrected")
    after = plan(with_post(sample, lambda post: structs.replace(post, article=title), place))
    pages = {path for path, one in after.items() if before[path].key != one.key and path.startswith(("articles", "_"))}
    assert len(pages) == 2


def test_an_hour_later_only_what_lives_has_changed(sample: Edition, before: dict[str, Draft]) -> None:
    later = plan(structs.replace(sample, made_at=sample.made_at + timedelta(minutes=30)))
    changed = {path.partition("/")[0] for path, one in later.items() if before[path].key != one.key}
    assert changed <= {"index.html", "articles", "stories", "topics"}
    marks = marks_of(sample)
    assert len(set(marks.posts.values())) == len(sample.posts)
