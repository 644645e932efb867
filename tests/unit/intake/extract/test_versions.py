from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from wireroom.intake.extract.versions import compare
from wireroom.records.articles import Article
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.text.fingerprints import text_hash

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://outlet.example/a"
SENTENCES = [f"Sentence number {name} says something of the harbour and its trams." for name in "abcdefghijklmnopqrst"]


def article(text: str, title: str = "Bridge opens", published: datetime = NOW) -> Article:
    return Article(
        id=article_id(URL),
        extractor="extract/1",
        read_at=NOW,
        canonical_url=URL,
        original_url=URL,
        title=title,
        text=text,
        text_hash=text_hash(text),
        published_at=published,
        provider=Provider(name="Outlet"),
    )


BEFORE = article(" ".join([*SENTENCES, "12 comments."]))


def test_counters_spacing_and_punctuation_are_noise() -> None:
    ticked = article("  ".join([*SENTENCES, "340 comments."]), title="Bridge opens!")
    assert compare(BEFORE, ticked) is None
    assert compare(BEFORE, structs.replace(BEFORE, published_at=NOW + timedelta(seconds=20))) is None


def test_a_changed_sentence_is_shown_before_and_after() -> None:
    changed = article(" ".join([*SENTENCES[:-1], "The last tram was late.", "12 comments."]))
    version = compare(BEFORE, changed)
    assert version is not None
    assert [(change.field, change.before, change.after) for change in version.changes] == [
        ("text", SENTENCES[-1], "The last tram was late.")
    ]


def test_headline_and_date_changes_are_named() -> None:
    version = compare(BEFORE, structs.replace(BEFORE, title="Bridge shuts", published_at=NOW + timedelta(hours=2)))
    assert version is not None
    assert [change.field for change in version.changes] == ["title", "published_at"]
    assert version.number == 2


def test_a_body_that_could_not_be_read_this_time_is_no_change() -> None:
    assert compare(BEFORE, structs.replace(BEFORE, text="", text_hash="")) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Monday, 23 November 2026", "Tuesday, 24 November 2026"),
        ("Harbour Town 12 °C, rain", "Harbour Town 9 °C, sun"),
        ("Advertisement", ""),
        ("Comments (2)", "Comments (14)"),
        ("Updated 3 minutes ago", "Updated 2 hours ago"),
        (
            "Quay plc (QUA 12.31 +0.4 %) builds the bridge over the harbour.",
            "Quay plc (QUA 12.90) builds the bridge over the harbour.",
        ),
    ],
)
def test_clocks_labels_and_quotes_are_noise(before: str, after: str) -> None:
    old, new = (article("\n\n".join([*SENTENCES[:4], line])) for line in (before, after))
    assert compare(old, new) is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "At least 12 people were hurt when the old bridge fell.",
            "At least 31 people were hurt when the old bridge fell.",
        ),
        ("", "Correction: an earlier version of this piece named another mayor."),
    ],
)
def test_a_figure_or_a_correction_is_a_change_in_a_piece_of_any_length(before: str, after: str) -> None:
    long = [f"{sentence[:-1]} number {at}." for at in range(10) for sentence in SENTENCES]
    version = compare(article("\n\n".join([*long, before])), article("\n\n".join([*long, after])))
    assert version is not None
    assert [(change.before, change.after) for change in version.changes] == [(before, after)]


def test_a_change_far_down_a_long_piece_is_seen() -> None:
    long = [f"{sentence[:-1]} on day {at} of the work." for at in range(90) for sentence in SENTENCES]
    version = compare(
        article("\n\n".join(long)), article("\n\n".join([*long, "The bridge was shut again at noon on Friday."]))
    )
    assert version is not None
    assert [(change.before, change.after) for change in version.changes] == [
        ("", "The bridge was shut again at noon on Friday.")
    ]


def test_a_paragraph_that_moved_is_no_change() -> None:
    assert compare(article("\n\n".join(SENTENCES)), article("\n\n".join([*SENTENCES[5:], *SENTENCES[:5]]))) is None


@pytest.mark.parametrize(
    ("other", "method", "same"),
    [
        (NOW.replace(hour=0), "json-ld/iso8601", True),
        (NOW - timedelta(hours=2), "json-ld/iso8601/no-zone", True),
        (NOW - timedelta(hours=2), "json-ld/iso8601", False),
        (NOW - timedelta(hours=2, minutes=10), "json-ld/iso8601/no-zone", False),
        (NOW - timedelta(days=1), "json-ld/iso8601/no-zone", False),
    ],
)
def test_a_stamp_that_says_less_is_no_other_one(other: datetime, method: str, *, same: bool) -> None:
    after = structs.replace(BEFORE, published_at=other, date_method=method)
    assert (compare(BEFORE, after) is None) is same
