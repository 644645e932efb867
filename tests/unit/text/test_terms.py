"""Reservations of text and data mining, as publishers write them."""

import pytest

from wireroom.text.terms import reservation, said


@pytest.mark.parametrize(
    "told",
    [
        "tdm-reservation: 1",
        "x-robots-tag: noai",
        "x-robots-tag: noindex, noai",
        "x-robots-tag: max-snippet:-1, noai",
        "x-robots-tag: Wireroom: noai",
        "x-robots-tag: all; tdm-reservation: 1; tdm-policy: https://paper.example/tdm.json",
    ],
)
def test_headers_that_reserve(told: str) -> None:
    assert "its header says" in (reservation(told) or "")


@pytest.mark.parametrize(
    "told",
    [
        None,
        "tdm-reservation: 0",
        "x-robots-tag: noindex",
        "x-robots-tag: otherbot: noai",
        "x-robots-tag: noimageai",
        "tdm-policy: https://paper.example/tdm.json",
    ],
)
def test_headers_that_do_not(told: str | None) -> None:
    assert reservation(told) is None


@pytest.mark.parametrize(
    ("markup", "reserved"),
    [
        (b'<meta name="robots" content="noai, noimageai">', True),
        (b"<META content=1 name=tdm-reservation>", True),
        (b'<meta data-x="y" content="1" name="tdm-reservation"/>', True),
        (b'<meta name="robots" content="index, follow">', False),
        (b'<meta name="otherbot" content="noai">', False),
        (b"<p>noai</p>", False),
    ],
)
def test_what_a_page_says(markup: bytes, reserved: bool) -> None:  # noqa: FBT001 - a column of the table
    assert bool(reservation(None, b"<head>" + markup)) is reserved


def test_only_headers_that_speak_of_use_are_kept() -> None:
    assert said((("etag", "1"), ("tdm-reservation", "1"))) == "tdm-reservation: 1"
    assert said((("etag", "1"),)) is None


def test_what_the_site_says_of_a_document_is_told_apart() -> None:
    told = said((("x-robots-tag", "noindex"),), "/news/;*")
    assert told == "x-robots-tag: noindex; tdmrep.json: /news/%3B*"
    assert reservation(told) == "its site's tdmrep.json says so of /news/%3B*"
