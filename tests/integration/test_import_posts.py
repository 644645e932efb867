"""An existing archive of posts comes in and goes out again: every byte, every item of the API, every route."""

import asyncio
import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer
from typer.testing import CliRunner

from wireroom.cli.commands import app
from wireroom.edition.render import front_matter
from wireroom.edition.render.front_matter import FrontMatter
from wireroom.edition.render.yaml_text import Fields
from wireroom.web.site import site

NOW = "2026-11-20T12:00:00Z"
Json = dict[str, Any]


def wireroom(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture(scope="module")
def outside(shared: Path) -> Path:
    return shared / "data" / "posts-to-api"


@pytest.fixture(scope="module")
def made(shared: Path, outside: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import the outside posts into a beat with their own taxonomy and make the edition."""
    from tests.quality.beats_from_taxonomies import write_beats

    folder = tmp_path_factory.mktemp("beats")
    beat = write_beats(shared / "data" / "taxonomies.yaml", folder)[0]
    assert "132 new" in wireroom("import", "posts", outside, "--beat", beat, "--now", NOW)
    assert "0 new, 132 unchanged" in wireroom("import", "posts", outside, "--beat", beat, "--now", NOW)
    wireroom("edition", "--beat", beat, "--now", NOW, "--out", folder / "out")
    return folder / "out"


@pytest.fixture(scope="module")
def expected(outside: Path) -> dict[str, list[Json]]:
    forms: dict[str, list[Json]] = json.loads((outside / "expected_items.dev.json").read_text(encoding="utf-8"))
    return forms


def loaded(file: Path) -> Json:
    text = file.read_text(encoding="utf-8")
    page: Json = json.loads(text)
    assert text == json.dumps(page, indent=2, ensure_ascii=False), "2-space indent, unescaped, no final newline"
    return page


def pages(folder: Path) -> list[Json]:
    found = [loaded(folder / "page" / "1" / "index.json")]
    while found[-1]["nextPage"] is not None:
        found.append(loaded(folder / "page" / str(found[-1]["nextPage"]) / "index.json"))
    return found


def test_the_posts_come_back_byte_for_byte(made: Path, outside: Path) -> None:
    before = {file.name: file.read_bytes() for file in (outside / "_news").iterdir()}
    assert {file.name: file.read_bytes() for file in (made / "_news").iterdir()} == before
    assert len(before) == 132


def test_every_item_is_one_of_its_published_forms(made: Path, expected: dict[str, list[Json]]) -> None:
    items = [item for page in pages(made / "api" / "news") for item in page["value"]]
    assert {item["path"] for item in items} == set(expected)
    for item in items:
        assert item in expected[item["path"]]
        assert list(item) in [list(form) for form in expected[item["path"]]], "the order of keys too"


def test_lists_are_pages_of_25_newest_first(made: Path) -> None:
    found = pages(made / "api" / "news")
    assert [len(page["value"]) for page in found] == [25, 25, 25, 25, 25, 7]
    assert [page["page"] for page in found] == [1, 2, 3, 4, 5, 6]
    assert [page["nextPage"] for page in found] == [2, 3, 4, 5, 6, None]
    assert all(list(page) == ["page", "value", "nextPage"] for page in found)
    order = [(item["publishedDateTime"], item["path"]) for page in found for item in page["value"]]
    assert order == sorted(sorted(order, key=lambda one: one[1]), key=lambda one: one[0], reverse=True)


def test_topic_lists_hold_the_posts_that_name_the_topic(made: Path) -> None:
    everything = [item for page in pages(made / "api" / "news") for item in page["value"]]
    topics = loaded(made / "api" / "topics" / "index.json")["value"]
    assert [topic["id"] for topic in topics][:2] == ["power-apps", "canvas-apps"]
    listed = {topic["id"]: topic["name"] for topic in topics if topic["services"]}
    assert set(listed) == {file.name for file in (made / "api" / "news").iterdir() if file.is_dir()} - {"page", "page1"}
    for name, title in listed.items():
        about = [item for page in pages(made / "api" / "news" / name) for item in page["value"]]
        assert about == [item for item in everything if title in item["topics"]]


def test_topics_name_what_they_have_and_where(made: Path) -> None:
    topics = {topic["id"]: topic for topic in loaded(made / "api" / "topics" / "index.json")["value"]}
    assert topics["common-data-service"] == {
        "name": "Common Data Service",
        "shortname": "CDS",
        "id": "common-data-service",
        "parent": "Power Apps",
        "services": [{"name": "news", "endpoint": "https://power-apps.example/api/news/common-data-service/"}],
    }
    assert topics["portals"]["services"] == []
    assert loaded(made / "api" / "newsletters" / "index.json") == {"page": 1, "value": [], "nextPage": None}


def test_every_route_is_served_with_and_without_a_slash(made: Path) -> None:
    same = ["/api/news", "/api/news/", "/api/news/page1", "/api/news/page1/", "/api/news/page/1", "/api/news/page/1/"]
    others = ["/api/news/page/6", "/api/news/page/6/", "/api/topics", "/api/topics/", "/api/news/power-apps/page/1/"]

    async def ask() -> tuple[list[bytes], list[int], int]:
        async with TestClient(TestServer(site(made))) as client:
            bodies = [await (await client.get(path)).read() for path in same]
            return bodies, [(await client.get(path)).status for path in others], (await client.get("/api/no")).status

    bodies, statuses, missing = asyncio.run(ask())
    assert set(bodies) == {(made / "api" / "news" / "index.json").read_bytes()}
    assert statuses == [200] * len(others)
    assert missing == 404


# ---- what a whole Jekyll folder holds -------------------------------------------------------------------------------

POST = """---
category: news
title: "{title}"
excerpt: "What the board said."
publishedDateTime: {day}T08:00:00Z
originalUrl: "https://harbor-ledger.example/{name}?ref=feed"
webUrl: "https://harbor-ledger.example/{name}"
type: article
quality: 61
heat: {heat}
published: {published}

provider:
  name: Harbor Ledger
  domain: harbor-ledger.example

topics:
  - Harbors
  - Cameras

secured: "b3BhcXVl;MDEyMzQ1Njc4OWFiY2RlZg=="
---

"""
ISSUE = '---\ntitle: "Issue of the {day}"\npublishedDateTime: {day}T18:00:00Z\ntype: newsletter\n---\n<p>Hello</p>\n'


def post(name: str, day: str, heat: int = 81, **more: str) -> str:
    published = "true" if heat >= 70 else "false"
    return POST.format(title=more.get("title", name.title()), name=name, day=day, heat=heat, published=published)


@pytest.fixture
def jekyll(tmp_path: Path) -> Path:
    """Make a small Jekyll folder with everything that is odd about old archives."""
    root = tmp_path / "old-harbors"
    for folder in ("_news", "_newsletters", "_data/topics", "_data/organizations", "_layouts"):
        (root / folder).mkdir(parents=True)
    news = root / "_news"
    (news / "2020-01-02-board.md").write_bytes(post("board", "2020-01-02").replace("\n", "\r\n").encode())
    (news / "2020-01-03-held.md").write_text(post("held", "2020-01-03", heat=-1), encoding="utf-8")
    (news / "2020-01-01-wrong-day.md").write_text(post("odd", "2020-01-04").replace("type:", "mood: # odd\ntype:"))
    (news / "2020-01-05-again.md").write_text(post("board", "2020-01-05", title="Board, again"), encoding="utf-8")
    (news / "2020-01-06-bare.md").write_text('---\ntitle: "Neither scored nor dated"\n---\n\n', encoding="utf-8")
    (news / "notes.txt").write_bytes(b"\xff carried as it is")
    for day in ("2020-01-06", "2020-01-13"):
        (root / "_newsletters" / f"old-harbors-{day}.html").write_text(ISSUE.format(day=day), encoding="utf-8")
    topics = root / "_data" / "topics"
    (topics / "00-harbors.yaml").write_text(
        "taxonomy: topic\n_id: harbors\nname: Harbors\nkeywords: [harbor, a]\nservices:\n  news:\nodd: key\n"
    )
    (topics / "01-cameras.yaml").write_text("_id: cameras\nname: Cameras\nparent: Harbors\nkeywords: [camera]\n")
    (root / "_data" / "organizations" / "ledger.yml").write_text(
        "name: Harbor Ledger\ndomain: harbor-ledger.example\n"
        "images:\n  - url: https://i.example/l.png\n    width: '50'\n  - url: none\n"
    )
    (root / "_config.yml").write_text(
        "title: Old Harbors\nurl: https://harbors.example\nbaseurl: /site\n", encoding="utf-8"
    )
    (root / "_layouts" / "default.html").write_text("{{ content }}", encoding="utf-8")
    return root


def record(folder: Path) -> dict[str, bytes]:
    kept = ("_news", "_newsletters", "_data")
    files = (file for name in kept for file in (folder / name).rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}


def edition(beat: Path, out: Path, now: str = NOW) -> Path:
    wireroom("edition", "--beat", beat, "--now", now, "--out", out)
    return out


def test_a_jekyll_folder_becomes_a_beat_and_comes_back(jekyll: Path, tmp_path: Path) -> None:
    beat = tmp_path / "harbors"
    assert "11 new, 0 unchanged" in wireroom("import", "posts", jekyll, "--beat", beat)
    assert "0 new, 11 unchanged" in wireroom("import", "posts", jekyll / "_news", "--beat", beat)
    out = edition(beat, tmp_path / "out")
    assert record(out) == record(jekyll)
    shown = loaded(out / "api" / "news" / "index.json")["value"]
    assert [item["title"] for item in shown] == ["Board, again", "Odd", "Board"]
    assert {item["locale"] for item in shown} == {"en-us"}
    settings = (beat / "beat.toml").read_text(encoding="utf-8")
    for line in (
        'id = "harbors"',
        'name = "Old Harbors"',
        'address = "https://harbors.example/site/"',
        'main_topic = "Harbors"',
    ):
        assert line in settings
    assert sorted(file.name for file in (beat / "topics").iterdir()) == ["00-harbors.yaml", "01-cameras.yaml"]
    assert (beat / "providers" / "harbor-ledger.example.yaml").is_file()
    issues = loaded(out / "api" / "newsletters" / "index.json")
    assert issues["value"] == [
        {"title": f"Issue of the {day}", "path": f"_newsletters/old-harbors-{day}.html"}
        for day in ("2020-01-13", "2020-01-06")
    ]
    assert wireroom("why", "_news/2020-01-03-held.md", "--beat", beat, "--now", NOW).count("imported post")


def test_an_empty_current_folder_becomes_the_beat(
    jekyll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert "11 new" in wireroom("import", "posts", jekyll)
    assert "0 new, 11 unchanged" in wireroom("import", "posts", jekyll)
    wireroom("edition", "--now", NOW)
    assert record(tmp_path / "here" / "site") == record(jekyll)
    monkeypatch.chdir(tmp_path)
    assert "--beat DIR" in wireroom("import", "posts", jekyll, code=2)


def test_malformed_posts_are_named_and_the_rest_carries_on(jekyll: Path, tmp_path: Path) -> None:
    (jekyll / "_news" / "2020-01-07-open.md").write_text('---\ntitle: "Open\n---\n', encoding="utf-8")
    (jekyll / "_news" / "2020-01-08-date.md").write_text('---\ntitle: "T"\npublishedDateTime: soon\n---\n', "utf-8")
    beat = tmp_path / "harbors"
    said = wireroom("import", "posts", jekyll, "--beat", beat, code=1)
    assert "11 new, 0 unchanged, 2 malformed" in said
    assert "_news/2020-01-07-open.md: line 2" in said
    assert "_news/2020-01-08-date.md: line 3: publishedDateTime: 'soon' is no time" in said
    assert len(record(edition(beat, tmp_path / "out"))) == 11


def test_topics_come_from_the_posts_where_no_data_names_them(jekyll: Path, tmp_path: Path) -> None:
    shutil.rmtree(jekyll / "_data")
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat, "--address", "https://h.example/", "--locale", "de")
    out = edition(beat, tmp_path / "out")
    topics = loaded(out / "api" / "topics" / "index.json")["value"]
    assert [(topic["id"], topic["name"]) for topic in topics] == [("harbors", "Harbors"), ("cameras", "Cameras")]
    assert loaded(out / "api" / "news" / "cameras" / "index.json")["value"][0]["locale"] == "de"


def test_names_that_no_edition_can_have_are_named_and_all_others_come_back(jekyll: Path, tmp_path: Path) -> None:
    news = jekyll / "_news"
    fine = ["-rf.md", "<script>'\" &.md", "%2e%2e.md", "sub/c.md", "UPPER.MD", "日本.md"]
    (news / "sub").mkdir()
    for number, name in enumerate(fine):
        (news / name).write_text(post(f"n{number}", "2020-03-01"), encoding="utf-8")
    before = record(jekyll)
    odd = [b"a\\b.md", b"new\nline.md", b"bad\xff.md"]
    for bad in odd:
        (news / os.fsdecode(bad)).write_text(post("odd", "2020-03-01"), encoding="utf-8")
    (jekyll / "_newsletters" / "q\\z.html").write_text("x", encoding="utf-8")
    beat = tmp_path / "harbors"
    said = wireroom("import", "posts", jekyll, "--beat", beat, code=1)
    assert f"{len(before)} new, 0 unchanged, 4 malformed" in said
    assert said.count("rename the file") == 4
    assert json.loads(wireroom("import", "posts", jekyll, "--beat", beat, "--json", code=1).splitlines()[-1])
    assert record(edition(beat, tmp_path / "out")) == before


def test_odd_topics_of_an_old_site_are_taken_over_as_far_as_they_mean_something(jekyll: Path, tmp_path: Path) -> None:
    for name, text in {
        "02-a": "_id: A B\nname: 365\nshortname: 365\nparent: Loop\nkeywords: ['c*', the, 3d, '']\nservices: [news]\n",
        "03-b": "_id: loop\nname: Loop\nparent: 365\nservices:\n  - name: news\n    endpoint: /x\n",
        "04-c": "_id: harbors\nname: Twice\n",
        "05-d": "_id: own\nname: Own\nparent: Own\nimages: [{url: 'https://i.example/1.png'}]\nservices: {}\n",
        "06-e": "_id: deep\nname: Deep\nparent: cameras\n",
        "07-f": "name:\n",
        "08-g": "- _id: x\n  name: X\n- name: Ünder Water\n",
    }.items():
        (jekyll / "_data" / "topics" / f"{name}.yaml").write_text(text, encoding="utf-8")
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    out = edition(beat, tmp_path / "out")
    topics = {topic["id"]: topic for topic in loaded(out / "api" / "topics" / "index.json")["value"]}
    assert list(topics) == ["harbors", "cameras", "a-b", "loop", "own", "deep", "x", "under-water"]
    assert {name: topic["parent"] for name, topic in topics.items() if "parent" in topic} == {
        "cameras": "Harbors",
        "deep": "Cameras",
    }
    assert (topics["a-b"]["name"], topics["a-b"]["shortname"]) == ("365", "365")
    assert (topics["own"]["images"], topics["own"]["services"]) == (["https://i.example/1.png"], [])
    assert topics["loop"]["services"][0]["name"] == "news"
    assert record(out) == record(jekyll)


def test_an_editors_ruling_outranks_the_imported_file(jekyll: Path, tmp_path: Path) -> None:
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    board, held = "_news/2020-01-02-board.md", "_news/2020-01-03-held.md"
    for ruling, path in (("hold", board), ("publish", held), ("kill", "_news/2020-01-05-again.md")):
        wireroom("desk", ruling, path, "--reason", "the editor said so", "--beat", beat)
    out = edition(beat, tmp_path / "out", now="2100-01-01T00:00:00Z")
    before = record(jekyll)
    assert (out / board).read_bytes() == before[board].replace(b"published: true\r\n", b"published: false\r\n")
    assert (out / held).read_bytes() == before[held].replace(b"published: false\n", b"published: true\n")
    assert not (out / "_news" / "2020-01-05-again.md").exists()
    assert [item["title"] for item in loaded(out / "api" / "news" / "index.json")["value"]] == ["Odd", "Held"]


def test_a_changed_post_is_imported_again_and_keeps_its_path(jekyll: Path, tmp_path: Path) -> None:
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    file = jekyll / "_news" / "2020-01-03-held.md"
    file.write_text(post("elsewhere", "2020-01-03", heat=90), encoding="utf-8")
    assert "0 new, 1 changed, 10 unchanged" in wireroom("import", "posts", jekyll, "--beat", beat)
    assert record(edition(beat, tmp_path / "out", now="2100-01-01T00:00:00Z")) == record(jekyll)


def test_past_editions_hold_what_was_published_then(jekyll: Path, tmp_path: Path) -> None:
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    out = edition(beat, tmp_path / "out", now="2020-01-02T12:00:00Z")
    assert [item["title"] for item in loaded(out / "api" / "news" / "index.json")["value"]] == ["Board"]


def test_a_folder_without_posts_is_named(tmp_path: Path) -> None:
    assert "has no folder _news" in wireroom("import", "posts", tmp_path, "--beat", tmp_path / "b", code=2)
    assert "is no folder" in wireroom("import", "posts", tmp_path / "x", "--beat", tmp_path / "b", code=2)
    assert not (tmp_path / "b").exists()


def test_hostile_posts_come_back_and_are_served_as_they_are(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/hostile"
    strings: list[str] = json.loads((folder / "big_list_of_naughty_strings.json").read_text("utf-8"))
    strings += [case["payload"] for case in json.loads((folder / "dompurify_payloads.dev.json").read_text("utf-8"))]
    texts = {f"_news/2020-01-01-p{n}.md": text for n, text in enumerate(strings[::9]) if text}
    (tmp_path / "old" / "_news").mkdir(parents=True)
    for path, text in texts.items():
        keys = ("title", "excerpt", "originalUrl", "ampWebUrl", "featuredContent", "secured")
        fields: Fields = dict.fromkeys(keys, text)
        fields |= {
            "published": True,
            "provider": {"name": text, "domain": text},
            "topics": [text],
            "images": [{"url": text}],
        }
        (tmp_path / "old" / path).write_bytes(front_matter.write(front_matter.compose(fields)))
    wireroom("import", "posts", tmp_path / "old", "--beat", tmp_path / "beat")
    out = edition(tmp_path / "beat", tmp_path / "out")
    assert record(out) == record(tmp_path / "old")
    items = {item["path"]: item for page in pages(out / "api" / "news") for item in page["value"]}
    assert {path: item["title"] for path, item in items.items()} == texts
    assert {path: item["topics"] for path, item in items.items()} == {path: [text] for path, text in texts.items()}


# ---- the newsletter, from the posts ---------------------------------------------------------------------------------


def issue_of(folder: Path, day: str) -> FrontMatter:
    return front_matter.read((folder / "_newsletters" / f"harbors-{day}.html").read_bytes())


def test_an_issue_has_the_hottest_two_of_the_window(jekyll: Path, tmp_path: Path) -> None:
    news = jekyll / "_news"
    for number, heat in enumerate((75, 99, 81)):
        (news / f"2020-02-0{number + 1}-p{number}.md").write_text(post(f"p{number}", f"2020-02-0{number + 1}", heat))
    (news / "2020-01-20-old.md").write_text(post("old", "2020-01-20", 500))
    (news / "2020-02-09-later.md").write_text(post("later", "2020-02-09", 500))
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    now = "2020-02-04T18:00:00Z"
    said = wireroom("newsletter", "make", "--beat", beat, "--now", now)
    assert said == "_newsletters/harbors-2020-02-04.html: published in the last 7 days\n  P1\n  P2\n"
    out = edition(beat, tmp_path / "out", now=now)
    issue = issue_of(out, "2020-02-04")
    assert list(issue.fields) == ["title", "excerpt", "publishedDateTime", "webUrl", "type", "topics"]
    assert issue.fields["excerpt"] == "P1 / P2"
    assert issue.fields["topics"] == ["Harbors"]
    assert issue.body.index("P1") < issue.body.index("P2")
    listed = loaded(out / "api" / "newsletters" / "index.json")["value"]
    assert listed[0] == {"title": issue.fields["title"], "path": "_newsletters/harbors-2020-02-04.html"}
    assert "No issue" in wireroom("newsletter", "make", "--beat", beat, "--now", now, "--daily")
    assert issue_of(edition(beat, tmp_path / "out", now=now), "2020-02-04") == issue


def test_an_empty_window_widens_to_what_no_issue_told(jekyll: Path, tmp_path: Path) -> None:
    (jekyll / "_news" / "2020-01-05-school.md").write_text(post("school", "2020-01-05"), encoding="utf-8")
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)

    def made(now: str) -> Json:
        words = ("newsletter", "make", "--daily", "--beat", beat, "--now", now, "--json")
        told: Json = json.loads(wireroom(*words))
        return told

    assert made("2020-01-02T18:00:00Z")["titles"] == ["Board"]
    first = made("2020-01-03T18:00:00Z")
    assert (first["made"], first["because"]) == (
        False,
        "nothing was published in the last 8 days that no earlier issue told",
    )
    assert made("2020-01-04T18:00:00Z")["titles"] == ["Odd"]
    later = made("2020-01-07T18:00:00Z")
    assert (later["titles"], later["window_days"]) == (["School"], 4)
    assert made("2020-01-08T18:00:00Z")["made"] is False


def test_an_issue_without_an_archive_goes_into_a_folder(jekyll: Path, tmp_path: Path) -> None:
    beat = tmp_path / "harbors"
    wireroom("import", "posts", jekyll, "--beat", beat)
    for _ in range(2):
        wireroom("newsletter", "make", "--beat", beat, "--now", "2020-01-05T18:00:00Z", "--out", tmp_path / "letters")
    assert issue_of(tmp_path / "letters", "2020-01-05").fields["excerpt"] == "Board, again / Odd"
