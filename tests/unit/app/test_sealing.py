from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from wireroom.app.keys import held_keys, make_key
from wireroom.app.sealing import Opened, Resealed, Unopened, open_file, posts_in, record_path, reseal_file
from wireroom.cli.commands import app
from wireroom.errors import UsageError
from wireroom.text.seals import KeyRing, read_ring, seal

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLD = "2025:" + "11" * 64
NEW = "2026:" + "22" * 64
POST = '---\r\ntitle: "One"\r\n\r\nsecured: "{}"\r\nodd: key # kept\r\n---\r\n\r\n'


def post(folder: Path, name: str, payload: object, ring: KeyRing) -> Path:
    file = folder / "site" / "_news" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(POST.format(seal(payload, f"_news/{name}", ring)).encode())
    return file


def test_keys_come_from_the_environment_or_from_a_file_for_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"# mine\n{OLD}\n{NEW}\n", encoding="utf-8")
    file.chmod(0o600)
    from_file = held_keys({"WIREROOM_KEY_FILE": str(file)})
    assert from_file == held_keys({"WIREROOM_KEYS": f"{OLD}, {NEW}"}) == held_keys({"WIREROOM_KEYS": f"{OLD} {NEW}"})
    assert from_file.newest == "2026"
    assert held_keys({}) == KeyRing()
    for mode in (0o640, 0o604, 0o644, 0o700):
        file.chmod(mode)
        with pytest.raises(UsageError, match="mode 0600"):
            held_keys({"WIREROOM_KEY_FILE": str(file)})
    with pytest.raises(UsageError, match="both set"):
        held_keys({"WIREROOM_KEY_FILE": str(file), "WIREROOM_KEYS": OLD})
    with pytest.raises(UsageError, match="cannot be read"):
        held_keys({"WIREROOM_KEY_FILE": str(tmp_path / "none")})


def test_a_new_key_is_the_newest_of_its_file(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    assert [make_key(None, NOW, file), make_key(None, NOW, file), make_key("mine", NOW, file)] == [
        "2026-11-21",
        "2026-11-21-2",
        "mine",
    ]
    assert file.stat().st_mode & 0o777 == 0o600
    assert held_keys({"WIREROOM_KEY_FILE": str(file)}).newest == "mine"
    first, second = (read_ring([make_key("one", NOW)]) for _ in range(2))
    assert first.keys != second.keys
    with pytest.raises(UsageError, match="an id of its own"):
        make_key("mine", NOW, file)


def test_a_record_is_known_by_its_path_in_the_site(tmp_path: Path) -> None:
    assert record_path(tmp_path / "site" / "_news" / "a.md") == "_news/a.md"
    assert record_path(tmp_path / "_old" / "_newsletters" / "b.html") == "_newsletters/b.html"


def test_resealing_changes_one_field_and_no_other_byte(tmp_path: Path) -> None:
    old, both = read_ring([OLD]), read_ring([OLD, NEW])
    file = post(tmp_path, "a.md", {"notes": "ask"}, old)
    before = file.read_bytes()
    file.chmod(0o640)
    assert reseal_file(file, both) == Resealed(input=str(file), path="_news/a.md", resealed=True)
    assert file.stat().st_mode & 0o777 == 0o640
    assert file.read_bytes() == before.replace(
        seal({"notes": "ask"}, "_news/a.md", old).encode(), seal({"notes": "ask"}, "_news/a.md", both).encode()
    )
    assert reseal_file(file, both) == Resealed(input=str(file), path="_news/a.md", resealed=False)
    assert open_file(file, None, both) == Opened(input=str(file), path="_news/a.md", payload={"notes": "ask"})


def test_what_cannot_be_opened_stays_as_it_is(tmp_path: Path) -> None:
    file = post(tmp_path, "a.md", {"notes": "ask"}, read_ring([OLD]))
    before = file.read_bytes()
    assert isinstance(reseal_file(file, read_ring([NEW])), Unopened)
    assert isinstance(open_file(file, "_news/b.md", read_ring([OLD])), Unopened)
    assert isinstance(open_file(tmp_path / "none.md", None, KeyRing()), Unopened)
    assert file.read_bytes() == before
    with pytest.raises(UsageError, match="no key to seal with"):
        reseal_file(file, KeyRing())


def test_the_commands_open_and_reseal_folders(tmp_path: Path) -> None:
    old = read_ring([OLD])
    files = [post(tmp_path, f"{name}.md", {"of": name}, old) for name in "ab"]
    (tmp_path / "site" / "_news" / "c.md").write_text('---\ntitle: "Nothing sealed"\n---\n\n', encoding="utf-8")
    assert len(list(posts_in([tmp_path / "site", files[0]]))) == 4
    run = CliRunner(env={"WIREROOM_KEYS": f"{OLD} {NEW}"})
    resealed = run.invoke(app, ["seal", "reseal", str(tmp_path / "site")])
    assert (resealed.exit_code, resealed.stdout) == (0, "2 sealed anew, 1 unchanged, 0 failed\n")
    opened = run.invoke(app, ["seal", "open", str(files[1])])
    assert opened.stdout == f'{{"input":"{files[1]}","path":"_news/b.md","payload":{{"of":"b"}}}}\n'
    refused = CliRunner(env={"WIREROOM_KEYS": OLD}).invoke(app, ["seal", "open", str(files[1])])
    assert refused.exit_code == 1
    assert "cannot be opened" in refused.stdout
