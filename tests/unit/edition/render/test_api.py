"""The API says what the originals said, in the same shape and under the same routes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import structs

from wireroom.edition.render import api, front_matter
from wireroom.records.editions import Edition

KEYS = (
    *("path", "title", "excerpt", "sourceUrl", "webUrl", "originalUrl", "featuredContent", "highlight", "heat", "tags"),
    *("images", "content", "type", "ampWebUrl", "cdnAmpWebUrl", "publishedDateTime", "updatedDateTime", "provider"),
    *("locale", "categories", "topics"),
)
NEVER_NULL = {"path", "title", "excerpt", "heat", "type", "publishedDateTime", "provider", "locale", "categories"}


def served(edition: Edition) -> dict[str, Any]:
    return {file.path: json.loads(file.body) for file in api.render(edition)}


def test_every_outside_post_gives_the_item_published_for_it(shared: Path) -> None:
    folder = shared / "data/posts-to-api"
    expected: dict[str, list[dict[str, Any]]] = json.loads((folder / "expected_items.dev.json").read_text("utf-8"))
    assert len(expected) == 132
    for path, forms in expected.items():
        item = api.item(path, front_matter.read((folder / path).read_bytes()).fields, "en-us")
        assert item in forms, path
        order = list(forms[0])
        assert [key for key in item if key in order] == order, path


def test_an_item_has_every_key_in_order_and_null_for_what_is_missing(single: Callable[..., Edition]) -> None:
    edition = single(title="Bare", hours_ago=None, excerpt="", topics=())
    [post] = edition.posts
    bare = structs.replace(post.article, images=(), provider=structs.replace(post.article.provider, logos=()))
    edition = structs.replace(edition, posts=(structs.replace(post, article=bare),))
    [item] = served(edition)["api/news/index.json"]["value"]
    assert tuple(item) == KEYS
    assert item["images"] is None
    assert item["provider"] == {
        "name": "Harbor Ledger",
        "domain": "harbor-ledger.example",
        "images": None,
        "publishers": None,
        "authors": None,
    }
    assert all(item[key] is not None for key in NEVER_NULL)
    assert (item["content"], item["categories"], item["topics"]) == ("", ["news"], [])
    assert item["publishedDateTime"] == "2026-11-20T00:00:00Z", "the day its file is named for"


def test_the_first_page_is_reached_by_three_routes(sample: Edition) -> None:
    files = {file.path: file.body for file in api.render(sample)}
    for folder in ("api/news", "api/news/faces"):
        assert (
            files[f"{folder}/index.json"] == files[f"{folder}/page/1/index.json"] == files[f"{folder}/page1/index.json"]
        )
    assert not files["api/news/index.json"].endswith(b"\n")
    assert files["api/news/index.json"].startswith(b'{\n  "page": 1,\n  "value": [\n    {\n      "path": "_news/')
    assert "المدينة".encode() in files["api/news/index.json"]


def test_lists_hold_published_records_only_newest_first(sample: Edition) -> None:
    items = served(sample)["api/news/index.json"]["value"]
    assert {item["path"] for item in items} == {post.path for post in sample.posts if post.published}
    dates = [item["publishedDateTime"] for item in items if "undated" not in item["path"]]
    assert dates == sorted(dates, reverse=True)


def test_pages_hold_twenty_five_and_the_last_has_no_next(sample: Edition) -> None:
    post = next(post for post in sample.posts if post.published)
    many = tuple(structs.replace(post, path=f"_news/2026-11-20-{number:03}.md") for number in range(51))
    pages = served(structs.replace(sample, posts=many))
    assert [len(pages[f"api/news/page/{n}/index.json"]["value"]) for n in (1, 2, 3)] == [25, 25, 1]
    assert [pages[f"api/news/page/{n}/index.json"]["nextPage"] for n in (1, 2, 3)] == [2, 3, None]
    assert list(pages["api/news/index.json"]) == ["page", "value", "nextPage"]
    assert "api/news/page/4/index.json" not in pages


def test_an_empty_list_is_there_and_empty(sample: Edition) -> None:
    pages = served(structs.replace(sample, posts=()))
    assert pages["api/news/index.json"] == {"page": 1, "value": [], "nextPage": None}


def test_topics_name_their_parents_and_their_lists(sample: Edition) -> None:
    files = served(sample)
    ai, faces, *_, quiet = files["api/topics/index.json"]["value"]
    assert ai == {
        "name": "AI",
        "shortname": None,
        "id": "ai",
        "services": [{"name": "news", "endpoint": "https://watch.example/api/news/ai/"}],
    }
    assert (faces["shortname"], faces["parent"]) == ("Faces", "AI")
    assert quiet["services"] == []
    assert "api/news/quiet/index.json" not in files
