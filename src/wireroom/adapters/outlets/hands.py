"""Who makes the files that must be made? This process a few of them, forked hands a great many, a share each.

A hand inherits the edition as it lies in memory, so nothing is sent to it; it puts what it makes where the caller says
and sends back one line per file. What it looks at becomes memory of its own, for looking at an object counts
references. So a hand lives for one share, and ends earlier when it has touched enough: then an edition of a hundred
thousand posts is not held once per hand. Files of one key are made from the same, and the first of them may work out
what the others need, as shards of a search index do: they stay with one hand. A hand that fails is no harm: its share
is made again right here, where the error can be told.
"""

import gc
import os
import resource
import select
import threading
from collections.abc import Callable, Iterator

import msgspec
from msgspec import Struct, structs

from wireroom.adapters.outlets.manifest import Trace
from wireroom.ports.cores import usable_cores
from wireroom.records.drafts import Draft

SHARE = 1000
"""Files per hand: forking costs about 5 ms, making these some hundred."""
TOUCHED = 6_000
"""Pages of memory (4 kB) that a hand may touch before it leaves the rest of its share to another one.

What its first file touches is not counted: every hand touches that. With 8,000 a hundred thousand reports took 15 MB
more; with 5,000 and the first file counted 60 MB less, but up to twice the processor time: hands ended before they had
made much.
"""
LEAST = 50
"""Files that are worth a hand."""
MOST = 4


class Done(Struct, frozen=True, array_like=True, gc=False):
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
        self._most = (min(MOST, usable_cores()) if most is None else most) * (threading.active_count() == 1)
        self._share: list[Draft] = []
        self._working: list[tuple[int, int, list[Draft]]] = []

    def give(self, draft: Draft) -> list[Done]:
        """Take on a draft; return what was finished meanwhile."""
        full = len(self._share) >= self._size and not _together(self._share[-1], draft)
        done = self._begin() if full else []
        self._share.append(draft)
        return done

    def finish(self) -> list[Done]:
        """Make what is left and return all that was still being made."""
        # The last files are made here, unless hands are at work already: most editions change a few only.
        return self._ended(self._size)

    def rest(self) -> list[Done]:
        """Make what is left and wait until no hand is at work.

        A few files are made here, alone: the table of all posts looks at each of them, which a hand would copy.
        """
        return self._ended(LEAST)

    def _ended(self, few: int) -> list[Done]:
        """End with everything made: here, when no hand is at work and fewer are left."""
        done, size = list[Done](), self._size
        while self._working or len(self._share) >= few:
            if self._share:
                # Ever smaller shares: no hand is left alone with much while the others have nothing.
                self._size = max(LEAST, len(self._share) // (2 * self._most or 1))
                done += self._begin()
            else:
                done += self._collect()
        self._size = size
        return done + [self._take(draft) for draft in self._left()]

    def close(self) -> None:
        """End hands that still work."""
        while self._working:
            hand, pipe, _ = self._working.pop()
            os.close(pipe)
            os.kill(hand, 9)
            os.waitpid(hand, 0)

    def _begin(self) -> list[Done]:
        """Hand on a share, waiting for a free hand first."""
        if self._most < 2:
            return [self._take(draft) for draft in self._left()]
        done = self._collect() if len(self._working) >= self._most else []
        end = self._size
        while end < len(self._share) and _together(*self._share[end - 1 : end + 1]):
            end += 1
        share, self._share = self._share[:end], self._share[end:]
        self._working.append((*self._fork(share), share))
        return done

    def _left(self) -> list[Draft]:
        share, self._share = self._share, []
        return share

    def _fork(self, share: list[Draft]) -> tuple[int, int]:
        reading, writing = os.pipe()
        hand = os.fork()
        if hand:
            os.close(writing)
            return hand, reading
        try:
            gc.disable()  # a collection would touch, and so copy, every object of the edition
            with os.fdopen(writing, "wb") as out:
                out.write(msgspec.msgpack.encode(list(self._made(share))))
            os._exit(0)
        finally:
            os._exit(1)

    def _made(self, share: list[Draft]) -> Iterator[Done]:
        """Make files until they are made, or enough memory was touched."""
        last, most = share[0], 0
        for draft in share:
            if most and not _together(last, draft) and _touched() > most:
                return
            yield self._take(draft)
            last, most = draft, most or _touched() + TOUCHED

    def _collect(self) -> list[Done]:
        """Wait for whichever hand is ready; what it left undone goes to the next one."""
        ready = select.select([pipe for _, pipe, _ in self._working], [], [])[0][0]
        place = next(number for number, (_, pipe, _) in enumerate(self._working) if pipe == ready)
        hand, pipe, share = self._working.pop(place)
        with os.fdopen(pipe, "rb") as told:
            answer = told.read()
        _, status = os.waitpid(hand, 0)
        if status != 0:
            return [self._take(draft) for draft in share]
        done = msgspec.msgpack.decode(answer, type=list[Done])
        self._share = share[len(done) :] + self._share
        # The path that the plan has, for nobody needs a second copy of each.
        return [structs.replace(one, path=draft.path) for one, draft in zip(done, share, strict=False)]


def _together(one: Draft, following: Draft) -> bool:
    """Tell whether two files are made from the same."""
    return one.key == following.key != ""


def _touched() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
