"""A newsroom that keeps running serves its edition, runs cycles, and stops cleanly when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from wireroom.app.starting import start_beat


def test_up_serves_and_works_until_interrupted(tmp_path: Path) -> None:
    start_beat(tmp_path / "beat", "blank")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "wireroom", "up", "--beat", str(tmp_path / "beat"), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        said = process.stderr.readline()
        while "A cycle ended" not in said:
            line = process.stderr.readline()
            assert line, said
            said += line
        assert "A cycle ended well." in said
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            assert answer.status == 200
    finally:
        os.kill(process.pid, signal.SIGINT)
        _, rest = process.communicate(timeout=60)
    assert "Traceback" not in rest
    assert process.returncode in {0, 130}


def test_stopping_amid_a_cycle_leaves_no_process_behind(tmp_path: Path) -> None:
    start_beat(tmp_path / "beat", "blank")
    command = [sys.executable, "-m", "wireroom", "up", "--beat", str(tmp_path / "beat"), "--port", "0"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "--port" in refused.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*command[:-1], str(port)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    while not (children := _children(process.pid)):
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert not any(Path(f"/proc/{child}").exists() for child in children)


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
