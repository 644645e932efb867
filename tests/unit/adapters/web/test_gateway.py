"""Every outcome, from real servers; hosts are detoured to loopback."""

import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import (
    Failed,
    Fetched,
    Gone,
    NotModified,
    Outcome,
    Redirect,
    Refused,
    Request,
    Throttled,
)

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAGE = "https://daily.example/a"


def fetch(origin: str, *requests: Request, **changes: object) -> list[Outcome]:
    settings = {"per_host_interval_s": 0.0, "detour": {"*": origin}, "contact": "desk@daily.example", **changes}
    with Gateway(GatewaySettings(**settings), now=lambda: NOW) as gateway:  # type: ignore[arg-type]  # loose on purpose
        found = dict(gateway.fetch_all(requests))
    return [found[request] for request in requests]


def ask(url: str = PAGE, **changes: object) -> Request:
    return Request(**{"url": url, "follow_robots": False, **changes})  # type: ignore[arg-type]  # loose on purpose


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (304, NotModified(url=PAGE, final_url=PAGE)),
        (404, Gone(url=PAGE, final_url=PAGE, status=404)),
        (410, Gone(url=PAGE, final_url=PAGE, status=410)),
        (429, Throttled(url=PAGE, status=429)),
        (503, Throttled(url=PAGE, status=503)),
        (401, Refused(url=PAGE, reason="the publisher asks for a login", by="publisher", status=401)),
        (403, Refused(url=PAGE, reason="the publisher forbids it", by="publisher", status=403)),
        (451, Refused(url=PAGE, reason="withheld for legal reasons", by="publisher", status=451)),
        (500, Failed(url=PAGE, reason="the server failed (status 500)", status=500)),
        (418, Failed(url=PAGE, reason="unexpected status 418", status=418)),
        (300, Failed(url=PAGE, reason="unexpected status 300", status=300)),
    ],
)
def test_a_status_becomes_an_outcome(serve: Serve, status: int, expected: Outcome) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status)

    (outcome,) = fetch(serve(answer), ask())
    if isinstance(outcome, NotModified):
        outcome = NotModified(url=outcome.url, final_url=outcome.final_url)
    assert outcome == expected


def test_a_body_arrives_with_its_headers_and_without_cookies(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="news", headers={"ETag": '"1"', "Set-Cookie": "who=you"})

    (outcome,) = fetch(serve(answer), ask())
    assert isinstance(outcome, Fetched)
    assert (outcome.status, outcome.body, outcome.final_url) == (200, b"news", PAGE)
    assert outcome.header("etag") == '"1"'
    assert outcome.header("set-cookie") is None


def test_a_cookie_is_not_brought_back(serve: Serve) -> None:
    cookies: list[str | None] = []

    async def answer(request: web.Request) -> web.Response:
        cookies.append(request.headers.get("Cookie"))
        return web.Response(headers={"Set-Cookie": "who=you; Path=/"})

    # By name, without a detour: no client keeps cookies of a bare IP address, so there this could not fail.
    port = serve(answer).rpartition(":")[2]
    requests = [ask(f"http://localhost:{port}/{n}") for n in range(3)]
    fetch("", *requests, detour={}, allow=frozenset({f"127.0.0.1:{port}"}), per_host_connections=1)
    assert cookies == [None] * 3


def test_we_say_who_we_are_and_send_validators(serve: Serve) -> None:
    seen: list[dict[str, str]] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append(dict(request.headers))
        return web.Response()

    date = "Fri, 20 Nov 2026 11:00:00 GMT"
    request = ask("https://daily.example:8443/a?b", etag='W/"1"', last_modified=date, accept="text/html")
    fetch(serve(answer), request, ask("https://daily.example:8443/b", etag='"\r\nX: y"'))
    first = next(headers for headers in seen if "If-None-Match" in headers)
    assert first["User-Agent"].startswith("Wireroom/")
    assert first["User-Agent"].endswith("(+desk@daily.example)")
    assert (first["If-None-Match"], first["If-Modified-Since"]) == ('W/"1"', date)
    assert (first["Host"], first["X-Forwarded-Proto"]) == ("daily.example:8443", "https")
    assert first["Accept"] == "text/html"
    assert len(seen) == 2
    assert not any("X" in headers for headers in seen)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("120", NOW + timedelta(seconds=120)),
        ("Fri, 20 Nov 2026 13:00:00 GMT", NOW + timedelta(hours=1)),
        ("Fri, 20 Nov 2026 11:00:00 GMT", NOW),
        ("soon", None),
        ("-5", None),
        ("9" * 40, NOW + timedelta(days=366)),
    ],
)
def test_retry_after_is_seconds_or_a_date(serve: Serve, header: str, expected: datetime | None) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": header})

    assert fetch(serve(answer), ask()) == [Throttled(url=PAGE, status=429, retry_at=expected)]


@pytest.mark.parametrize("headers", [{"Retry-After": "60"}, {}])
def test_a_host_that_throttles_twice_in_a_row_is_left_in_peace(serve: Serve, headers: dict[str, str]) -> None:
    hits: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        hits.append(f"{request.host}{request.path}")
        slow = request.host == "slow.example"
        return web.Response(status=503 if slow else 200, headers=headers if slow else {})

    requests = [ask(f"http://{name}.example/{n}") for n in range(4) for name in ("slow", "quick")]
    outcomes = fetch(serve(answer), *requests, per_host_connections=1)
    assert [type(outcome) for outcome in outcomes] == [Throttled, Fetched] * 4
    assert {(o.status, o.retry_at) for o in outcomes if isinstance(o, Throttled)} == {
        (503, NOW + timedelta(seconds=60) if headers else None)
    }
    assert [outcome.url for outcome in outcomes] == [request.url for request in requests]
    assert len([hit for hit in hits if hit.startswith("slow")]) == 2


