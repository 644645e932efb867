"""A broken list of feeds is an error that names it; an empty one is none."""

from pathlib import Path

import pytest

from wireroom.app.beat import load_beat
from wireroom.app.starting import start_beat
from wireroom.errors import BeatError

EMPTY = b'<opml version="2.0"><head/><body/></opml>'


@pytest.mark.parametrize("broken", [b"", b"not a list"])
def test_a_broken_list_of_feeds_is_named(tmp_path: Path, broken: bytes) -> None:
    start_beat(tmp_path / "beat", "blank")
    (tmp_path / "beat" / "feeds.opml").write_bytes(broken)
    with pytest.raises(BeatError, match=r"feeds\.opml"):
        load_beat(tmp_path / "beat")


@pytest.mark.parametrize(
    ("outline", "why"),
    [
        ('<outline xmlUrl="https://a.example/?a=1&b=2"/></body></opml>', "not XML"),
        ('<outline xmlUrl="https://a.example/"/>', "not XML"),
        ('<outline xmlUrl="a.example"/></body></opml>', "no web address: a.example"),
    ],
    ids=["ampersand", "cut off", "no address"],
)
def test_a_list_that_would_have_to_be_mended_is_named_not_shortened(tmp_path: Path, outline: str, why: str) -> None:
    start_beat(tmp_path / "beat", "blank")
    (tmp_path / "beat" / "feeds.opml").write_text(f"<opml><body>{outline}", encoding="utf-8")
    with pytest.raises(BeatError, match=why):
        load_beat(tmp_path / "beat")


def test_an_empty_list_of_feeds_is_fine(tmp_path: Path) -> None:
    start_beat(tmp_path / "beat", "blank")
    (tmp_path / "beat" / "feeds.opml").write_bytes(EMPTY)
    assert load_beat(tmp_path / "beat").feeds == ()
