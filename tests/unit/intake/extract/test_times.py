from datetime import UTC, datetime

import pytest

from wireroom.intake.extract import times
from wireroom.records.articles import Evidence


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2026/11/20/bridge", "2026-11-20"),
        ("https://a.example/news/2026-11-20-bridge.html", "2026-11-20"),
        ("https://a.example/stories/2026/nov/19/bridge", "2026-11-19"),
        ("https://a.example/2026/novembre/3/pont", "2026-11-03"),
    ],
)
def test_an_address_carries_its_day(url: str, day: str) -> None:
    assert [clue.value for clue in times.from_url(url)] == [day]


@pytest.mark.parametrize(
    "url", ["https://a.example/2026/teams/19/bridge", "https://a.example/20261120123", "https://a.example/"]
)
def test_other_numbers_of_an_address_are_no_day(url: str) -> None:
    assert list(times.from_url(url)) == []


def test_elements_named_after_a_time_tell_the_day() -> None:
    found = list(
        times.from_marked(
            ["Home", "Updated 21 November 2026", "on Friday, November 20th, 2026 at 9 a.m.", "1 May 2020"]
        )
    )
    assert [(clue.field, clue.value[:19]) for clue in found] == [
        ("updated", "21 November 2026"),
        ("published", "November 20th, 2026"),
    ]


@pytest.mark.parametrize(
    ("data", "days"),
    [
        ('{"firstPublicationDate":"2026-11-20T09:00:00Z"}', ["2026-11-20T09:00:00Z"]),
        ('{\\"published_at\\":\\"2026-11-20 09:00\\"}', ["2026-11-20 09:00"]),
        ('{"regDt":"2026.11.20 09:00"}', ["2026.11.20 09:00"]),
        ('{"pubdate":"20 November 2026"}', ["20 November 2026"]),
        ('{"updateDate":"2026-11-22","reDeployDt":"2026.11.22 09:00","expiresAt":"2027-01-01"}', []),
        ('{"foundingDate":"1954-06-09","publisher":"Harbour Post 24"}', []),
    ],
)
def test_the_data_of_a_program_tells_publication_by_the_words_of_its_keys(data: str, days: list[str]) -> None:
    assert [clue.value for clue in times.from_scripts([data])] == days


def test_of_several_dates_in_a_line_each_has_its_own_word() -> None:
    found = times.from_lines(
        ["Updated 21 November 2026 | Published 19 November 2026", "19.11.2026, aktualisiert 21.11.2026"]
    )
    assert [(clue.field, clue.value[:16]) for clue in found] == [
        ("updated", "21 November 2026"),
        ("published", "19 November 2026"),
        ("published", "19.11.2026, aktu"),
        ("updated", "21.11.2026"),
    ]


@pytest.mark.parametrize(
    ("language", "declared", "url", "day_first"),
    [
        ("en", ("en",), "https://a.example/x", False),
        ("en", ("en-US",), "https://a.example/x", False),
        ("en", ("en-GB",), "https://a.example/x", True),
        ("en", ("", "en_AU"), "https://a.example/x", True),
        ("en", ("en",), "https://a.example.uk/x", True),
        ("es", ("en",), "https://a.example/x", True),
        (None, (), "https://a.example/x", False),
    ],
)
def test_the_day_stands_first_but_in_american_english(
    language: str | None, declared: tuple[str, ...], url: str, *, day_first: bool
) -> None:
    assert times.is_day_first(language, declared, url) is day_first


@pytest.mark.parametrize(
    ("written", "day_first", "day"),
    [
        ("05/11/2026", True, "2026-11-05"),
        ("05/11/2026", False, "2026-05-11"),
        ("12/11/2026", False, "2026-11-12"),
        ("12.11.2026", False, "2026-11-12"),
    ],
)
def test_figures_that_can_be_read_in_two_ways_do_not_lie_ahead(written: str, *, day_first: bool, day: str) -> None:
    stated = Evidence(field="published", value=written, source="time", confidence=0.5)
    (stamp,) = times.stamps([stated], datetime(2026, 11, 23, tzinfo=UTC), lambda: day_first)
    assert stamp.when.date().isoformat() == day
