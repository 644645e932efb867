"""In which transfers has nothing happened for too long? One look at all of them now and then, not an alarm for each."""

import asyncio
from typing import Any

from wireroom.adapters.web.transfer import Silence, Transfer

_LOOKS = 4
"""Within the longest silence: it is noticed at most a quarter late."""


class Watch:
    """Ends transfers that are silent for `idle_s` seconds, with Silence for whoever waits for them."""

    def __init__(self, idle_s: float) -> None:
        self._idle_s = idle_s
        self._under_way: dict[Transfer, asyncio.Future[Any]] = {}
        self._next: asyncio.TimerHandle | None = None

    def begin(self, transfer: Transfer, done: asyncio.Future[Any]) -> None:
        """Watch a transfer until `end`; `done` is what its end is told to."""
        self._under_way[transfer] = done
        if self._next is None:
            self._look_later()

    def end(self, transfer: Transfer) -> None:
        """Watch it no more."""
        self._under_way.pop(transfer, None)

    def close(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def _look_later(self) -> None:
        self._next = asyncio.get_running_loop().call_later(self._idle_s / _LOOKS, self._look)

    def _look(self) -> None:
        self._next = None
        for transfer, done in self._under_way.items():
            if transfer.silent_s() >= self._idle_s and not done.done():
                done.set_exception(Silence())
        if self._under_way:
            self._look_later()
