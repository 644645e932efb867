"""Are copies told from independent reports? On our own invented pairs; floors are what was reached, rounded down."""

import json
from collections import Counter
from pathlib import Path

import pytest

from wireroom.intake.dedupe.batch import TextRow, copies_of

PAIRS = Path(__file__).parent / "data/copies.jsonl"
KINDS = ("exact", "near", "syndicated", "rewritten")
PRECISION, RECALL = 0.98, 0.95


@pytest.fixture(scope="module")
def told() -> Counter[tuple[str, str]]:
    """Count (what the second text is, what we say)."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        rows = [
            TextRow(id=name, title=pair[name][0], text=pair[name][1], provider=f"{name}.example")
            for name in ("first", "second")
        ]
        counts[pair["relation"], list(copies_of(rows))[1].kind] += 1
    return counts


def test_there_are_enough_pairs(told: Counter[tuple[str, str]]) -> None:
    assert sum(told.values()) >= 400


@pytest.mark.parametrize("kind", KINDS)
def test_copies_are_found_and_named(told: Counter[tuple[str, str]], kind: str) -> None:
    right = told[kind, kind]
    said = sum(count for (_, judged), count in told.items() if judged == kind)
    true = sum(count for (relation, _), count in told.items() if relation == kind)
    assert right / said >= PRECISION
    assert right / true >= RECALL


def test_forms_filled_in_with_other_names_are_originals(told: Counter[tuple[str, str]]) -> None:
    assert told["subject", "original"] == sum(n for (relation, _), n in told.items() if relation == "subject")


def test_independent_reports_are_originals(told: Counter[tuple[str, str]]) -> None:
    assert told["independent", "original"] == sum(n for (relation, _), n in told.items() if relation == "independent")
