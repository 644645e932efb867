"""`try stories` and its like answer for every row that can be read, and say of the others what is wrong."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.cli.commands import app


def tried(file: Path, body: bytes) -> tuple[int, list[dict[str, str]]]:
    file.write_bytes(body)
    done = CliRunner().invoke(app, ["try", "stories", str(file)])
    return done.exit_code, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_bad_line_never_stops_the_others(tmp_path: Path) -> None:
    code, lines = tried(
        tmp_path / "a.jsonl", b'{"id": "1", "title": "A vote"}\nnope\n[1]\n{"id": "4", "title": "A fire"}\n'
    )
    assert code == 1
    assert [line["input"].partition(":")[2] for line in lines if "input" in line] == ["2", "3"]
    assert [line["error"] for line in lines if "error" in line] == [
        "not JSON: Expecting value",
        "not an object with keys such as id and title",
    ]
    assert [line["id"] for line in lines if "id" in line] == ["1", "4"]


def test_line_separators_within_a_text_end_no_row(tmp_path: Path) -> None:
    row = json.dumps({"id": "1", "title": "A\u2028vote", "text": "x\x85y"}, ensure_ascii=False)
    code, lines = tried(tmp_path / "a.jsonl", row.encode())
    assert (code, [line["id"] for line in lines]) == (0, ["1"])


def test_a_column_may_hold_a_megabyte(tmp_path: Path) -> None:
    code, lines = tried(tmp_path / "a.csv", b"id,title,text\n1,A vote," + b"words " * 170_000 + b"\n2,A fire,short\n")
    assert (code, [line["id"] for line in lines]) == (0, ["1", "2"])


def test_a_table_that_tells_nothing_is_named_with_its_columns(tmp_path: Path) -> None:
    code, lines = tried(tmp_path / "a.csv", b"id,headline\n1,A vote\n")
    assert (code, len(lines)) == (1, 1)
    assert lines[0]["error"] == "a column named title, excerpt or text is wanted; it has id, headline"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_tables_of_office_programs_are_read(tmp_path: Path, encoding: str) -> None:
    code, lines = tried(tmp_path / "a.csv", "id,title\r\nsé,A vote\r\n".encode(encoding))
    assert (code, [line["id"] for line in lines]) == (0, ["sé"])


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["try", "stories", str(tmp_path / "none.csv")])
    (line,) = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, line["error"]) == (1, "cannot be read: No such file or directory")
