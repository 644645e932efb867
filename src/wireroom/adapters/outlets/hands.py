"""Who makes the files that must be made? This process a few of them, forked hands a great many, a share each.

A hand inherits the edition as it lies in memory, so nothing is sent to it; it puts what it makes where the caller says
and sends back one line per file. A hand lives for one share: what it touched of the shared memory goes with it, which
keeps an edition of a hundred thousand posts from being held once per hand. A hand that fails is no harm: its share is
made again right here, where the error can be told.
"""

import gc
import os
import threading
from collections import deque
from collections.abc import Callable

import msgspec
from msgspec import Struct

from wireroom.adapters.outlets.manifest import Trace
from wireroom.records.drafts import Draft

SHARE = 400
"""Files per hand: forking costs about 5 ms, making these some hundred."""
MOST = 4


class Done(Struct, frozen=True, array_like=True):
    """A file that was made: what was noted of it, and whether it differs from what stood."""

    path: str
    trace: Trace
    written: bool


class Hands:
    """Makes drafts with `take`, in this process or in forked ones."""

    def __init__(self, take: Callable[[Draft], Done], *, share: int = SHARE, most: int | None = None) -> None:
        self._take = take
        self._size = share
        # Forking while other threads run may copy a lock that one of them holds.
        self._most = (min(MOST, len(os.sched_getaffinity(0))) if most is None else most) * (
            threading.active_count() == 1
        )
        self._share: list[Draft] = []
        self._working: deque[tuple[int, int, list[Draft]]] = deque()

    def give(self, draft: Draft) -> list[Done]:
        """Take on a draft; return what was finished meanwhile."""
        self._share.append(draft)
        return self._begin() if len(self._share) >= self._size else []

    def finish(self) -> list[Done]:
        """Make what is left and return all that was still being made."""
        # The last share is made here, unless hands are at work already: most editions change a few files only.
        done = self._begin() if self._working else [self._take(draft) for draft in self._share]
        self._share = []
        while self._working:
            done += self._collect()
        return done

    def close(self) -> None:
        """End hands that still work."""
        while self._working:
            hand, pipe, _ = self._working.popleft()
            os.close(pipe)
            os.kill(hand, 9)
            os.waitpid(hand, 0)

    def _begin(self) -> list[Done]:
        """Hand on the share, waiting for a free hand first."""
        share, self._share = self._share, []
        if self._most < 2:
            return [self._take(draft) for draft in share]
        done = self._collect() if len(self._working) >= self._most else []
        self._working.append((*self._fork(share), share))
        return done

    def _fork(self, share: list[Draft]) -> tuple[int, int]:
        reading, writing = os.pipe()
        hand = os.fork()
        if hand:
            os.close(writing)
            return hand, reading
        try:
            gc.disable()  # a collection would touch, and so copy, every object of the edition
            with os.fdopen(writing, "wb") as out:
                out.write(msgspec.msgpack.encode([self._take(draft) for draft in share]))
            os._exit(0)
        finally:
            os._exit(1)

    def _collect(self) -> list[Done]:
        """Wait for the hand that began first."""
        hand, pipe, share = self._working.popleft()
        with os.fdopen(pipe, "rb") as told:
            answer = told.read()
        _, status = os.waitpid(hand, 0)
        if status == 0:
            return msgspec.msgpack.decode(answer, type=list[Done])
        return [self._take(draft) for draft in share]
