import json
from datetime import datetime
from pathlib import Path

import pytest

from wireroom.text.slugs import LIMIT, post_path, slug


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Schools pause “face” scans", "schools-pause-face-scans"),
        ("Café — à la carte!", "cafe-a-la-carte"),
        ("A\u00a0B\tC", "a-b-c"),
        ("100% --- sure", "100-sure"),
        ("顔認証", ""),
    ],
)
def test_slug(title: str, expected: str) -> None:
    assert slug(title) == expected


def test_a_long_slug_ends_with_a_word() -> None:
    assert slug("word " * 40) == "-".join(["word"] * 29)
    assert slug(f"{'a' * LIMIT} b") == "a" * LIMIT
    assert slug(f"{'a' * 100} {'b' * 43} c") == f"{'a' * 100}-{'b' * 43}"
    assert slug("a" * 200) == "a" * LIMIT


def test_the_date_in_a_path_is_utc() -> None:
    published = datetime.fromisoformat("2026-11-20T23:30:00-05:00")
    assert post_path(published, "Late news") == "_news/2026-11-21-late-news.md"


def test_a_title_without_latin_letters_still_has_its_own_name() -> None:
    at = datetime.fromisoformat("2026-11-20T00:00:00Z")
    one, other = post_path(at, "顔認証"), post_path(at, "人工知能")
    assert one != other
    assert one == post_path(at, "顔認証")


def test_published_records_agree(shared: Path) -> None:
    """All slugs follow the rule; ten names carry the day after the UTC date, as old archives do (RECORDS §1)."""
    records = [json.loads(line) for line in (shared / "data/newsposts-dev.jsonl").read_bytes().splitlines()]
    assert [slug(record["title"]) for record in records] == [record["slug"] for record in records]
    paths = [post_path(datetime.fromisoformat(r["publishedDateTime"]), r["title"]) == r["path"] for r in records]
    assert paths.count(False) <= 10
