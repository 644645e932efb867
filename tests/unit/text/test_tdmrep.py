"""Rules of tdmrep.json, as publishers write them."""

import pytest
from msgspec import json

from wireroom.text.tdmrep import Rule, read_rules, reserving


def reserved(path: str, *rules: tuple[str, int]) -> str | None:
    body = json.encode([{"location": location, "tdm-reservation": value} for location, value in rules])
    return reserving(read_rules(body), f"https://paper.example{path}")


@pytest.mark.parametrize(
    ("location", "path", "fits"),
    [
        ("/", "/anything", True),
        ("/*", "/", True),
        ("/news/*", "/news/a.html", True),
        ("/news/*", "/sport/a.html", False),
        ("/*.jpg$", "/a/b.jpg", True),
        ("/*.jpg$", "/a/b.jpg?size=2", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*b*c$", "/a-b-c-c", True),
        ("/a*bc$", "/abc", True),
        ("/abc*bc$", "/abc", False),
        ("news/", "/news/a", True),
        ("/M%C3%BCnchen/", "/M%C3%BCnchen/a", True),
        ("/find?q=*", "/find?q=faces", True),
        ("*", "/a", True),
    ],
)
def test_locations_are_patterns_of_robots_txt(location: str, path: str, fits: bool) -> None:  # noqa: FBT001 - a column
    assert (reserved(path, (location, 1)) is not None) is fits


def test_what_the_first_or_the_most_specific_rule_reserves_is_reserved() -> None:
    assert reserved("/open/a", ("/open/*", 0), ("/open/no", 1)) is None
    assert reserved("/a", ("/*", 1), ("/a", 0)) == "/*"
    assert reserved("/a", ("/*", 0), ("/a", 1)) == "/a"
    assert reserved("/a", ("/*", 0), ("/a", 0)) is None
    assert reserved("/b", ("/a", 1)) is None


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (b'{"location": "/", "tdm-reservation": 1, "tdm-policy": "https://p.example"}', (Rule("/", reserved=True),)),
        (b'\xef\xbb\xbf[{"location": "/a", "tdm-reservation": "0"}]', (Rule("/a", reserved=False),)),
        (b'[{"location": "/", "tdm-reservation": 2}, {"location": 3, "tdm-reservation": 1}, {}, 7, null]', ()),
        (b"<html>not found</html>", ()),
        (b"\xff\xfe", ()),
        (b"", ()),
    ],
)
def test_what_cannot_be_understood_says_nothing(body: bytes, rules: tuple[Rule, ...]) -> None:
    assert read_rules(body) == rules
