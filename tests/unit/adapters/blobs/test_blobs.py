import gzip
import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from wireroom.adapters.blobs import FolderBlobs, MemoryBlobs
from wireroom.errors import ArchiveError
from wireroom.ports.blobs import Blobs
from wireroom.records.ids import Digest, digest

PAGE = b"<html>" + b"a page " * 500


@pytest.mark.parametrize("make", [FolderBlobs, lambda _: MemoryBlobs()])
def test_what_is_put_can_be_got_under_its_digest(make: Callable[[Path], Blobs], tmp_path: Path) -> None:
    blobs = make(tmp_path / "blobs")
    for body in (PAGE, b"", os.urandom(10_000)):
        assert blobs.put(body) == digest(body)
        assert blobs.put(body) == digest(body)
        assert blobs.get(Digest(digest(body))) == body
    assert blobs.get(Digest(digest(b"never put"))) is None
    assert blobs.get(Digest("../../etc/passwd")) is None


def test_blobs_are_small_sharded_and_readable_by_zcat(tmp_path: Path) -> None:
    name = FolderBlobs(tmp_path).put(PAGE)
    place = tmp_path / name[:2] / f"{name[2:]}.gz"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [place]
    assert gzip.decompress(place.read_bytes()) == PAGE
    assert place.stat().st_size < len(PAGE) / 10


@pytest.mark.parametrize(
    "damage",
    [b"", b"rubbish", gzip.compress(b"another page", mtime=0), gzip.compress(PAGE, mtime=0)[:-20]],
    ids=["empty", "rubbish", "another", "cut"],
)
def test_a_damaged_blob_is_absent_and_said(tmp_path: Path, damage: bytes, caplog: pytest.LogCaptureFixture) -> None:
    blobs = FolderBlobs(tmp_path)
    name = blobs.put(PAGE)
    (tmp_path / name[:2] / f"{name[2:]}.gz").write_bytes(damage)
    with caplog.at_level(logging.WARNING):
        assert blobs.get(name) is None
    assert "is damaged" in caplog.text
    assert name[2:] in caplog.text
    blobs.put(PAGE)
    assert blobs.get(name) == PAGE


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("a file in the way")
    with pytest.raises(ArchiveError, match=r"cannot keep a page in .*blobs"):
        FolderBlobs(tmp_path / "blobs").put(PAGE)
