"""Themes: two are shipped, a beat may bring its own, mistakes are named."""

from pathlib import Path

import pytest

from wireroom.app.themes import load_theme
from wireroom.errors import BeatError


def own(beat: Path, name: str = "evening", **files: str) -> Path:
    folder = beat / "themes" / name
    folder.mkdir(parents=True)
    for file, text in files.items():
        (folder / file.replace("_", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["wire", "sheet"])
def test_shipped_themes_need_no_files(tmp_path: Path, name: str) -> None:
    assert load_theme(tmp_path, name).name == name


def test_a_beat_brings_its_own(tmp_path: Path) -> None:
    own(tmp_path, front_html='{% extends "wire/front.html" %}', style_css="body { color: red }")
    theme = load_theme(tmp_path, "evening")
    assert dict(theme.templates) == {"front.html": '{% extends "wire/front.html" %}'}
    assert theme.style == "body { color: red }"


def test_a_broken_template_is_named_with_its_line(tmp_path: Path) -> None:
    own(tmp_path, front_html="<p>\n{% if %}</p>")
    with pytest.raises(BeatError, match=r"front\.html, line 2"):
        load_theme(tmp_path, "evening")


@pytest.mark.parametrize("name", ["shet", "..", "../themes", "a/b"])
def test_an_unknown_theme_is_named_with_the_nearest(tmp_path: Path, name: str) -> None:
    with pytest.raises(BeatError, match="neither a folder"):
        load_theme(tmp_path, name)
