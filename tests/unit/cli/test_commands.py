"""The command line as a user or a program meets it: exit codes, stdout for answers, stderr for messages."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BEAT = ROOT / "beats" / "ai-watch"


def wireroom(*words: str, stdin: str = "", cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wireroom", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, input=stdin, cwd=cwd, timeout=120)


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    assert wireroom("new", str(tmp_path / "mine"), "--from", "blank").returncode == 0
    return tmp_path / "mine"


def test_no_command_shows_help() -> None:
    done = wireroom("--help")
    assert done.returncode == 0
    assert "A newsroom for one beat" in done.stdout


def test_wrong_use_is_2(tmp_path: Path) -> None:
    assert wireroom("nonsense").returncode == 2
    done = wireroom("config", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "wireroom new DIR" in done.stderr


def test_wrong_beat_is_2_and_names_key(beat: Path) -> None:
    file = beat / "beat.toml"
    file.write_text(file.read_text("utf-8").replace("locale", "local"), encoding="utf-8")
    done = wireroom("edition", "--beat", str(beat))
    assert done.returncode == 2
    assert "did you mean 'locale'?" in done.stderr


def test_config_gives_values_as_the_file_would_hold_them(beat: Path) -> None:
    said = wireroom("config", "--json", "--beat", str(beat)).stdout
    values = {one["key"]: one["value"] for one in json.loads(said)}
    assert values["windows.front_h"] == 72
    assert values["edition.write_held"] is True
    assert values["edition.hub"] is None
    assert values["desk.quotas"] == {}
    plain = wireroom("config", "--beat", str(beat)).stdout.splitlines()
    assert 'beat.preset = "modern"' in plain
    assert "edition.hub = (not set)" in plain


def test_unusable_archive_is_3(beat: Path) -> None:
    state = beat / ".wireroom"
    state.mkdir()
    (state / "archive.db").write_text("this is no database, it is a note to myself " * 50, encoding="utf-8")
    done = wireroom("edition", "--beat", str(beat))
    assert done.returncode == 3, done.stderr
    assert "archive.db" in done.stderr
    assert "Traceback" not in done.stderr


def test_empty_beat_makes_an_empty_edition(beat: Path) -> None:
    done = wireroom("run", "--beat", str(beat), "--now", "2026-11-20T09:00:00Z", "--json")
    assert done.returncode == 0, done.stderr
    summary = lines(done)[0]
    assert [summary[key] for key in ("discovered", "stored", "published", "stories")] == [0, 0, 0, 0]
    assert (beat / "site" / "index.html").is_file()


def test_same_now_same_bytes(beat: Path) -> None:
    words = ("edition", "--beat", str(beat), "--now", "2026-11-20T09:00:00Z", "--json")
    first, second = lines(wireroom(*words))[0], lines(wireroom(*words))[0]
    assert first["deliveries"] != second["deliveries"]
    assert second["deliveries"][0]["written"] == []  # type: ignore[index]


def test_bad_time_is_2(beat: Path) -> None:
    done = wireroom("edition", "--beat", str(beat), "--now", "yesterday")
    assert done.returncode == 2
    assert "write it like 2026-11-20T09:15:00Z" in " ".join(done.stderr.replace("│", " ").split())


def test_why_of_nothing_is_1(beat: Path) -> None:
    done = wireroom("why", "https://nowhere.example/", "--beat", str(beat))
    assert done.returncode == 1
    assert "no article at https://nowhere.example/" in done.stderr


def test_try_goes_on_after_a_bad_input(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("no front matter", encoding="utf-8")
    good = '---\ncategory: news\ntitle: "A"\n---\n\n'
    (tmp_path / "good.md").write_text(good, encoding="utf-8")
    done = wireroom("try", "post", *(str(tmp_path / name) for name in ("bad.md", "missing.md", "good.md")))
    assert done.returncode == 1
    first, second, third = lines(done)
    assert "line 1" in str(first["error"])
    assert "No such file" in str(second["error"])
    assert third["identical"] is True


def test_try_reads_words_from_stdin() -> None:
    done = wireroom("try", "slug", "-", stdin="Board votes 4–1\nZweiter Titel\n")
    assert lines(done) == [
        {"input": "Board votes 4–1", "slug": "board-votes-41"},
        {"input": "Zweiter Titel", "slug": "zweiter-titel"},
    ]


def test_try_url_and_amp() -> None:
    done = wireroom("try", "url", "https://www.harbor-ledger.example/a?utm_source=x#top", "not a url")
    assert done.returncode == 1
    good, bad = lines(done)
    assert good["canonical"] == "https://www.harbor-ledger.example/a"
    assert good["domain"] == "harbor-ledger.example"
    assert "error" in bad
    assert lines(wireroom("try", "amp", "https://harbor-ledger.example/amp/a"))[0]["cdnAmpUrl"] == (
        "https://harbor--ledger-example.cdn.ampproject.org/c/s/harbor-ledger.example/amp/a"
    )


def test_try_stories_and_copies() -> None:
    rows = [
        {
            "id": "1",
            "title": "Larkmoor board votes for face cameras",
            "url": "https://a.example/1",
            "published": "2026-11-01",
        },
        {
            "id": "2",
            "title": "Larkmoor board votes 5-2 for face cameras",
            "url": "https://b.example/2",
            "published": "2026-11-01",
        },
        {
            "id": "3",
            "title": "Chip maker reports record quarter",
            "url": "https://c.example/3",
            "published": 1793500000000,
        },
    ]
    stdin = "\n".join(json.dumps(row) for row in rows)
    done = lines(wireroom("try", "stories", "-", stdin=stdin))
    story = {line["id"]: line["story"] for line in done}
    assert story["1"] == story["2"] != story["3"]
    text = "The board of Larkmoor voted five to two on Tuesday to buy cameras that recognise faces at every door. " * 8
    copies = "\n".join(
        json.dumps(
            {"id": one, "title": "T", "text": text, "provider": f"{one}.example", "published": f"2026-11-0{one}"}
        )
        for one in ("1", "2")
    )
    found = {line["id"]: line["copyOf"] for line in lines(wireroom("try", "copies", "-", stdin=copies))}
    assert found == {"1": None, "2": "1"}


def test_half_a_sign_in_one_row_stops_no_other() -> None:
    rows = "\n".join(
        f'{{"id": "{one}", "title": "{one} \\ud800 \\u0000 \\u202e", "text": "\\udfff", "published": "2026-11-01"}}'
        for one in ("a", "b")
    )
    for command in (("stories",), ("copies",), ("topics", "--beat", "beats/ai-watch")):
        done = wireroom("try", *command[:1], "-", *command[1:], stdin=rows)
        assert done.returncode == 0, done.stderr
        assert len(lines(done)) == 2


def test_try_topics_and_sanitize(tmp_path: Path) -> None:
    row = json.dumps({"title": "School board bans facial recognition in schools"})
    found = lines(wireroom("try", "topics", "-", "--beat", str(BEAT), stdin=row))[0]["topics"]
    assert {"facial-recognition", "fr-schools"} <= {topic["id"] for topic in found}  # type: ignore[attr-defined]
    (tmp_path / "x.html").write_text("<p onclick=evil()>Hi<script>alert(1)</script></p>", encoding="utf-8")
    assert lines(wireroom("try", "sanitize", str(tmp_path / "x.html")))[0]["html"] == "<p>Hi</p>"


def test_try_parse(tmp_path: Path) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_text(
        '<rss version="2.0"><channel><title>T</title><link>https://a.example/</link><item><title>One</title>'
        "<link>/one</link><description>&lt;b onclick='x()'&gt;bold&lt;/b&gt;</description>"
        "<pubDate>Fri, 20 Nov 2026 10:15:00 +0100</pubDate></item></channel></rss>",
        encoding="utf-8",
    )
    line = lines(wireroom("try", "parse", str(feed), "--url", "https://a.example/feed.xml"))[0]
    entry = line["entries"][0]  # type: ignore[index]
    assert entry["link"] == "https://a.example/one"
    assert entry["published"] == "2026-11-20T09:15:00Z"
    assert entry["summary"] == "<b>bold</b>"
