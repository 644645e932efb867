"""Documentation fails the build: every command, setting and layer is described."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from wireroom.app.settings import BeatFile
from wireroom.cli.commands import app
from wireroom.records.policy import PresetTerm
from wireroom.scoring.presets import SHIPPED, shipped

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
BEAT = (ROOT / "docs" / "reference" / "beat.md").read_text(encoding="utf-8")
SCORING = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")


def commands(group: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{path}{name} ")
        else:
            yield f"{path}{name}", command


ALL = list(commands(typer.main.get_command(app)))


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_command_is_described(name: str, command: Any) -> None:
    group, _, last = name.rpartition(" ")
    assert f"`{'wireroom ' if group != 'try' else ''}{group or last}" in COMMANDS
    assert last in COMMANDS
    assert "Example: wireroom" in (command.help or ""), "help without an example"


def settings(model: type[BaseModel], path: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings(kind, f"{path}{name}.")
        else:
            yield path + name


@pytest.mark.parametrize("key", list(settings(BeatFile)))
def test_setting_is_described(key: str) -> None:
    assert f"`{key}" in BEAT


def test_every_document_is_linked_or_listed() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [path.name[:4] for path in decisions] == [f"{number:04}" for number in range(1, len(decisions) + 1)]


def in_words(term: PresetTerm) -> str:
    return f"| {term.name} | `{term.signal}` | {'share of the sum' if term.share else f'{term.weight:g}'}"


@pytest.mark.parametrize("name", SHIPPED)
def test_every_term_is_explained_under_its_own_preset(name: str) -> None:
    chapter = SCORING.partition(f"\n## `{name}`\n")[2].partition("\n## `")[0]
    preset = shipped(name)
    for term in (*preset.quality, *preset.heat):
        row = next((line for line in chapter.splitlines() if in_words(term) in line), "")
        assert term.why in row, term.name
