"""What does the main job cost? One whole demo in a fresh folder, then again: under 60 s and 400 MB."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_S = 60.0
LIMIT_MB = 400.0


def run(folder: Path) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "wireroom", "demo", "--dir", str(folder)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def main() -> int:
    with tempfile.TemporaryDirectory() as scratch:
        first = run(Path(scratch) / "demo")
        again = run(Path(scratch) / "demo")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'first run':<16}{first:>8.1f} s    limit {LIMIT_S:.0f} s")
    print(f"{'second run':<16}{again:>8.1f} s    {again / first:.2f} of the first")
    print(f"{'peak memory':<16}{peak:>8.0f} MB   limit {LIMIT_MB:.0f} MB")
    return int(first > LIMIT_S or peak > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