def test_one_throttled_page_does_not_silence_its_host(serve: Serve) -> None:
    hits: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        hits.append(request.path)
        return web.Response(status=429 if request.path == "/0" else 200, headers={"Retry-After": "60"})

    # The second request for the same address is not sent: etags only tell the two apart here.
    requests = [ask(f"http://daily.example/{n}", etag=etag) for n in range(3) for etag in ("a", "b")]
    outcomes = fetch(serve(answer), *requests, per_host_connections=1)
    assert [type(outcome) for outcome in outcomes] == [Throttled, Throttled, Fetched, Fetched, Fetched, Fetched]
    assert sorted(hits) == ["/0", "/1", "/1", "/2", "/2"]


def redirecting(steps: dict[str, str], status: int = 302) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.Response:
        target = steps.get(f"{request.headers['X-Forwarded-Proto']}://{request.host}{request.path_qs}")
        return web.Response(status=status, headers={"Location": target}) if target else web.Response(text="end")

    return answer


def test_redirects_are_followed_and_remembered(serve: Serve) -> None:
    steps = {PAGE: "/b?x=1", "https://daily.example/b?x=1": "http://other.example/c"}
    (outcome,) = fetch(serve(redirecting(steps, 301)), ask())
    assert isinstance(outcome, Fetched)
    assert outcome.final_url == "http://other.example/c"
    assert outcome.left_https
    assert [(step.status, step.url) for step in outcome.redirects] == [
        (301, "https://daily.example/b?x=1"),
        (301, "http://other.example/c"),
    ]


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        ({PAGE: PAGE}, f"redirects in a loop at {PAGE}"),
        ({PAGE: "/b", "https://daily.example/b": PAGE}, f"redirects in a loop at {PAGE}"),
        ({f"https://daily.example/{n or 'a'}": f"/{n + 1}" for n in range(20)}, "more than 10 redirects"),
        ({PAGE: "mailto:desk@daily.example"}, "redirected to no http(s) address"),
        ({PAGE: "file:///etc/passwd"}, "redirected to no http(s) address"),
        ({PAGE: "https://"}, "redirected to no http(s) address"),
        ({PAGE: f"/{'b' * 2_000}"}, "redirected to an address of more than 2,000 characters"),
    ],
)
def test_redirects_that_lead_nowhere(serve: Serve, steps: dict[str, str], reason: str) -> None:
    assert fetch(serve(redirecting(steps)), ask()) == [Failed(url=PAGE, reason=reason, status=302)]


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("http://127.0.0.1/admin", "not a public address: 127.0.0.1"),
        ("http://169.254.169.254/latest", "not a public address: 169.254.169.254"),
        ("http://2130706433/", "not a public address: 127.0.0.1"),
        ("http://[::1]/", "not a public address: ::1"),
        ("http://me:secret@daily.example/", "the address contains credentials"),
        ("http://daily.example:6379/", "port 6379 is not one that publishers use"),
    ],
)
def test_a_redirect_gets_no_further_than_a_link(serve: Serve, target: str, reason: str) -> None:
    origin = serve(redirecting({PAGE: target}))
    assert fetch(origin, ask(), detour={"daily.example": origin}) == [Refused(url=PAGE, reason=reason, by="guard")]


def test_a_raw_location_header_is_read(serve_raw: Callable[[bytes], str], serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response(text=request.path)

    first = serve_raw(b"HTTP/1.1 302 Found\r\nLocation: http://next.example/caf\xe9\r\nContent-Length: 0\r\n\r\n")
    request = ask("http://daily.example/a")
    (outcome,) = fetch(first, request, detour={"daily.example": first, "next.example": serve(answer)})
    assert isinstance(outcome, Fetched)
    assert outcome.body == "/café".encode()
    assert not outcome.left_https
    outcome.redirects[0].url.encode()


def test_a_step_down_from_https_is_shown(serve: Serve) -> None:
    (outcome,) = fetch(serve(redirecting({PAGE: "http://daily.example/a"})), ask())
    assert isinstance(outcome, Fetched)
    assert outcome.redirects == (Redirect(status=302, url="http://daily.example/a"),)
    assert outcome.left_https


def test_requests_are_taken_as_they_are_needed(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    taken = 0

    def endless() -> Iterator[Request]:
        nonlocal taken
        while True:
            taken += 1
            yield ask(f"http://host{taken}.example/")

    settings = GatewaySettings(per_host_interval_s=0, detour={"*": serve(answer)}, concurrency=2)
    with Gateway(settings) as gateway:
        arriving = gateway.fetch_all(endless())
        assert [type(next(arriving)[1]) for _ in range(50)] == [Fetched] * 50
    assert taken < 100


def test_a_gateway_can_be_used_again_after_closing(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response()

    gateway = Gateway(GatewaySettings(detour={"*": serve(answer)}))
    for _ in range(2):
        assert [type(outcome) for _, outcome in gateway.fetch_all([ask()])] == [Fetched]
        gateway.close()
    gateway.close()


def test_the_library_of_our_own_server_is_not_loaded_to_ask_others() -> None:
    """It takes as long to import as a thousand feeds take to answer that nothing is new."""
    code = "import sys, wireroom.app.newsroom, wireroom.app.listening; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
