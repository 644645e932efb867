"""Files stay small enough to be read in one sitting; tables of data are the exception."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 350
TABLES = ("migrations",)
"""Folders whose files are data: a migration spells out a whole schema, once, and is never edited again."""
CODE = [path for path in sorted((ROOT / "src").rglob("*.py")) if not set(TABLES) & set(path.parts)]


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_file_answers_one_question(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert text == "" or text.startswith('"""'), f"{path} does not say which question it answers"
