"""A delivery is killed for real, at every step it takes on the disk, and finds no room; the outlet stays whole."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from wireroom.adapters.outlets import FolderOutlet
from wireroom.errors import DeliveryError
from wireroom.records.editions import File

STEPS = frozenset({"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"})
BEFORE = {
    "index.html": b"before",
    "news/gone.md": b"gone",
    "news/same.md": b"same",
    "old/deep/x": b"x",
    "swap": b"file",
}
AFTER = {"index.html": b"after", "news/new.md": b"new", "news/same.md": b"same", "fresh/deep/y": b"y", "swap/in": b"it"}


def files(edition: dict[str, bytes]) -> list[File]:
    return [File(path=path, body=body) for path, body in edition.items()]


def tree(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: body for path, body in found.items() if not path.startswith(".wireroom-")}


def in_child(work: Callable[[], None]) -> int:
    """Do some work in a forked process and return the signal or code that it ended with."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def deliver_until(folder: Path, step: int) -> None:
    """Deliver AFTER, and kill this process at the given step on the disk."""
    taken = 0

    def count(event: str, _: tuple[object, ...]) -> None:
        nonlocal taken
        if event in STEPS:
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    FolderOutlet(folder).deliver(files(AFTER))


def test_killed_at_every_step_the_outlet_holds_one_whole_edition(tmp_path: Path) -> None:
    seen = []
    for step in range(1, 500):
        folder = tmp_path / str(step)
        FolderOutlet(folder).deliver(files(BEFORE))
        ended = in_child(lambda folder=folder, step=step: deliver_until(folder, step))  # type: ignore[misc]
        FolderOutlet(folder)
        seen.append(tree(folder))
        assert not (folder / ".wireroom-next").exists()
        FolderOutlet(folder).deliver(files(AFTER))
        assert tree(folder) == AFTER
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    # Once it is certain it stays certain: first always the former edition, then always the new one.
    turning = seen.index(AFTER)
    assert seen == [BEFORE] * turning + [AFTER] * (len(seen) - turning)
    assert 5 < turning < len(seen) - 5


def test_killed_again_while_mending(tmp_path: Path) -> None:
    """The first kill comes in the middle of the renames, the second in the middle of what the first one left."""
    FolderOutlet(tmp_path).deliver(files(BEFORE))
    for step in (30, 8, 6, 4):
        in_child(lambda step=step: deliver_until(tmp_path, step))  # type: ignore[misc]
    FolderOutlet(tmp_path)
    assert tree(tmp_path) in (BEFORE, AFTER)
    FolderOutlet(tmp_path).deliver(files(AFTER))
    assert tree(tmp_path) == AFTER


def test_no_room_for_a_file_leaves_the_former_edition(tmp_path: Path) -> None:
    FolderOutlet(tmp_path).deliver(files(BEFORE))

    def deliver() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))
        with pytest.raises(DeliveryError, match=r"cannot write .*/big\.html: File too large; .*the former edition"):
            FolderOutlet(tmp_path).deliver([*files(AFTER), File(path="big.html", body=b"x" * 10_000)])

    assert in_child(deliver) == 0
    assert tree(tmp_path) == BEFORE
    assert not (tmp_path / ".wireroom-next").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """Mount a disk of 200 kB; skip where that takes rights that we do not have."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk to fill: {mounted.stderr.decode().strip()}")
    return disk


def test_a_full_disk_leaves_the_former_edition(small_disk: Path) -> None:
    try:
        outlet = FolderOutlet(small_disk / "site")
        outlet.deliver(files(BEFORE))
        with pytest.raises(DeliveryError, match=r"cannot write .*/page\d+: No space left on device"):
            outlet.deliver(File(path=f"page{number}", body=b"x" * 4_000) for number in range(100))
        assert tree(small_disk / "site") == BEFORE
        assert outlet.deliver(files(AFTER)).where == str(small_disk / "site")
        assert tree(small_disk / "site") == AFTER
    finally:
        subprocess.run(["umount", str(small_disk)], check=True)
