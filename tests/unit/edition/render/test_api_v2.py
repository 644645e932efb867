"""The second API says everything, in the shape that its schema promises."""

import json
from collections.abc import Callable

import msgspec
import pytest

from wireroom.edition.render import api_v2, api_v2_shape
from wireroom.records.editions import Edition


def written(edition: Edition) -> dict[str, bytes]:
    return {file.path: file.body for file in api_v2.render(edition)}


def test_every_document_fits_its_schema(sample: Edition) -> None:
    files = written(sample)
    kinds = {
        "index.json": api_v2_shape.Index,
        "stories.json": api_v2_shape.StoryList,
        "topics.json": api_v2_shape.TopicList,
        "sources.json": api_v2_shape.SourceList,
    }
    for path, body in files.items():
        name = path.removeprefix(api_v2.ROOT)
        if name != "schema.json":
            msgspec.json.decode(body, type=kinds.get(name, api_v2_shape.PostList))
    schema = json.loads(files["api/v2/schema.json"])
    assert {one["$ref"].rpartition("/")[2] for one in schema["anyOf"]} <= schema["$defs"].keys()
    assert "storyBecause" in schema["$defs"]["PostItem"]["required"]


def test_posts_carry_their_reasons(sample: Edition) -> None:
    files = written(sample)
    days = json.loads(files["api/v2/index.json"])["days"]
    posts = [
        post for day in days for post in json.loads(files[day["url"].removeprefix("https://watch.example/")])["posts"]
    ]
    assert {post["path"] for post in posts} == {post.path for post in sample.posts}
    for post in posts:
        for score in (post["quality"], post["heat"]):
            assert sum(term["points"] for term in score["terms"]) == pytest.approx(score["value"])
    told = next(post for post in posts if post["versions"])
    assert told["story"] == sample.stories[0].id
    assert told["versions"][0]["changes"][0]["field"] == "title"
    assert "undated" in {day["day"] for day in days}


def test_broken_text_is_no_error(single: Callable[..., Edition]) -> None:
    files = written(single(title="half a \ud83d pair", excerpt="\x00\x1f"))
    assert b"half a  pair" in b"".join(files.values())
