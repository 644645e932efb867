"""A backup holds all that an edition is made of, and unpacks into nothing but its own folder."""

import io
import tarfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.app.backup import restore
from wireroom.app.demo import run_demo
from wireroom.cli.commands import app
from wireroom.errors import UsageError
from wireroom.runner.room import Silent

NOW = "2026-11-21T09:00:00Z"


def wireroom(*words: object, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, result.output
    return result.output


def tree(folder: Path) -> dict[str, bytes]:
    # The outlet's own manifest holds the times at which files were written.
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".wireroom-"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_restored_newsroom_makes_the_same_edition(tmp_path: Path) -> None:
    run_demo(tmp_path / "demo", report=Silent())
    file = tmp_path / "kept.tar.gz"
    assert "Wrote" in wireroom("backup", file, "--beat", tmp_path / "demo")
    assert file.stat().st_mode & 0o777 == 0o600
    with tarfile.open(file) as tar:
        assert not any(name.startswith("site/") for name in tar.getnames())
    assert "exists already" in wireroom("backup", file, "--beat", tmp_path / "demo", code=2)
    assert "Restored" in wireroom("restore", file, tmp_path / "other")
    assert "already holds something" in wireroom("restore", file, tmp_path / "other", code=2)
    for beat in ("demo", "other"):
        wireroom("edition", "--beat", tmp_path / beat, "--now", NOW, "--out", tmp_path / f"{beat}-out")
    assert len(tree(tmp_path / "demo-out")) > 300
    assert tree(tmp_path / "demo-out") == tree(tmp_path / "other-out")


@pytest.mark.parametrize("name", ["../evil.txt", "a/../../evil.txt", "/evil.txt", "a//evil.txt"])
def test_nothing_is_unpacked_elsewhere(tmp_path: Path, name: str) -> None:
    file = tmp_path / "kept.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        for member in ("beat.toml", ".wireroom/archive.db", name):
            info = tarfile.TarInfo(member)
            info.size = 1
            tar.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(UsageError, match="is no plain file inside a backup"):
        restore(file, tmp_path / "in")
    assert not list(tmp_path.rglob("evil.txt"))


def test_links_and_other_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "kept.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        for member in ("beat.toml", ".wireroom/archive.db"):
            tar.addfile(tarfile.TarInfo(member))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    with pytest.raises(UsageError, match="'link' is no plain file"):
        restore(file, tmp_path / "in")
    (tmp_path / "text.tar.gz").write_text("no archive")
    with pytest.raises(UsageError, match="cannot be restored"):
        restore(tmp_path / "text.tar.gz", tmp_path / "new")
