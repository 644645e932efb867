import gc
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from selectolax.lexbor import SelectolaxError

from wireroom.text.html import MOST_LEVELS, depth, find, parse, text_of, unmarked


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


def test_one_engine_searches_all_trees_whatever_was_asked_before() -> None:
    first, second = parse("<p>a<b>b</b><p>c"), parse("<p>d")
    assert first is not None
    assert second is not None
    with pytest.raises(SelectolaxError):
        find(first, "p[")
    assert [text_of(node) for node in (*find(second, "p"), *find(first, "p"))] == ["d", "ab", "c"]
    assert [text_of(node) for node in find(find(first, "p")[0], "b")] == ["b"]
    assert find(second, "b") == []


@pytest.fixture
def _interrupted() -> Iterator[None]:
    """Let other threads run whenever the collector of cycles does, which is in the midst of searches too."""

    def give_way(_phase: str, _told: object) -> None:
        time.sleep(0)

    before = gc.get_threshold()
    gc.callbacks.append(give_way)
    gc.set_threshold(10)
    yield
    gc.set_threshold(*before)
    gc.callbacks.remove(give_way)


@pytest.mark.usefixtures("_interrupted")
def test_several_threads_may_search_at_once() -> None:
    def found(number: int) -> set[str]:
        tree = parse("".join(f"<{tag}>{tag}</{tag}>" for tag in ("b", "i", "u", "s") * 50))
        assert tree is not None
        tag = "bius"[number % 4]
        return {",".join(map(text_of, find(tree, tag))) for _ in range(20)}

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(found, range(8))) == [{",".join([tag] * 50)} for tag in "bius" * 2]
