"""What does a command take of everything? Seconds, processor time, and memory of all its processes."""

import json
import os
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]
from msgspec import Struct


class Run(Struct, frozen=True):
    """What one process did."""

    seconds: float
    cpu: float
    megabytes: float
    build: float = 0.0
    """Of ours: without starting Python and loading the edition."""
    written: int = 0


def run(*command: str | Path, cwd: Path | None = None) -> Run:
    """Run a command to its end; return what it took of everything."""
    # Modules of an installed package are compiled; those of a checkout may not be.
    compiled = {
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/wireroom-bench-compiled",
    }
    began = time.perf_counter()
    process = psutil.Popen([str(word) for word in command], stdout=subprocess.PIPE, cwd=cwd, env=os.environ | compiled)
    peak, cpu = [0.0], [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak, cpu))
    watch.start()
    told = process.communicate()[0]
    seconds = time.perf_counter() - began
    watch.join()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed: {process.returncode}")
    build, written = json.loads(told) if told[:1] == b"[" else (0.0, 0)
    return Run(seconds, cpu[0], peak[0], build, written)


def _watch(process: psutil.Popen, peak: list[float], cpu: list[float]) -> None:
    while process.poll() is None:
        try:
            family = [process, *process.children(recursive=True)]
            peak[0] = max(peak[0], sum(one.memory_full_info().pss for one in family) / 2**20)
            times = process.cpu_times()
            cpu[0] = times.user + times.system + times.children_user + times.children_system
        except psutil.Error:
            pass
        time.sleep(0.05)
