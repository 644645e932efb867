import json
from pathlib import Path
from typing import Any

import pytest

from wireroom.text.amp import cache_subdomain, cache_url, uncached


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://daily.example/amp/a?b#c", "https://daily-example.cdn.ampproject.org/c/s/daily.example/amp/a?b#c"),
        ("http://daily.example/a.PNG", "https://daily-example.cdn.ampproject.org/i/daily.example/a.PNG"),
        ("https://daily.example/a.woff2?v=1", "https://daily-example.cdn.ampproject.org/r/s/daily.example/a.woff2?v=1"),
        ("https://en-us.daily.example", "https://0-en--us-daily-example-0.cdn.ampproject.org/c/s/en-us.daily.example"),
        ("https://daily.example:8443/a", None),
        ("https://me@daily.example/a", None),
        ("https://daily.example/a b", None),
        ("/amp/a", None),
        ("ftp://daily.example/a", None),
        ("https://xn--\x80.example/", None),
    ],
)
def test_cache_url(url: str, expected: str | None) -> None:
    assert cache_url(url) == expected


@pytest.fixture(scope="module")
def vectors(shared: Path) -> dict[str, list[dict[str, Any]]]:
    loaded: dict[str, list[dict[str, Any]]] = json.loads((shared / "data/amp/amp_cache_vectors.json").read_bytes())
    return loaded


def test_the_toolbox_agrees(vectors: dict[str, list[dict[str, Any]]]) -> None:
    for case in vectors["create_cache_url"]:
        if case.get("serving_type", "c") == "c":
            assert cache_url(case["url"]) == case["cache_url"]
    for case in vectors["create_curls_subdomain"]:
        assert cache_subdomain(case["url"].removeprefix("https://")) == case["subdomain"]


def test_published_records_agree(vectors: dict[str, list[dict[str, Any]]], shared: Path) -> None:
    pairs = [(case["amp_url"], case["cdn_amp_url"]) for case in vectors["original_records_dev"]]
    lines = (shared / "data/newsposts-dev.jsonl").read_bytes().splitlines()
    pairs += [(record["ampWebUrl"], record["cdnAmpWebUrl"]) for record in map(json.loads, lines)]
    pairs = [(amp, cdn) for amp, cdn in pairs if amp]
    assert len(pairs) > 20
    assert [(amp, cache_url(amp)) for amp, _ in pairs] == pairs


@pytest.mark.parametrize(
    ("url", "page"),
    [
        ("https://a-example.cdn.ampproject.org/c/s/a.example/amp/x?y=1", "https://a.example/amp/x?y=1"),
        ("https://a-example.cdn.ampproject.org/v/a.example/amp/x", "http://a.example/amp/x"),
        ("https://www.google.com/amp/s/a.example/amp/x", "https://a.example/amp/x"),
        ("https://www.google.co.uk/amp/a.example/x", "http://a.example/x"),
        ("https://a.example/amp/s/b.example/x", "https://a.example/amp/s/b.example/x"),
        (
            "https://a-example.cdn.ampproject.org/i/s/a.example/x.jpg",
            "https://a-example.cdn.ampproject.org/i/s/a.example/x.jpg",
        ),
    ],
)
def test_what_a_cache_shows_is_the_publishers_page(url: str, page: str) -> None:
    assert uncached(url) == page
