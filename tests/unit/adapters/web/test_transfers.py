"""Connections: shared, closed and counted."""

import asyncio
import os
import resource
import socket
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Failed, Fetched, Gone, Outcome, Refused, Request

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]


def settings_for(origin: str, **changes: Any) -> GatewaySettings:
    return GatewaySettings(**{"per_host_interval_s": 0, "detour": {"*": origin}, "per_host_connections": 1, **changes})


def ask(path: str = "", host: str = "daily.example") -> Request:
    return Request(url=f"http://{host}/{path}", follow_robots=False)


def fetch(settings: GatewaySettings, *requests: Request) -> list[Outcome]:
    with Gateway(settings) as gateway:
        found = dict(gateway.fetch_all(requests))
    return [found[request] for request in requests]


def test_a_connection_is_used_again_after_answers_of_every_kind(serve: Serve) -> None:
    peers = Counter[object]()

    async def answer(request: web.Request) -> web.Response:
        peers[request.remote, request.transport.get_extra_info("peername")[1] if request.transport else 0] += 1
        match request.path:
            case "/moved":
                return web.Response(status=301, headers={"Location": "/new"}, text="Moved over there.")
            case "/missing":
                return web.Response(status=404, text="Not here." * 1_000)
            case "/same":
                return web.Response(status=304)
            case "/sized":
                return web.Response(body=b"x" * 100_000)
        return web.Response(text="news")

    paths = ("a", "moved", "missing", "same", "sized", "b")
    kinds = [type(outcome).__name__ for outcome in fetch(settings_for(serve(answer)), *map(ask, paths))]
    assert kinds == ["Fetched", "Fetched", "Gone", "NotModified", "Fetched", "Fetched"]
    assert list(peers.values()) == [7]


def test_a_server_that_hangs_up_between_two_requests_is_asked_anew() -> None:
    listener = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        for _ in range(3):
            connection, _ = listener.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    thread = threading.Thread(target=talk)
    thread.start()
    outcomes = fetch(settings_for(f"http://127.0.0.1:{listener.getsockname()[1]}"), *(ask(str(n)) for n in range(3)))
    thread.join()
    listener.close()
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 3


@pytest.mark.parametrize("status", [302, 403, 404, 500])
@pytest.mark.parametrize("kind", ["endless", "declared", "silent"])
def test_the_body_of_a_refusal_is_not_read(serve: Serve, status: int, kind: str) -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        if request.path == "/end":
            return web.Response()
        response = web.StreamResponse(status=status, headers={"Location": "/end"})
        if kind != "endless":
            response.content_length = 10**9 if kind == "declared" else 100
        await response.prepare(request)
        while kind != "silent":
            sent += 65_536
            await response.write(b"x" * 65_536)
        await asyncio.sleep(60)
        return response

    (outcome,) = fetch(settings_for(serve(answer), idle_s=0.3), ask())
    assert not isinstance(outcome, Failed) or outcome.status == status == 500
    assert sent < 20_000_000  # what fits between two sockets


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are counted where Linux lists them")
def test_closing_leaves_nothing_open(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/slow":
            await asyncio.sleep(60)
        return web.Response(text="news")

    settings = settings_for(serve(answer), per_host_connections=8)
    before, threads = open_files(), threading.active_count()
    gateway = Gateway(settings)
    assert len(list(gateway.fetch_all(ask(str(n)) for n in range(20)))) == 20
    arriving = gateway.fetch_all([ask("quick"), *(ask("slow") for _ in range(5))])
    assert next(arriving)[0] == ask("quick")
    assert open_files() > before + 5
    gateway.close()
    del arriving
    while open_files() > before:  # the server closes its own ends, in its own time
        time.sleep(0.01)
    assert threading.active_count() == threads


def test_a_request_called_off_is_dropped_and_others_go_on(serve: Serve) -> None:
    dropped = threading.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path != "/slow":
            return web.Response(text="news")
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"x")
                await asyncio.sleep(0.01)
        finally:
            dropped.set()

    with Gateway(settings_for(serve(answer), per_host_connections=2)) as gateway:
        arriving = gateway.fetch_all([ask("slow"), ask("quick")])
        assert next(arriving)[0] == ask("quick")
        del arriving
        assert dropped.wait(10)
        assert [type(outcome) for _, outcome in gateway.fetch_all(ask(str(n)) for n in range(9))] == [Fetched] * 9


