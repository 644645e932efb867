"""Where editions go is said in beat.toml; what is missing or odd there is named."""

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.adapters.outlets import FolderOutlet, GitOutlet, RemoteOutlet
from wireroom.app.beat import load_beat
from wireroom.app.build import outlet_folders, outlets
from wireroom.app.starting import start_beat
from wireroom.cli.commands import app
from wireroom.errors import BeatError


def beat_with(folder: Path, *lines: str) -> Path:
    start_beat(folder, "blank")
    file = folder / "beat.toml"
    text, _, _ = file.read_text(encoding="utf-8").partition("[outlets")
    file.write_text("\n".join([text, *lines, ""]), encoding="utf-8")
    return folder


def test_each_kind_has_its_outlet(tmp_path: Path) -> None:
    lines = (
        '[outlets.a]\npath = "a"',
        '[outlets.b]\nkind = "git"\npath = "b"\nremote = "origin"',
        '[outlets.c]\nkind = "rsync"\npath = "c"\ntarget = "www@harbor-ledger.example:/srv/news/"',
        '[outlets.d]\nkind = "s3"\npath = "d"\nbucket = "harbor-news"\nendpoint = "https://objects.example"',
    )
    beat = load_beat(beat_with(tmp_path / "beat", *lines))
    assert [type(outlet) for outlet in outlets(beat)] == [FolderOutlet, GitOutlet, RemoteOutlet, RemoteOutlet]
    assert [folder.name for folder in outlet_folders(beat)] == ["a", "b", "c", "d"]
    assert [type(outlet) for outlet in outlets(beat, tmp_path / "out")] == [FolderOutlet]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('kind = "rsync"', "needs a target"),
        ('kind = "s3"', "needs a bucket"),
        ('kind = "ftp"', "outlets.x.kind"),
        ('kind = "git"\nremote = "--upload-pack=touch x"', "outlets.x.remote"),
        ('kind = "git"\nbranch = "-f"', "outlets.x.branch"),
        ('kind = "rsync"\ntarget = "-e sh"', "outlets.x.target"),
        ('kind = "s3"\nbucket = "b/../c"', "outlets.x.bucket"),
        ('kind = "s3"\nbucket = "news"\nprefix = "no-slash"', "outlets.x.prefix"),
    ],
)
def test_what_is_odd_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    beat = beat_with(tmp_path / "beat", f'[outlets.x]\npath = "x"\n{line}')
    with pytest.raises(BeatError, match=complaint):
        load_beat(beat)


def test_the_command_commits_an_edition_and_a_dry_run_lists_it(tmp_path: Path) -> None:
    beat = beat_with(tmp_path / "beat", '[outlets.x]\nkind = "git"\npath = "../clone"')
    edition = ["edition", "--beat", str(beat), "--now", "2026-11-20T09:00:00Z"]
    failed = CliRunner().invoke(app, edition)
    assert failed.exit_code == 1
    assert "is in no git clone" in failed.stderr
    subprocess.run(["git", "init", "--quiet", str(tmp_path / "clone")], check=True)
    listed = CliRunner().invoke(app, [*edition, "--dry-run"])
    assert "write   index.html" in listed.stdout
    assert CliRunner().invoke(app, edition).exit_code == 0
    done = subprocess.run(["git", "ls-files"], cwd=tmp_path / "clone", check=True, capture_output=True, text=True)
    assert {"index.html", "api/news/index.json"} <= set(done.stdout.splitlines())
    assert ".wireroom-manifest.json" not in done.stdout
