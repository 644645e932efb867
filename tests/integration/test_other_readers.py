"""Jekyll and Hugo read our posts, set up as the how-to says: titles, dates, topics and count agree."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Fields

HOW_TO = Path(__file__).parents[2] / "docs/how-to/publish-with-jekyll-or-hugo.md"
BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
COMMANDS = {"jekyll": ("jekyll", "build", "--quiet"), "hugo": ("hugo", "--quiet", "--config", "hugo.toml")}
LISTS = {"jekyll": "_site/posts.json", "hugo": "public/index.json"}
READERS = pytest.mark.parametrize("reader", sorted(COMMANDS))
Told = list[tuple[str, str, list[str]]]
FIRST = datetime(2020, 1, 2, 23, 30, tzinfo=UTC)


def post(number: int, title: str, topics: list[str]) -> Fields:
    published = FIRST + timedelta(hours=number)
    return {
        "category": "news",
        "title": title,
        "excerpt": f"What it says of {title}",
        "publishedDateTime": published,
        "webUrl": f"https://harbor-ledger.example/{number}",
        "type": "video" if number % 7 == 0 else "article",
        "quality": 61,
        "heat": 81,
        "published": number % 5 != 4,
        "provider": {"name": "Harbor Ledger", "domain": "harbor-ledger.example"},
        "topics": list(topics),
        "images": [{"url": "https://i.example/1.png", "width": 640, "isCached": True}],
        "related": [{"title": title, "provider": {"name": "Civic Wire"}, "quality": 7}],
        "secured": "q==;v==;2026",
    }


def write(site: Path, fields: Fields, name: str) -> None:
    (site / "_news").mkdir(parents=True, exist_ok=True)
    (site / "_news" / name).write_bytes(front_matter.write(front_matter.compose(fields)))


def build(reader: str, site: Path) -> Told:
    """Set the site up as the how-to says, build it, and return its list."""
    if shutil.which(reader) is None:
        pytest.skip(f"{reader} is not installed; on Debian and Ubuntu: apt install {reader}")
    for name, text in BLOCK.findall(HOW_TO.read_text(encoding="utf-8")):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    done = subprocess.run(COMMANDS[reader], cwd=site, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    items: list[dict[str, Any]] = json.loads((site / LISTS[reader]).read_text(encoding="utf-8"))
    return sorted((item["title"], item["published"], item["topics"]) for item in items)


def told(posts: list[Fields]) -> Told:
    published = [one for one in posts if one["published"] is True]
    return sorted((str(one["title"]), _stamp(one["publishedDateTime"]), _words(one["topics"])) for one in published)


def _stamp(moment: object) -> str:
    assert isinstance(moment, datetime)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _words(topics: object) -> list[str]:
    assert isinstance(topics, list)
    return topics


@READERS
def test_titles_dates_topics_and_count_agree(reader: str, tmp_path: Path) -> None:
    titles = ["Board’s “quiet” vote", 'say "x": {{ site }} \\ # & <b>', "{% raw %}", "yes", "12", "المدينة", "a\tb 🗞"]
    posts = [post(n, title, ["AI", "Off", "C#: a topic"][: n % 3 + 1]) for n, title in enumerate(titles)]
    for number, fields in enumerate(posts):
        write(tmp_path, fields, f"2020-01-02-post-{number}.md")
    assert build(reader, tmp_path) == told(posts)
    assert len(told(posts)) == 6


@READERS
def test_hostile_titles_and_topics_agree(reader: str, shared: Path, tmp_path: Path) -> None:
    strings: list[str] = json.loads((shared / "data/hostile/big_list_of_naughty_strings.json").read_text("utf-8"))
    posts = [post(n, text, [text]) for n, text in enumerate(strings) if text.strip()]
    for number, fields in enumerate(posts):
        write(tmp_path, fields, f"2020-01-02-post-{number}.md")
    assert build(reader, tmp_path) == told(posts)


@READERS
def test_the_outside_posts_agree(reader: str, shared: Path, tmp_path: Path) -> None:
    shutil.copytree(shared / "data/posts-to-api/_news", tmp_path / "_news")
    posts = [front_matter.read(file.read_bytes()).fields for file in (tmp_path / "_news").iterdir()]
    assert build(reader, tmp_path) == told(posts)
    assert len(posts) == 132
