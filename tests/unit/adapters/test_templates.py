"""Compiled templates are kept, told apart by source and code, and never stand in the way."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FunctionLoader

from wireroom.adapters import templates
from wireroom.adapters.templates import CompiledTemplates


def said(folder: Path, source: str) -> str:
    environment = Environment(loader=FunctionLoader(lambda _: source), bytecode_cache=CompiledTemplates(folder))
    return environment.get_template("page.html").render(name="Ada")


def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    inner: Any = Environment._generate

    def generate(*given: Any, **named: Any) -> Any:
        seen.append("compiled")
        return inner(*given, **named)

    monkeypatch.setattr(Environment, "_generate", generate)
    return seen


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = compiled(monkeypatch)
    assert [said(tmp_path, "Hello {{ name }}") for _ in range(2)] == ["Hello Ada", "Hello Ada"]
    assert len(seen) == 1
    assert said(tmp_path, "Bye {{ name }}") == "Bye Ada"
    monkeypatch.setattr(templates, "code", lambda: "another release")
    assert said(tmp_path, "Bye {{ name }}") == "Bye Ada"
    assert len(seen) == 3


@pytest.mark.parametrize("harm", [b"", b"nonsense", b"\0" * 400])
def test_a_damaged_one_is_made_again(tmp_path: Path, harm: bytes) -> None:
    said(tmp_path, "Hello {{ name }}")
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[: 60 if harm else 0] + harm)
    assert said(tmp_path, "Hello {{ name }}") == "Hello Ada"


def test_no_room_is_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert said(tmp_path / "file" / "folder", "Hello {{ name }}") == "Hello Ada"
