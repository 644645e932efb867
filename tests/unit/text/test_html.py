import pytest

from wireroom.text.html import MOST_LEVELS, depth, parse, text_of, unmarked


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Trams &amp;amp; people", "Trams & people"),
        ("<b>Bridge</b>\n opens", "Bridge opens"),
        ("5 < 7 and 9 > 8", "5 < 7 and 9 > 8"),
        ("Why <script>alert()</script> is a name", "Why <script>alert()</script> is a name"),
        ("<i class='x'>The <!-- old --> Bridge</i>, <Palace>", "The Bridge , <Palace>"),
        ("https://a.example/b?w=1&copy=2", "https://a.example/b?w=1&copy=2"),
        ("", ""),
    ],
)
def test_markup_and_doubled_entities_go(written: str, plain: str) -> None:
    assert unmarked(written) == plain


def test_depth_counts_open_elements_only() -> None:
    assert depth("<div><p>a<br><img src=x><div/></div><div></div>") == 1
    assert depth("<div>" * 7 + "</div>" * 7) == 7


def test_markup_that_nests_too_deep_is_refused() -> None:
    assert parse("<div>" * (MOST_LEVELS * 2)) is None
    assert parse("<div>" * 3_000) is not None


def test_any_text_can_be_parsed() -> None:
    tree = parse("<p>caf\u00e9 \ud800 b</p>")
    assert tree is not None
    assert tree.body is not None
    assert text_of(tree.body).startswith("café")
