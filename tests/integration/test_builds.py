"""What `wireroom edition` writes: nothing when nothing changed, the pages of one article when one changed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.app.importing import Wish, import_posts
from wireroom.cli.commands import app
from wireroom.edition.render import front_matter
from wireroom.edition.render.yaml_text import Fields

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def article(number: int) -> Fields:
    return {
        "category": "news",
        "title": f"Board votes on camera {number}",
        "excerpt": "It voted four to one.",
        "publishedDateTime": NOW - timedelta(days=3 + number),
        "originalUrl": f"https://ledger.example/{number}",
        "webUrl": f"https://ledger.example/{number}",
        "type": "article",
        "quality": 80,
        "heat": 90 + number,
        "published": True,
        "provider": {"name": "Harbor Ledger", "domain": "ledger.example"},
        "topics": ["Cameras"],
    }


def run(*words: object) -> list[str]:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


def brought(folder: Path, now: datetime, **changes: str) -> Path:
    for number in range(6):
        post = folder / f"posts/_news/2026-11-0{number + 1}-{number}.md"
        post.parent.mkdir(parents=True, exist_ok=True)
        fields = article(number) | (changes if number == 4 else {})
        post.write_bytes(front_matter.write(front_matter.compose(fields)))
    import_posts(folder / "posts", folder / "beat", Wish(address="https://ledger.example/"), now)
    return folder / "beat"


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    folder = brought(tmp_path, NOW - timedelta(hours=1))
    run("edition", "--beat", folder, "--now", NOW.isoformat())
    return folder


def changed(beat: Path, hours: float = 0) -> set[str]:
    now = NOW + timedelta(hours=hours)
    lines = run("edition", "--beat", beat, "--now", now.isoformat(), "--dry-run")
    return {line.split()[1] for line in lines if line.startswith(("write ", "remove "))}


def test_nothing_changed_writes_nothing(beat: Path) -> None:
    assert changed(beat) == set()
    assert any("0 files written" in line for line in run("edition", "--beat", beat, "--now", NOW.isoformat()))


def test_an_hour_later_only_what_shows_the_hour_is_written(beat: Path) -> None:
    assert changed(beat, 1) <= {"index.html", "llms.txt"}


def test_one_changed_article_touches_its_pages_and_lists(beat: Path, tmp_path: Path) -> None:
    brought(tmp_path, NOW - timedelta(minutes=30), title="Board votes again")
    found = changed(beat)
    articles = {path for path in found if path.startswith(("articles/", "_news/", "stories/"))}
    assert len(articles) == 3, articles
    assert {"feeds/rss.xml", "api/news/index.json", "index.html"} <= found


def test_a_dry_run_lists_what_would_go_and_leaves_all_as_it_is(beat: Path) -> None:
    before = {path: path.read_bytes() for path in (beat / "site").rglob("*") if path.is_file()}
    run("desk", "kill", "https://ledger.example/4", "--beat", beat, "--reason", "libel", "--now", NOW.isoformat())
    found = changed(beat)
    assert any(path.startswith("articles/") for path in found)
    assert {path: path.read_bytes() for path in (beat / "site").rglob("*") if path.is_file()} == before
    run("edition", "--beat", beat, "--now", NOW.isoformat())
    bodies = [path.read_bytes() for path in (beat / "site").rglob("*") if path.is_file()]
    assert not any(b"camera 4" in body for body in bodies)


def test_an_outlet_that_fails_keeps_no_other_from_its_edition(beat: Path) -> None:
    settings = beat / "beat.toml"
    folders = '\n[outlets.a]\nkind = "git"\npath = "no-clone"\n[outlets.b]\nkind = "folder"\npath = "b"\n'
    settings.write_text(settings.read_text("utf-8") + folders, "utf-8")
    result = CliRunner().invoke(app, ["edition", "--beat", str(beat), "--now", NOW.isoformat()])
    assert result.exit_code != 0
    assert "no-clone is in no git clone" in result.output
    assert "every other outlet has its edition" in result.output
    assert (beat / "b/index.html").is_file()