def test_thousands_of_transfers_cost_no_more_memory_than_hundreds(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(body=b"x" * 20_000, status=404 if request.path.endswith("3") else 200)

    def most_kb() -> int:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with Gateway(settings_for(serve(answer), per_host_connections=32)) as gateway:
        assert sum(1 for _ in gateway.fetch_all(ask(str(n)) for n in range(500))) == 500
        before = most_kb()
        kinds = Counter(type(outcome) for _, outcome in gateway.fetch_all(ask(str(n)) for n in range(3_000)))
        assert kinds == {Fetched: 2_700, Gone: 300}
        assert most_kb() - before < 8_000


def answering(monkeypatch: pytest.MonkeyPatch, *addresses: str, delay_s: float = 0) -> list[str]:
    """Make every name lead to these addresses; return the list of names that were looked up."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        time.sleep(delay_s)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture
def port(serve: Serve) -> str:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.headers.get("Authorization", request.raw_path))

    return serve(answer).rpartition(":")[2]


def test_every_address_of_a_name_is_tried_and_a_name_is_looked_up_once(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, "127.0.0.9", "127.0.0.1")
    allow = frozenset(f"127.0.0.{n}:{port}" for n in (1, 9))
    outcomes = fetch(settings_for("", detour={}, allow=allow), *(ask(str(n), f"many.example:{port}") for n in range(3)))
    assert [type(outcome) for outcome in outcomes] == [Fetched] * 3
    assert asked == ["many.example"]
    while any(thread.name.startswith("wireroom-names") for thread in threading.enumerate()):
        time.sleep(0.01)  # they end by themselves, or the test's time limit ends it


def test_an_address_that_is_forbidden_does_not_stand_in_the_way_of_others(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, "10.0.0.1", "127.0.0.1")
    settings = settings_for("", detour={}, allow=frozenset({f"127.0.0.1:{port}"}))
    assert isinstance(fetch(settings, ask("", f"many.example:{port}"))[0], Fetched)
    answering(monkeypatch, "10.0.0.1", "192.168.0.1")
    (outcome,) = fetch(settings, ask("", f"many.example:{port}"))
    assert isinstance(outcome, Refused)
    assert outcome.reason == "not a public address: 10.0.0.1, 192.168.0.1"


def test_a_short_answer_is_not_told_by_what_befell_another_address(
    serve_raw: Callable[[bytes], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = serve_raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort").rpartition(":")[2]
    answering(monkeypatch, "127.0.0.9", "127.0.0.1")
    allow = frozenset(f"127.0.0.{n}:{port}" for n in (1, 9))
    (outcome,) = fetch(settings_for("", detour={}, allow=allow), ask("", f"many.example:{port}"))
    assert outcome == Failed(url=outcome.url, reason="the answer ended early")


def test_a_slow_name_server_has_no_more_time_than_the_exchange(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "127.0.0.1", delay_s=1)
    settings = settings_for("", detour={}, allow=frozenset({f"127.0.0.1:{port}"}), timeout_s=0.1)
    start = time.monotonic()
    (outcome,) = fetch(settings, ask("", f"slow.example:{port}"))
    assert isinstance(outcome, Failed)
    assert outcome.reason == "took longer than 0.1 s"
    assert time.monotonic() - start < 0.9


def test_what_lies_about_for_other_clients_is_not_used(
    port: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    (tmp_path / ".curlrc").write_text('header = "Authorization: rc"\n')
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "all_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    settings = settings_for("", detour={}, allow=frozenset({f"127.0.0.1:{port}"}))
    (outcome,) = fetch(settings, ask("a/%2E%2E/b;c?d=%7B|e", f"127.0.0.1:{port}"))
    assert isinstance(outcome, Fetched)
    # Neither a password nor another path than the one that robots.txt was asked about.
    assert outcome.body == outcome.final_url.partition(port)[2].encode()


def test_no_more_open_files_is_told_as_such(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with Gateway(settings_for("", detour={"daily.example": serve(answer), "other.example": serve(answer)})) as gateway:
        assert isinstance(next(gateway.fetch_all([ask()]))[1], Fetched)
        highest = os.open(os.devnull, os.O_RDONLY)
        fillers = [os.dup(highest) for _ in range(64)]
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(fillers) + 1, hard))
        try:
            ((_, outcome),) = gateway.fetch_all([ask(host="other.example")])
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            for file in (highest, *fillers):
                os.close(file)
    assert outcome == Failed(url=outcome.url, reason="this computer has no more open files to give")


def test_settings_that_make_no_gateway_end_in_words() -> None:
    (outcome,) = fetch(GatewaySettings(allow=frozenset({"nonsense"})), ask())
    assert isinstance(outcome, Failed)
    assert "nonsense" in outcome.reason
