"""Markup made to hurt: each shape ends in a record or a reason. None may take a time that grows with its square."""

import pytest
from tests.unit.intake.extract.test_reading import NOW, URL, page

from wireroom.intake.extract import NotArticle, read_page
from wireroom.intake.extract.reading import FAILED
from wireroom.records.articles import Article

SIZE = 300_000
SHAPES = {
    "deep": "<div>",
    "bold paragraphs": "<b><p>",
    "links in links": "<a href=x><div>",
    "tables in tables": "<table><tr><td>",
    "line breaks": "<br>",
    "many paragraphs": "<p>A sentence that is long enough to be text of a piece.</p>",
    "many images": "<img src=/a/b/picture-123456.jpg>",
    "comments": "<!-- <p>",
    "instructions": "<?php echo 1 ?>a ",
    "odd sizes": "<img src=/a/picture-123456.jpg width=² height=1>",
    "endless sizes": ("<h1>x</h1><img src=/a/picture-123456.jpg width=", "1", ">"),
    "badges": ("<h1>", "<span class=badge>ab </span>", "Bridge opens</h1>"),
    "data of nobody": ("<h1>Bridge opens</h1><script>", '"author":{', "</script>"),
    "separators": ("<title>", "a - ", "</title>"),
    "srcset": ("<h1>x</h1><img src=a.jpg srcset='", "a", "'>"),
    "class names": ("<h1>x</h1><div class='", "aB ", "'><p>x"),
    "attributes": ("<meta ", "a=b ", ">"),
    "bylines": ("<meta name=author content='", "By A, ", "'>"),
    "entities": ("<meta property=og:title content='", "&amp;", "'>"),
    "open objects": ("<script type=application/ld+json>", '[{"a":', "</script>"),
    "backslashes": ('<script type=application/ld+json>{"headline":"', "\\", "</script>"),
    "commas": ("<script type=application/ld+json>[", ", ", "</script>"),
    "canonical": ("<link rel=canonical href='http://", "a.", "'>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_hostile_shape_ends_in_a_record_or_a_reason(shape: str) -> None:
    parts = SHAPES[shape]
    start, unit, end = parts if isinstance(parts, tuple) else ("<h1>Bridge opens</h1>", parts, "")
    body = (start + unit * (SIZE // len(unit)) + end).encode()
    found = read_page(body, URL, content_type=None, providers=(), now=NOW)
    assert isinstance(found, NotArticle | Article)
    assert not isinstance(found, NotArticle) or not found.reason.startswith(FAILED), found


def test_an_address_longer_than_any_server_takes_is_none() -> None:
    tail = "x" * 5_000
    head = (
        f'<base href="https://daily.example/{tail}/"><link rel=canonical href="{URL}?id={tail}">'
        f'<link rel=amphtml href="/amp/{tail}"><meta property="og:url" content="{URL}#{tail}">'
        f'<meta property="og:image" content="/pictures/{tail}.jpg">'
    )
    body = f'<p>The first tram crossed the bridge on Friday.</p><img src="/{tail}.jpg" width="900" height="600">' * 6
    found = read_page(page(head, body), URL, content_type=None, providers=(), now=NOW)
    assert isinstance(found, Article)
    assert found.canonical_url == URL.partition("?")[0]
    assert (found.amp_url, found.images) == (None, ())
