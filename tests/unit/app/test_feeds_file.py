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


def test_an_empty_list_of_feeds_is_fine(tmp_path: Path) -> None:
    start_beat(tmp_path / "beat", "blank")
    (tmp_path / "beat" / "feeds.opml").write_bytes(EMPTY)
    assert load_beat(tmp_path / "beat").feeds == ()
