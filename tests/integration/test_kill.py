"""A run may be killed in any stage: nothing committed is lost, and the next run ends with the same edition."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def demo(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "wireroom", "demo", "--dir", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finish(process: subprocess.Popen[bytes]) -> bytes:
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()
    return said


def tree(folder: Path) -> dict[str, bytes]:
    site = folder / "site"
    files = (path for path in sorted(site.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(site)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    folder = tmp_path_factory.mktemp("whole") / "demo"
    began = time.monotonic()
    finish(demo(folder))
    return tree(folder), time.monotonic() - began


def test_killed_again_and_again(undisturbed: tuple[dict[str, bytes], float], tmp_path: Path) -> None:
    wanted, whole = undisturbed
    assert len(wanted) > 100
    # A seeded draw of moments over the whole run: stages differ from run to run, which is the point.
    moments = random.Random(7)
    kills = 0
    for part in range(1, 9):
        process = demo(tmp_path / "demo")
        time.sleep(whole * (part / 9) * moments.uniform(0.6, 1.1))
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            kills += 1
        process.communicate()
        if process.returncode == 0:
            break
    assert kills >= 3, "the run must really have been killed"
    if not (tmp_path / "demo" / ".newsstand").is_file() or not (tmp_path / "demo" / ".newsstand").read_text():
        finish(demo(tmp_path / "demo"))
    assert tree(tmp_path / "demo") == wanted


def test_interrupt_is_calm(tmp_path: Path) -> None:
    process = demo(tmp_path / "demo")
    while not (tmp_path / "demo" / ".wireroom" / "archive.db").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in {0, 130}, said.decode()
    assert b"Traceback" not in said
    if process.returncode == 130:
        assert b"the next run goes on from there" in said
    finish(demo(tmp_path / "demo"))
