"""How long does the command line take to start? At most 150 ms more than the interpreter itself, medians of one run."""

import statistics
import subprocess
import sys
import time

ROUNDS = 11
LIMIT_MS = 150.0


def milliseconds(code: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return (time.perf_counter() - began) * 1000


def main() -> int:
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(milliseconds("pass"))
        ours.append(milliseconds("import wireroom.cli.commands"))
    python, whole = statistics.median(bare), statistics.median(ours)
    print(f"{'python alone':<28}{python:>8.0f} ms")
    print(f"{'python + command line':<28}{whole:>8.0f} ms   {whole / python:.1f} x")
    print(f"{'import of the command line':<28}{whole - python:>8.0f} ms   limit {LIMIT_MS:.0f} ms")
    return int(whole - python > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
