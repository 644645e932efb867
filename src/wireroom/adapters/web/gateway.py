"""How does plain synchronous code ask the web for many documents at once?

The event loop lives in one background thread of its own; nothing outside this package sees `async`.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any, Self

from wireroom.adapters.web.journey import Traveller
from wireroom.adapters.web.politeness import Pace
from wireroom.adapters.web.settings import GatewaySettings
from wireroom.records.outcomes import Failed, Outcome, Request

_AHEAD = 4
"""Requests taken from the caller for every one that may be under way: enough that a slow host delays only itself."""
_Arrivals = SimpleQueue[list[tuple[Request, Outcome]]]
"""What came of requests, a list for every round of the loop: each one handed over costs a change of threads."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Gateway:
    """The Web over libcurl; `now` and `pace` are for tests and for runs at a fixed time."""

    def __init__(
        self, settings: GatewaySettings, *, now: Callable[[], datetime] = _utc_now, pace: Pace | None = None
    ) -> None:
        self._settings = settings
        self._now = now
        self._pace = pace or Pace()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._traveller: Traveller | None = None

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """Fetch all, several at once, yielding each as it is done; `requests` is read as places become free."""
        source = iter(requests)
        arrivals: _Arrivals = SimpleQueue()
        window = self._settings.concurrency * _AHEAD
        party = _Party(self._started(), self._fetch, arrivals)
        waiting = 0
        try:
            while True:
                batch = _take(source, window - waiting)
                waiting += len(batch)
                if not waiting:
                    return
                party.send(batch)
                # Some arrivals are awaited, and all of them are handed on before more is asked for.
                for arrival in arrivals.get():
                    yield arrival
                    waiting -= 1
        finally:
            party.recall()

    def close(self) -> None:
        """Close connections and end the thread."""
        if self._loop is None or self._thread is None:
            return
        asyncio.run_coroutine_threadsafe(self._wind_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._loop = self._thread = self._traveller = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    async def _wind_up(self) -> None:
        """End what is still under way, so that nothing is left open when the loop goes."""
        under_way = asyncio.all_tasks() - {asyncio.current_task()}
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        if self._traveller is not None:
            await self._traveller.close()

    async def _fetch(self, request: Request) -> Outcome:
        try:
            if self._traveller is None:
                self._traveller = Traveller(self._settings, self._now, self._pace)
            return await self._traveller.fetch(request)
        except Exception as error:  # noqa: BLE001 - the outermost loop: one odd answer must not end the run
            return Failed(url=request.url, reason=f"unexpected answer ({type(error).__name__}: {error})")

    def _started(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            self._thread = threading.Thread(target=self._loop.run_forever, name="wireroom-web", daemon=True)
            self._thread.start()
        return self._loop


class _Party:
    """The requests of one fetch_all that are under way on the loop."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        fetch: Callable[[Request], Coroutine[Any, Any, Outcome]],
        arrivals: _Arrivals,
    ) -> None:
        self._loop = loop
        self._fetch = fetch
        self._arrivals = arrivals
        self._tasks: set[asyncio.Task[None]] = set()
        self._arrived: list[tuple[Request, Outcome]] = []

    def send(self, batch: list[Request]) -> None:
        """Start requests."""
        if batch:
            self._loop.call_soon_threadsafe(self._start, batch)

    def recall(self) -> None:
        """Cancel what is still under way, when the caller stopped listening."""
        with suppress(RuntimeError):  # the loop is closed: nothing is under way
            self._loop.call_soon_threadsafe(self._cancel)

    def _start(self, batch: list[Request]) -> None:
        for request in batch:
            task = self._loop.create_task(self._deliver(request))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, request: Request) -> None:
        outcome = await self._fetch(request)
        if not self._arrived:
            self._loop.call_soon(self._hand_over)
        self._arrived.append((request, outcome))

    def _hand_over(self) -> None:
        self._arrivals.put(self._arrived)
        self._arrived = []

    def _cancel(self) -> None:
        for task in self._tasks:
            task.cancel()


def _take(source: Iterator[Request], count: int) -> list[Request]:
    return [request for _, request in zip(range(count), source, strict=False)]
