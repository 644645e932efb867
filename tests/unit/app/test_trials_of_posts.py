"""`try post` answers for every file, one line each, whatever YAML says."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.cli.commands import app


def tried(tmp_path: Path, *texts: str) -> tuple[int, list[dict[str, object]]]:
    files = [tmp_path / f"{number}.md" for number in range(len(texts))]
    for file, text in zip(files, texts, strict=True):
        file.write_bytes(f"---\n{text}---\n\n".encode())
    done = CliRunner().invoke(app, ["try", "post", *map(str, files)])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_one_bad_post_never_stops_the_others(tmp_path: Path) -> None:
    bad = ['title: "a\n', "title: a\npublishedDateTime: soon\n", "me: &me [*me]\n", f"t: {'[' * 9000}{']' * 9000}\n"]
    code, lines = tried(tmp_path, *bad, "title: fine\n")
    assert code == 1
    reasons = [str(line["error"]) for line in lines[:-1]]
    assert [reason.partition(":")[0] for reason in reasons] == ["line 2", "line 3", "line 2", "line 2"]
    assert reasons[1].startswith("line 3: publishedDateTime: 'soon' is no time")
    assert lines[-1]["identical"] is True


@pytest.mark.parametrize(
    ("yaml", "key", "value"),
    [
        ("no: 5\n", "false", 5),
        ("~: 5\n", "null", 5),
        ("1: 5\n", "1", 5),
        ("2020-01-01: 5\n", "2020-01-01", 5),
        ("x: !!binary aGVsbG8=\n", "x", "aGVsbG8="),
        ("x: {yes: [no]}\n", "x", {"true": [False]}),
        ("x: .inf\n", "x", None),
    ],
)
def test_what_yaml_can_hold_is_shown_as_json_can(tmp_path: Path, yaml: str, key: str, value: object) -> None:
    code, [line] = tried(tmp_path, yaml)
    assert (code, line["identical"], line["record"]) == (0, True, {key: value})


def test_words_and_names_that_are_not_utf8_are_answered_too(tmp_path: Path) -> None:
    for stage, word in ((b"slug", b"caf\xe9 opens"), (b"post", b"caf\xe9.md"), (b"amp", b"https://\xff/")):
        command = [sys.executable.encode(), b"-m", b"wireroom", b"try", stage, word]
        done = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path)
        assert done.stderr == b""
        assert json.loads(done.stdout)["input"].encode("utf-8", "surrogateescape") == word
