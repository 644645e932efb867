"""When is a host's turn over all processes of this machine? Several beats may run at once and read the same publisher.

A small file per group of hosts holds the time from which the next request may start; whoever wants one takes it, under
a lock held for microseconds, and waits by itself. Hosts that share a file only wait for each other. On many machines,
shards of hosts do the same.
"""

import fcntl
import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from wireroom.records.ids import digest

GROUPS = 4096
STALE_S = 3600.0
"""A time further ahead than this was left by a clock that was wrong."""


class Turns:
    """Gives out starts; `clock` tells the time of day in seconds, the same for all processes."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock
        with suppress(OSError):  # a book that cannot be kept must not keep us from reading
            folder.mkdir(parents=True, exist_ok=True)

    def take(self, host: str, delay_s: float) -> float:
        """Take the next start for a host, keeping others off for a while after it; return the seconds until it."""
        try:
            return self._taken(host, delay_s)
        except OSError:  # no room, no right: then every process keeps its own book
            return 0.0

    def _taken(self, host: str, delay_s: float) -> float:
        place = self._folder / f"{int(digest('host', host)[:8], 16) % GROUPS:04}"
        with os.fdopen(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            now = self._clock()
            start = max(now, _read(file.read(32), now))
            file.seek(0)
            file.write(b"%.6f\n" % (start + delay_s))
            file.truncate()
        return start - now


def _read(held: bytes, now: float) -> float:
    """Return the time in a file; a broken or impossible one counts as now."""
    try:
        at = float(held)
    except ValueError:
        return now
    return at if at < now + STALE_S else now
