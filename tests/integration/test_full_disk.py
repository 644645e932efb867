"""A disk that fills up in any stage: a sentence that says what to do, and the next run with room carries on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SIZES_MB = (2, 14)
"""Too small for the archive; too small for the edition."""
ROOM_MB = 200

SCRIPT = """
mount -t tmpfs -o size=2m tmpfs "$1" || exit 99
for size in {sizes}; do
  mount -o remount,size=${{size}}m "$1"
  "{python}" -m wireroom demo --dir "$1/demo" >"$2/$size.out" 2>"$2/$size.err"
  echo $? >"$2/$size.code"
done
cp -r "$1/demo/site" "$2/site"
"""


def mounts() -> bool:
    """Say whether a small disk can be mounted here, in a namespace of its own."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk_in_any_stage(tmp_path: Path) -> None:
    if not mounts():
        pytest.skip("no small disk can be mounted here (unshare -rm)")
    disk, told = tmp_path / "disk", tmp_path / "told"
    disk.mkdir()
    told.mkdir()
    script = SCRIPT.format(sizes=" ".join(map(str, (*SIZES_MB, ROOM_MB))), python=sys.executable)
    subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", str(disk), str(told)], check=True, timeout=300)
    said = {size: (told / f"{size}.err").read_text(encoding="utf-8") for size in (*SIZES_MB, ROOM_MB)}
    codes = {size: int((told / f"{size}.code").read_text()) for size in said}
    failed = [size for size, code in codes.items() if code]
    assert codes[ROOM_MB] == 0, said[ROOM_MB]
    assert failed == list(SIZES_MB), codes
    for size in failed:
        assert codes[size] in {1, 3}, (size, said[size])
        assert "make room" in said[size], (size, said[size])
        assert len(said[size].strip().splitlines()) == 1, said[size]
    assert len(list((told / "site" / "_news").rglob("*.md"))) > 90
