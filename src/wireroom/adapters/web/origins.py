"""What does an origin say of all its addresses? Read once, remembered for as long as it stands."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from wireroom.adapters.web.politeness import Pace

FRESH_S = 24 * 3600.0  # RFC 9309 §2.4
RETRY_S = 15 * 60.0
"""How long a failure to read it stands before we ask again."""
_ORIGINS_KEPT = 10_000


class Standing(Protocol):
    """What is remembered, and until when it stands."""

    @property
    def until(self) -> float:
        """Return the time of the pace at which to ask again."""
        ...


S = TypeVar("S", bound=Standing)


class Origins(Generic[S]):
    """Remembers what `read` gave for each origin."""

    def __init__(self, read: Callable[[str], Awaitable[S]], pace: Pace) -> None:
        self._read = read
        self._pace = pace
        self._known: OrderedDict[str, S] = OrderedDict()
        self._reading: dict[str, asyncio.Task[S]] = {}

    async def of(self, url: str) -> S:
        """Return what the origin of an address says."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        known = self._known.get(origin)
        if known is not None and known.until > self._pace.monotonic():
            return known
        reading = self._reading.get(origin)
        if reading is None:
            reading = self._reading[origin] = asyncio.create_task(self._ask(origin))
            reading.add_done_callback(lambda _: self._reading.pop(origin, None))
        # Shielded: others wait for the same file when the request that began to read it is cancelled.
        return await asyncio.shield(reading)

    async def _ask(self, origin: str) -> S:
        self._known[origin] = found = await self._read(origin)
        if len(self._known) > _ORIGINS_KEPT:
            self._known.popitem(last=False)
        return found
