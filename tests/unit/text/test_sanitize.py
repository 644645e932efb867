"""What may be shown stays, what acts goes, and text keeps its words."""

import json
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from wireroom.text.sanitize import plain, sanitize

BASE = "https://news.example/a/b"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("no markup & none needed", "no markup & none needed"),
        ("<p>Two <b>words</b></p>", "<p>Two <b>words</b></p>"),
        ("<p onclick='x()' style='color:red' class=a>Hi</p>", "<p>Hi</p>"),
        ("a<script>alert(1)</script>b", "ab"),
        ("<a href='javascript:alert(1)'>x</a>", '<a rel="noopener noreferrer nofollow">x</a>'),
        ('<a href="../c">x</a>', '<a href="https://news.example/c" rel="noopener noreferrer nofollow">x</a>'),
        ('<img src="/i.png" onerror=x>', '<img src="https://news.example/i.png">'),
        ("one<iframe src=x/> two <b>three</b>", "one two <b>three</b>"),
        ("<q cite='javascript:1'>x</q>", "<q>x</q>"),
        ("1 < 2", "1 &lt; 2"),
    ],
)
def test_allow_list(html: str, shown: str) -> None:
    assert sanitize(html, BASE) == shown


def test_relative_addresses_go_when_there_is_no_base() -> None:
    assert sanitize('<img src="/i.png" alt="A">') == '<img alt="A">'
    assert sanitize('<img src="/i.png" alt="A">', "no address") == '<img alt="A">'


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("AT&amp;T  &lt;3\n you", "AT&T <3 you"),
        ("<p>One</p><p>Two<br>Three</p>", "One Two Three"),
        ("a<script>b</script>c", "ac"),
        ("<!DOCTYPE ~", "<!DOCTYPE ~"),
        ("s<b>o</b>", "so"),
    ],
)
def test_plain(html: str, words: str) -> None:
    assert plain(html) == words


def payloads(shared: Path) -> list[str]:
    hostile = shared / "data/hostile"
    first = json.loads((hostile / "dompurify_payloads.dev.json").read_text())
    second = json.loads((hostile / "html5lib_sanitizer.json").read_text())
    return [case["payload"] for case in first] + [case["input"] for case in second]


def test_no_payload_leaves_anything_that_acts(shared: Path) -> None:
    for payload in payloads(shared):
        tree = LexborHTMLParser(sanitize(payload, BASE))
        for node in tree.css("body *"):
            assert node.tag not in {
                "script",
                "style",
                "iframe",
                "object",
                "embed",
                "form",
                "input",
                "svg",
                "math",
                "base",
            }
            for name, value in node.attributes.items():
                assert not name.startswith("on"), payload
                assert name not in {"style", "srcdoc", "formaction"}, payload
                if name in {"href", "src"}:
                    assert (value or "").startswith(("https://", "http://", "mailto:")), payload


def test_emphasis_left_open_many_times_is_not_opened_again_in_every_paragraph() -> None:
    styled = "".join(f"<b id={number}>" for number in range(100))
    shown = sanitize(f"<p>{styled}</p>" + "<p>x</p>" * 100)
    assert shown.count("<b>") < 1000


def test_odd_spelling_of_plain_markup_is_shown_as_the_sanitiser_would() -> None:
    assert sanitize("<P CLASS=a>one<p>two<BR/><A HREF='https://a.example/'>three") == (
        '<p>one</p><p>two<br><a href="https://a.example/" rel="noopener noreferrer nofollow">three</a></p>'
    )
