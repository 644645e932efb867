"""What we know of publishers stands in tables that say when they were looked over, and names no page."""

from datetime import date
from importlib.resources import files

import pytest

from wireroom.intake.extract.tables import table
from wireroom.text.html import is_selector

NAMES = sorted(
    file.name.removesuffix(".toml")
    for file in files("wireroom.intake.extract.tables").iterdir()
    if file.name.endswith(".toml")
)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_is_dated_and_names_no_page(name: str) -> None:
    known = table(name)
    assert date.fromisoformat(known["as_of"]) >= date(2026, 1, 1)
    assert "http" not in str(known)


def test_selectors_can_be_read_and_are_trusted_between_nothing_and_all() -> None:
    known = table("selectors")
    for search in known["searches"].values():
        for selector in (*search["always"], *search["words"].values()):
            assert is_selector(selector)
    for level in known["bylines"]:
        assert 0 < level["confidence"] < 1


def test_meta_names_are_lower_case_and_trusted_between_nothing_and_all() -> None:
    for name, (field, source, confidence) in table("metas")["names"].items():
        assert name == name.lower()
        assert field
        assert source in {"open-graph", "twitter", "meta"}
        assert 0 < confidence < 1
