"""Days to come: found when they are written out, and not made up."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireroom.text.days_ahead import days_ahead

WRITTEN = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The hearing is on December 3.", date(2026, 12, 3)),
        ("The hearing is on Dec. 3rd, 2026, at noon", date(2026, 12, 3)),
        ("beginning January 1, the City Council decided", date(2027, 1, 1)),
        ("Am 3. Dezember entscheidet das Gericht", date(2026, 12, 3)),
        ("le 1er février 2027", date(2027, 2, 1)),
        ("el 14 de marzo de 2027", date(2027, 3, 14)),
        ("due 2026-12-31 at the latest", date(2026, 12, 31)),
        ("a vote on 5 May", date(2027, 5, 5)),
    ],
)
def test_found(text: str, day: date) -> None:
    assert list(days_ahead(text, WRITTEN)) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "The board voted on November 18, 2026.",
        "December 35",
        "they may 3D print it",
        "Decision 4 of Marco 5",
        "by 2040-01-01",
        "December 3.5 percent",
        "on 30 February",
        "version 2026-13-40",
        "12 markets",
    ],
)
def test_not_made_up(text: str) -> None:
    assert list(days_ahead(text, WRITTEN)) == []


@given(st.text(), st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_any_text_is_read(text: str, written: date) -> None:
    assert all(day > written for day in days_ahead(text, written))
