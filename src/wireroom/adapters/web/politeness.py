"""When is it a host's turn?

One book over all requests of this process: at most two connections a host, a pause between their starts, and silence
where a host asked for it. The pause is kept over all processes of the machine (`turns`); sharding by host makes it
correct across machines too.
"""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from msgspec import Struct

from wireroom.adapters.web.settings import GatewaySettings
from wireroom.adapters.web.turns import Turns
from wireroom.records.outcomes import Throttled

_HOSTS_KEPT = 50_000
_ADDRESSES_KEPT = 1_000
_LONGEST_SILENCE_S = 24 * 3600.0
"""A Retry-After beyond this is remembered only so long; the schedule keeps the full wish."""


class Pace(Struct, frozen=True):
    """How time passes: seconds since some start, and waiting. Tests replace both."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class Silence(Struct, frozen=True, kw_only=True):
    """A server asked us to wait; `until` in Pace seconds."""

    until: float
    wish: Throttled


class _Host:
    __slots__ = ("addresses", "delay", "name", "next_at", "silence", "slots", "throttled", "visitors")

    def __init__(self, name: str, delay: float, connections: int) -> None:
        self.name = name
        self.delay = delay
        self.next_at = float("-inf")
        self.silence: Silence | None = None
        self.slots = asyncio.Semaphore(connections)
        self.visitors = 0
        self.throttled = 0
        self.addresses: dict[str, Silence] = {}


class Politeness:
    """Gives out turns."""

    def __init__(self, settings: GatewaySettings, pace: Pace) -> None:
        self._settings = settings
        self._pace = pace
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._everyone = asyncio.Semaphore(settings.concurrency)
        self._turns = Turns(settings.turns) if settings.turns else None

    def turn(self, name: str) -> "_Turn":
        """Hold one of the host's connections (`async with`), from the moment its pause is over."""
        return _Turn(self, self._host(name))

    async def begin(self, host: _Host) -> None:
        """Wait for a connection of the host and its pause."""
        host.visitors += 1
        try:
            await host.slots.acquire()
        except BaseException:
            host.visitors -= 1
            raise
        try:
            await self._start_among_all(host)
            await self._start(host)
        except BaseException:
            host.visitors -= 1
            host.slots.release()
            raise

    def end(self, host: _Host) -> None:
        """Give the connection back."""
        self._everyone.release()
        host.slots.release()
        host.visitors -= 1

    async def _start_among_all(self, host: _Host) -> None:
        """Wait for what other processes of this machine have taken before us."""
        if self._turns is not None and host.delay > 0 and (pause := self._turns.take(host.name, host.delay)) > 0:
            await self._pace.sleep(pause)

    async def _start(self, host: _Host) -> None:
        """Wait for the pause, then for a free place; look at the pause again, because others may have started."""
        while True:
            while (pause := host.next_at - self._pace.monotonic()) > 0:
                await self._pace.sleep(pause)
            await self._everyone.acquire()
            now = self._pace.monotonic()
            if host.next_at <= now:
                host.next_at = now + host.delay
                return
            self._everyone.release()

    def slow_down(self, name: str, crawl_delay_s: float) -> None:
        """Follow a Crawl-delay, up to the cap."""
        host = self._host(name)
        host.delay = max(self._settings.per_host_interval_s, min(crawl_delay_s, self._settings.crawl_delay_cap_s))

    def keep_silent(self, name: str, url: str, wish: Throttled, seconds: float) -> None:
        """Leave an address in peace; the second such answer in a row is taken as the whole host's.

        A 429 may count one resource or all of a server (RFC 6585 §4) and a 503 is often one broken page, so the first
        one costs the host's other pages nothing.
        """
        host = self._host(name)
        silence = Silence(until=self._pace.monotonic() + min(seconds, _LONGEST_SILENCE_S), wish=wish)
        host.throttled += 1
        if host.throttled > 1:
            host.silence = silence
        if len(host.addresses) < _ADDRESSES_KEPT:
            host.addresses[url] = silence

    def relent(self, name: str) -> None:
        """Note that a host answered as usual."""
        self._host(name).throttled = 0

    def silence(self, name: str, url: str) -> Throttled | None:
        """Return what the host last answered, while it wants this address, or all of them, left in peace."""
        host = self._hosts.get(name)
        for silence in (host.silence, host.addresses.get(url)) if host else ():
            if silence is not None and silence.until > self._pace.monotonic():
                return silence.wish
        return None

    def _host(self, name: str) -> _Host:
        host = self._hosts.get(name)
        if host is None:
            self._forget_one()
            host = self._hosts[name] = _Host(
                name, self._settings.per_host_interval_s, self._settings.per_host_connections
            )
        else:
            self._hosts.move_to_end(name)
        return host

    def _forget_one(self) -> None:
        """Drop the host longest unseen when the book is full, unless something still holds on to it."""
        if len(self._hosts) >= _HOSTS_KEPT:
            name, oldest = next(iter(self._hosts.items()))
            if oldest.visitors == 0:
                del self._hosts[name]


class _Turn:
    """A context manager by hand: a generator's would cost as much as the whole book-keeping."""

    __slots__ = ("_host", "_politeness")

    def __init__(self, politeness: Politeness, host: _Host) -> None:
        self._politeness = politeness
        self._host = host

    async def __aenter__(self) -> None:
        await self._politeness.begin(self._host)

    async def __aexit__(self, *_: object) -> None:
        self._politeness.end(self._host)
