"""Whatever a page marks as naming its author is found by the one search, however the mark is spelled."""

import pytest

from wireroom.intake.extract import headings
from wireroom.intake.extract.sheet import open_sheet
from wireroom.text.html import parse

URL = "https://www.harbour-post.example/news/bridge-opens"


def bylines(body: str) -> list[tuple[str, float]]:
    tree = parse(f"<html><body><article><h1>Bridge opens</h1>{body}<p>It does.</p></article></body></html>")
    assert tree is not None
    return [(told.value, told.confidence) for told in headings.bylines(open_sheet(tree, URL))]


@pytest.mark.parametrize(
    ("body", "confidence"),
    [
        ('<span itemprop="author">Ada Rivers</span>', 0.60),
        ('<a rel="nofollow Author" href="/x">Ada Rivers</a>', 0.60),
        ('<div class="by-ByLine"><span><b><a href="/x">Ada Rivers</a></b></span></div>', 0.55),
        ('<div data-testId="byline"><a href="/x">Ada Rivers</a></div>', 0.55),
        ('<a href="/autoren/rivers">Ada Rivers</a>', 0.52),
        ('<a href="/contributors/rivers">Ada Rivers</a>', 0.52),
        ('<a href="/?author=7">Ada Rivers</a>', 0.52),
        ('<b class="AuthorName">Ada Rivers</b>', 0.52),
        ('<p class="BYLINE">Ada Rivers</p>', 0.46),
        ('<p class="submitted">Ada Rivers</p>', 0.46),
        ('<p class="c-author">Ada Rivers</p>', 0.40),
        ('<p class="x firma">Ada Rivers</p>', 0.40),
        ("<address>Ada Rivers</address>", 0.40),
    ],
)
def test_a_mark_is_found_and_trusted_by_the_table(body: str, confidence: float) -> None:
    assert bylines(body)[0] == ("Ada Rivers", confidence)


@pytest.mark.parametrize("body", ['<p class="confirmation">Ada Rivers</p>', '<p class="b-y line">Ada Rivers</p>'])
def test_part_of_a_word_is_no_mark(body: str) -> None:
    assert bylines(body) == []
