"""What every Web keeps, whether it asks servers or a tape."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
from aiohttp import web as server

from wireroom.adapters.web import Gateway, GatewaySettings, RecordedWeb
from wireroom.ports.web import Web
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Request

BODY = b"<rss>" + b"news " * 100 + b"</rss>"
URL, GONE, DEAD = (f"https://daily.example/{name}" for name in ("feed", "gone", "dead"))


async def answer(request: server.Request) -> server.Response:
    if request.path == "/gone":
        return server.Response(status=410)
    if request.path != "/feed":
        return server.Response(status=500)
    if request.headers.get("If-None-Match") == '"1"':
        return server.Response(status=304, headers={"ETag": '"1"'})
    return server.Response(body=BODY, headers={"ETag": '"1"'})


@pytest.fixture
def origin() -> Iterator[str]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> tuple[server.AppRunner, str]:
        runner = server.AppRunner(server.Application(), access_log=None, shutdown_timeout=0.1)
        runner.app.router.add_get("/{path:.*}", answer)
        await runner.setup()
        site = server.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return runner, site.name

    runner, name = asyncio.run_coroutine_threadsafe(start(), loop).result()
    yield name
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(params=["gateway", "recorded"])
def web(request: pytest.FixtureRequest, origin: str) -> Iterator[Web]:
    fetched = Fetched(url=URL, final_url=URL, status=200, headers=(("etag", '"1"'),), body=BODY)
    tape = RecordedWeb({URL: fetched, GONE: Gone(url=GONE, final_url=GONE, status=410)})
    settings = GatewaySettings(per_host_interval_s=0, detour={"*": origin})
    found: Web = tape if request.param == "recorded" else Gateway(settings)
    yield found
    found.close()


def ask(url: str, etag: str | None = None, first_bytes: int | None = None, max_bytes: int = 5_000) -> Request:
    return Request(url=url, etag=etag, first_bytes=first_bytes, max_bytes=max_bytes, follow_robots=False)


def test_every_request_is_answered_once(web: Web) -> None:
    requests = [ask(URL), ask(URL), ask(GONE), ask(DEAD)]
    answers = list(web.fetch_all(iter(requests)))
    assert sorted(request.url for request, _ in answers) == sorted(request.url for request in requests)
    assert all(request.url == outcome.url for request, outcome in answers)
    kinds = {request.url: type(outcome) for request, outcome in answers}
    assert kinds == {URL: Fetched, GONE: Gone, DEAD: Failed}
    assert list(web.fetch_all([])) == []


def test_a_validator_that_holds_saves_the_body(web: Web) -> None:
    ((_, same),) = web.fetch_all([ask(URL, etag='"1"')])
    assert isinstance(same, NotModified)
    assert same.header("etag") == '"1"'
    ((_, other),) = web.fetch_all([ask(URL, etag='"0"')])
    assert isinstance(other, Fetched)
    assert (other.body, other.header("etag"), other.truncated) == (BODY, '"1"', False)


def test_limits_hold(web: Web) -> None:
    ((_, start),) = web.fetch_all([ask(URL, first_bytes=10)])
    assert isinstance(start, Fetched)
    assert (start.body, start.truncated) == (BODY[:10], True)
    ((_, large),) = web.fetch_all([ask(URL, max_bytes=100)])
    assert isinstance(large, Failed)
    assert large.reason == "body larger than 100 bytes"


def test_a_caller_may_stop_listening(web: Web) -> None:
    answers = web.fetch_all(ask(URL) for _ in range(100))
    assert next(answers)[1].url == URL
    del answers
    assert len(list(web.fetch_all([ask(URL)]))) == 1


def test_closing_twice_does_no_harm(web: Web) -> None:
    web.close()
    web.close()
