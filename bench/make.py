"""What does it cost to make an edition from an archive, and how do time and memory grow with the archive?

    python bench/make.py [--archives DIR] [SIZE …]

The real command, `wireroom edition`, in a process of its own, over an archive on the disk: it reads, judges, composes
and delivers everything that an edition has, drawn cards, search and tables too. Nine of ten posts have been in an
edition before. Then once more, with nothing changed. Memory is the proportional share (PSS) of all processes, looked at
every 50 ms. With --archives, archives are kept there and used again. Exit code 1 when a limit is missed.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from apart import apart
from watched import Run, run
from wide_archive import NOW, fill
from wireroom.adapters.archive import open_archive
from wireroom.app.beat import load_beat
from wireroom.app.build import STATE_FOLDER, archive_dsn

SIZES = (10_000, 30_000, 100_000)
LIMIT_MB = 500.0
GROWTH = 1.15
"""By so much time and memory per report may grow from the smallest archive to the largest."""
BEAT = Path(__file__).resolve().parent.parent / "beats/ai-watch"


class Costs(Struct, frozen=True):
    """Making an edition of so many reports, and making it again."""

    reports: int
    first: Run
    again: Run


def measured(archives: Path, number: int) -> Costs:
    folder = archives / str(number)
    if not folder.is_dir():
        apart(invented, str(folder), number)
    with tempfile.TemporaryDirectory() as scratch:
        beat = shutil.copytree(folder, Path(scratch) / "beat")
        command = (sys.executable, "-m", "wireroom", "edition", "--beat", beat, "--now", NOW.isoformat())
        costs = Costs(number, run(*command), run(*command))
    for name, one in (("made", costs.first), ("again, unchanged", costs.again)):
        shown = f"{one.seconds:7.1f} s  CPU {one.cpu:7.1f} s  {one.megabytes:5.0f} MB"
        print(f"{number:7,} reports, {name:17} {shown}", flush=True)
    return costs


def invented(folder: str, number: int) -> None:
    """Make a beat with an archive of so many reports."""
    shutil.copytree(BEAT, folder, ignore=shutil.ignore_patterns(STATE_FOLDER, "site"))
    beat = load_beat(Path(folder))
    (beat.folder / STATE_FOLDER).mkdir()
    with closing(open_archive(archive_dsn(beat))) as archive:
        fill(archive, beat, number, granted=number * 9 // 10)


def verdicts(small: Costs, large: Costs) -> Iterator[tuple[str, bool]]:
    more = large.reports / small.reports
    for name, few, many in (("made", small.first, large.first), ("again", small.again, large.again)):
        time, memory = many.seconds / few.seconds / more, many.megabytes / few.megabytes / more
        yield f"{name}: time per report      × {time:5.2f}   limit {GROWTH}", time <= GROWTH
        yield f"{name}: memory per report    × {memory:5.2f}   limit {GROWTH}", memory <= GROWTH
        yield f"{name}: memory             {many.megabytes:6.0f} MB limit {LIMIT_MB:.0f}", many.megabytes < LIMIT_MB


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES))
    parser.add_argument("--archives", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        costs = [measured(asked.archives or Path(scratch), number) for number in sorted(asked.sizes)]
    missed = 0
    for line, met in verdicts(costs[0], costs[-1]):
        print(f"{line}{'' if met else '   MISSED'}")
        missed += not met
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
