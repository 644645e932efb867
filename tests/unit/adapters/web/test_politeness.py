"""Turns are given out by a book that can be read without waiting: time here is a number."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.adapters.web.politeness import Pace, Politeness
from wireroom.records.outcomes import Fetched, Request, Throttled

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]


class Time:
    """A clock that moves only when everybody sleeps."""

    def __init__(self, glance_s: float = 0.001) -> None:
        self.now = 0.0
        self._glance_s = glance_s
        self._alarms: list[float] = []

    async def sleep(self, seconds: float) -> None:
        alarm = self.now + seconds
        self._alarms.append(alarm)
        while self.now < alarm:
            await asyncio.sleep(self._glance_s)
            if self.now < alarm == min(self._alarms):
                self.now = alarm
        self._alarms.remove(alarm)

    @property
    def pace(self) -> Pace:
        return Pace(lambda: self.now, self.sleep)


async def visits(politeness: Politeness, time: Time, names: str, *, stay: float = 0) -> list[tuple[str, float]]:
    log: list[tuple[str, float]] = []

    async def visit(name: str) -> None:
        async with politeness.turn(name):
            log.append((name, time.now))
            if stay:
                await time.sleep(stay)

    await asyncio.gather(*map(visit, names))
    return log


async def test_starts_at_one_host_keep_their_distance_and_others_do_not_wait() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(per_host_interval_s=2), time.pace)
    log = await visits(politeness, time, "aaabbc")
    assert sorted(log) == [("a", 0), ("a", 2), ("a", 4), ("b", 0), ("b", 2), ("c", 0)]


async def test_at_most_two_connections_a_host() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(per_host_interval_s=0), time.pace)
    assert [at for _, at in await visits(politeness, time, "aaaaa", stay=10)] == [0, 0, 10, 10, 20]


async def test_the_pause_holds_when_places_are_scarce() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(per_host_interval_s=3, concurrency=1), time.pace)
    log = await visits(politeness, time, "aaabbb", stay=5)
    for name in "ab":
        starts = [at for who, at in log if who == name]
        assert all(later - earlier >= 3 for earlier, later in pairwise(starts))
    assert len(log) == 6


async def test_a_crawl_delay_is_followed_up_to_the_cap() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(per_host_interval_s=2, crawl_delay_cap_s=10), time.pace)
    for name, delay in (("a", 7.0), ("b", 600.0), ("c", 0.5)):
        politeness.slow_down(name, delay)
    log = await visits(politeness, time, "aabbcc")
    assert sorted(log) == [("a", 0), ("a", 7), ("b", 0), ("b", 10), ("c", 0), ("c", 2)]


async def test_a_silence_ends_by_itself_and_spreads_only_when_repeated() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(), time.pace)
    wish = Throttled(url="a/1", status=429)
    politeness.keep_silent("a", "a/1", wish, 30)
    assert politeness.silence("a", "a/1") == wish
    assert politeness.silence("a", "a/2") is None
    politeness.relent("a")
    politeness.keep_silent("a", "a/2", wish, 40)
    assert politeness.silence("a", "a/3") is None
    politeness.keep_silent("a", "a/4", wish, 50)
    assert politeness.silence("a", "a/3") == wish
    assert politeness.silence("b", "b/1") is None
    time.now = 50
    assert [politeness.silence("a", f"a/{n}") for n in range(1, 5)] == [None] * 4


async def test_a_visit_that_fails_or_is_called_off_gives_its_place_back() -> None:
    time = Time()
    politeness = Politeness(GatewaySettings(per_host_interval_s=0, per_host_connections=1, concurrency=1), time.pace)
    with pytest.raises(RuntimeError):
        async with politeness.turn("a"):
            raise RuntimeError
    async with politeness.turn("a"):
        waiting = asyncio.create_task(visits(politeness, time, "ab"))
        await asyncio.sleep(0.01)
        waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await visits(politeness, time, "ab") == [("a", 0), ("b", 0)]


def test_the_gateway_keeps_the_pace_over_feeds_redirects_robots_and_reservations(serve: Serve) -> None:
    # One host: two would move the one clock on while a request of the other is on its way; and long glances, because a
    # request that has its turn must be at the server before the clock moves on.
    time, starts = Time(glance_s=0.03), list[float]()

    async def answer(request: web.Request) -> web.Response:
        starts.append(time.now)
        if request.path == "/old":
            return web.Response(status=301, headers={"Location": "/new"})
        return web.Response(text="User-agent: *\nAllow: /")

    settings = GatewaySettings(per_host_interval_s=5, detour={"*": serve(answer)})
    urls = [f"http://a.example/{path}" for path in ("1", "old")]
    with Gateway(settings, pace=time.pace) as gateway:
        outcomes = [outcome for _, outcome in gateway.fetch_all(Request(url=url) for url in urls)]
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 2
    assert starts == [0, 5, 10, 15, 20]
