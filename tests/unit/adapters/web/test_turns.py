"""Processes that read the same host take turns, whatever beat they work for."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from threading import Thread

from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.adapters.web.turns import Turns
from wireroom.records.outcomes import Request

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]
EVERY_S = 0.2


def test_starts_are_given_out_one_after_the_other(tmp_path: Path) -> None:
    one, two = (Turns(tmp_path, clock=lambda: 1000.0) for _ in range(2))
    assert one.take("paper.example", 2) == 0
    assert two.take("paper.example", 2) == 2
    assert one.take("paper.example", 2) == 4
    assert two.take("other.example", 2) == 0


def test_what_a_wrong_clock_or_a_crash_left_is_not_waited_for(tmp_path: Path) -> None:
    Turns(tmp_path, clock=lambda: 1e9).take("paper.example", 2)
    assert Turns(tmp_path, clock=lambda: 1000.0).take("paper.example", 2) == 0
    for file in tmp_path.iterdir():
        file.write_text("not a time", encoding="utf-8")
    assert Turns(tmp_path, clock=lambda: 1000.0).take("paper.example", 2) == 0


def test_a_book_that_cannot_be_kept_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert Turns(tmp_path / "file" / "hosts").take("paper.example", 2) == 0


def test_two_gateways_keep_one_budget(tmp_path: Path, serve: Serve) -> None:
    seen: list[float] = []

    async def note(_: web.Request) -> web.Response:
        seen.append(time.monotonic())
        return web.Response(text="ok")

    origin = serve(note)
    allow = frozenset({origin.removeprefix("http://")})

    def read(name: str) -> None:
        with Gateway(GatewaySettings(allow=allow, turns=tmp_path, per_host_interval_s=EVERY_S)) as gateway:
            requests = [Request(url=f"{origin}/{name}/{number}", follow_robots=False) for number in range(3)]
            assert len(list(gateway.fetch_all(requests))) == 3

    readers = [Thread(target=read, args=(name,)) for name in "ab"]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(seen) == 6
    assert max(seen) - min(seen) > EVERY_S * 5 * 0.8, "six starts, five pauses between them"
