"""What goes wrong is told in words that a user understands."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Failed, Fetched, Outcome, Request

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]


def fetch(origin: str, *, timeout_s: float = 20, idle_s: float = 10, most: int = 5_000_000) -> Outcome:
    allow = frozenset({origin.removeprefix("http://")})
    settings = GatewaySettings(per_host_interval_s=0, allow=allow, timeout_s=timeout_s, idle_s=idle_s)
    with Gateway(settings) as gateway:
        request = Request(url=f"{origin}/a", follow_robots=False, max_bytes=most)
        return next(outcome for _, outcome in gateway.fetch_all([request]))


def reason(outcome: Outcome) -> str:
    assert isinstance(outcome, Failed)
    return outcome.reason


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert reason(fetch(f"http://127.0.0.1:{unused.getsockname()[1]}")) == "connection refused"


def test_nobody_has_that_name() -> None:
    with Gateway(GatewaySettings(per_host_interval_s=0)) as gateway:
        outcomes = list(gateway.fetch_all([Request(url="http://nowhere.invalid/a")]))
    assert [reason(outcome) for _, outcome in outcomes] == ["no such host: nowhere.invalid"]


def test_silence(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    origin = serve(answer)
    assert reason(fetch(origin, timeout_s=0.2)) == "took longer than 0.2 s"
    assert reason(fetch(origin, idle_s=0.2)) == "nothing arrived for 0.2 s"


@pytest.mark.parametrize("pause", [0.0, 0.02])
def test_an_endless_body(serve: Serve, pause: float) -> None:
    """A fast one hits the cap, a dripping one the time budget: silence alone would never stop it."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * (10 if pause else 65_536))
            await asyncio.sleep(pause)

    expected = "took longer than 0.5 s" if pause else "body larger than 2 MB"
    assert reason(fetch(serve(answer), timeout_s=0.5 if pause else 20, most=2_000_000)) == expected


def test_a_declared_size_is_believed_when_it_is_too_large(serve_raw: Callable[[bytes], str]) -> None:
    origin = serve_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 6000000\r\n\r\nx")
    assert reason(fetch(origin)) == "body larger than 5 MB"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"", "the server hung up without an answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "the answer ended early"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "the answer ended early"),
        (b"HTTP/1.1 200 OK\r\nX: half of a head\r\n", "the answer ended early"),
        (b"HTTP/1.1 2000 OK\r\n\r\n", "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\nno header\r\n\r\n", "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 6_000 + b"\r\n", "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + (b"X: " + b"y" * 10_000 + b"\r\n") * 20 + b"\r\n", "the answer is not proper HTTP"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9_000, "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", "the answer is not proper HTTP"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n", "the answer is not proper HTTP"),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx",
            "the body is encoded as 'zstd', which we did not ask for",
        ),
        (
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b??",
            "the body is not the gzip it claims to be",
        ),
    ],
)
def test_answers_that_are_none(serve_raw: Callable[[bytes], str], answer: bytes, expected: str) -> None:
    assert reason(fetch(serve_raw(answer))) == expected


def test_bytes_that_stop_with_the_connection_are_a_body(serve_raw: Callable[[bytes], str]) -> None:
    outcome = fetch(serve_raw(b"HTTP/1.0 200 OK\r\n\r\nold but fine"))
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"old but fine"
