"""Queries: fields, phrases, exclusions and dates; nothing a user types is an error."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireroom.text.queries import Sought, answers, parse_query

BOARD = Sought(
    title="State board tells district to switch off its cameras",
    excerpt="The vote was 4–1. Élodie Marsh, the chair, voted no.",
    provider=("Harbor Ledger", "harbor-ledger.example"),
    topics=("fr-schools", "Facial Recognition in Schools"),
    story=("3f2a", "State board tells district to switch off its cameras"),
    published_at=datetime(2026, 11, 20, 6, 10, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "board cameras",
        "BOARD elodie",
        '"switch off"',
        'title:"state board" vote',
        "topic:fr-schools",
        'topic:"facial recognition"',
        "provider:ledger",
        "provider:harbor-ledger.example",
        "story:3f2a",
        "after:2026-11-20 before:2026-11-21",
        "after:2026 before:2027",
        "-drones board",
        "-provider:gazette",
        '"unclosed',
        "after:soon",
    ],
)
def test_asked_and_found(query: str) -> None:
    expected = query not in ('"unclosed', "after:soon")
    assert answers(parse_query(query), BOARD) is expected


@pytest.mark.parametrize(
    "query",
    [
        "drones",
        '"off switch"',
        "title:vote",
        "-board",
        "after:2026-11-21",
        "before:2026-11-20",
        "topic:courts",
        "xyz:board",
    ],
)
def test_asked_and_not_found(query: str) -> None:
    assert not answers(parse_query(query), BOARD)


def test_undated_records_have_no_before() -> None:
    assert not answers(parse_query("before:2030"), Sought(title="x"))


@given(st.text())
def test_nothing_typed_is_an_error(query: str) -> None:
    assert answers(parse_query(query), BOARD) in (True, False)
