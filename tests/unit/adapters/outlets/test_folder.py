import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from wireroom.adapters.outlets import FolderOutlet
from wireroom.errors import DeliveryError
from wireroom.records.editions import File

AT_ODDS = "the edition has a file a and, for a/b, a folder of that name"


def edition(**files: str) -> list[File]:
    """Name files with `__` for `/` and `_` for `.`."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
    return [File(path=path, body=text.encode()) for path, text in named.items()]


def tree(folder: Path) -> dict[str, str]:
    """Return every file but the manifest; nothing else of ours may be left."""
    found = {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}
    found.pop(".wireroom-manifest.json", None)
    assert not (folder / ".wireroom-next").exists()
    return found


def test_only_what_changed_is_written_and_what_left_is_removed(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path / "site")
    first = outlet.deliver(edition(index_html="1", news__a_md="a", news__b_md="b"))
    assert (first.written, first.removed, first.unchanged) == (("index.html", "news/a.md", "news/b.md"), (), 0)
    assert first.where == str(tmp_path / "site")
    kept = (tmp_path / "site/news/b.md").stat()
    second = outlet.deliver(edition(index_html="2", news__b_md="b"))
    assert (second.written, second.removed, second.unchanged) == (("index.html",), ("news/a.md",), 1)
    assert tree(tmp_path / "site") == {"index.html": "2", "news/b.md": "b"}
    again = (tmp_path / "site/news/b.md").stat()
    assert (again.st_ino, again.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)


def test_the_same_edition_changes_nothing(tmp_path: Path) -> None:
    files = edition(index_html="1", news__a_md="a")
    FolderOutlet(tmp_path).deliver(files)
    manifest = (tmp_path / ".wireroom-manifest.json").read_bytes()
    delivery = FolderOutlet(tmp_path).deliver(reversed(files))
    assert (delivery.written, delivery.removed, delivery.unchanged) == ((), (), 2)
    assert (tmp_path / ".wireroom-manifest.json").read_bytes() == manifest


def test_a_dry_run_tells_and_touches_nothing(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert FolderOutlet(site).deliver(edition(a="1"), dry_run=True).written == ("a",)
    assert not site.exists()
    FolderOutlet(site).deliver(edition(a="1", b="1"))
    delivery = FolderOutlet(site).deliver(edition(b="2", c="1"), dry_run=True)
    assert (delivery.written, delivery.removed, delivery.unchanged) == (("b", "c"), ("a",), 0)
    assert tree(site) == {"a": "1", "b": "1"}


def test_what_was_changed_or_lost_behind_our_back_is_mended(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    outlet.deliver(edition(a="1", b="1", c="1"))
    (tmp_path / "a").write_text("vandal")
    (tmp_path / "b").unlink()
    assert outlet.deliver(edition(a="1", b="1", c="1")).written == ("a", "b")
    assert tree(tmp_path) == {"a": "1", "b": "1", "c": "1"}


def test_foreign_files_stay_and_empty_folders_of_ours_go(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/mine.txt").write_text("mine")
    outlet = FolderOutlet(tmp_path)
    outlet.deliver(edition(news__a="1", api__v1__x="1"))
    outlet.deliver([])
    assert tree(tmp_path) == {"news/mine.txt": "mine"}
    assert not (tmp_path / "api").exists()


def test_a_foreign_file_is_not_overwritten_unless_it_is_the_same_or_adopted(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    with pytest.raises(DeliveryError, match=r"index\.html was not written by Wireroom"):
        FolderOutlet(tmp_path).deliver(edition(a="1", index_html="1"))
    assert tree(tmp_path) == {"index.html": "mine"}
    assert FolderOutlet(tmp_path).deliver(edition(a="1", index_html="mine")).written == ("a",)
    assert FolderOutlet(tmp_path).deliver(edition(a="1", index_html="2")).written == ("index.html",)
    (tmp_path / "b").write_text("mine")
    FolderOutlet(tmp_path, adopt=True).deliver(edition(b="1"))
    assert tree(tmp_path) == {"b": "1"}


def test_files_and_folders_may_change_places(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    for files in ({"a": "1"}, {"a__b__c": "1"}, {"a__b": "1"}, {"a": "2"}):
        outlet.deliver(edition(**files))
        assert tree(tmp_path) == {name.replace("__", "/"): text for name, text in files.items()}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/x",
        "../x",
        "a/../../x",
        "a//b",
        "a/./b",
        "a/",
        "a\\b",
        "a\0b",
        ".wireroom-manifest.json",
        ".wireroom-x/y",
    ],
)
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    with pytest.raises(DeliveryError, match="is not a path that an edition may have"):
        FolderOutlet(site).deliver([File(path="ok", body=b"1"), File(path=path, body=b"1")])
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("deep", [False, True])
def test_a_link_that_leads_out_is_refused(tmp_path: Path, *, deep: bool) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    site.mkdir()
    (site / "news").symlink_to(outside)
    with pytest.raises(DeliveryError, match="leads out of the outlet"):
        FolderOutlet(site).deliver(edition(**{"news__2026__a" if deep else "news__a": "1"}))
    assert list(outside.iterdir()) == []


def test_a_link_does_not_lead_a_removal_out(tmp_path: Path) -> None:
    site, outside = tmp_path / "site", tmp_path / "outside"
    FolderOutlet(site).deliver(edition(news__a="1"))
    (site / "news").rename(outside)
    (site / "news").symlink_to(outside)
    with pytest.raises(DeliveryError, match="leads out of the outlet"):
        FolderOutlet(site).deliver(edition(b="1"))
    assert (outside / "a").read_text() == "1"


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["a", "a"], "the edition has two files a"), (["a/b", "a"], AT_ODDS), (["a", "a/b"], AT_ODDS)],
)
def test_an_edition_at_odds_with_itself_is_refused(tmp_path: Path, paths: list[str], message: str) -> None:
    FolderOutlet(tmp_path).deliver(edition(old="1"))
    with pytest.raises(DeliveryError, match=message):
        FolderOutlet(tmp_path).deliver([File(path=path, body=b"1") for path in paths])
    assert tree(tmp_path) == {"old": "1"}


@pytest.mark.parametrize(("foreign", "wanted"), [("a", "a__b"), ("a__b", "a")])
def test_something_foreign_in_the_way_is_named(tmp_path: Path, foreign: str, wanted: str) -> None:
    mine = tmp_path / foreign.replace("__", "/")
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    FolderOutlet(tmp_path).deliver(edition(old="1"))
    with pytest.raises(DeliveryError, match="in the way"):
        FolderOutlet(tmp_path).deliver(edition(**{wanted: "1"}))
    assert tree(tmp_path) == {"old": "1", foreign.replace("__", "/"): "mine"}


def test_an_edition_that_breaks_off_leaves_the_former_one(tmp_path: Path) -> None:
    def breaking() -> Iterator[File]:
        yield File(path="a", body=b"2")
        raise KeyboardInterrupt

    FolderOutlet(tmp_path).deliver(edition(a="1"))
    with pytest.raises(KeyboardInterrupt):
        FolderOutlet(tmp_path).deliver(breaking())
    assert tree(tmp_path) == {"a": "1"}


def test_two_runs_do_not_deliver_at_once(tmp_path: Path) -> None:
    outlet = FolderOutlet(tmp_path)
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(DeliveryError, match="another run is delivering"):
        outlet.deliver(edition(a="1"))
    os.close(handle)
    outlet.deliver(edition(a="1"))


def test_a_damaged_manifest_is_named(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(edition(a="1"))
    (tmp_path / ".wireroom-manifest.json").write_text("{")
    with pytest.raises(DeliveryError, match=r"\.wireroom-manifest\.json cannot be read"):
        FolderOutlet(tmp_path).deliver(edition(a="2"))
    assert tree(tmp_path) == {"a": "1"}


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file")
    with pytest.raises(DeliveryError, match="site"):
        FolderOutlet(tmp_path / "site").deliver(edition(a="1"))
