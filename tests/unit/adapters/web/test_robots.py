"""robots.txt by RFC 9309, from real servers."""

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Failed, Fetched, Outcome, Refused, Request, Throttled

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

FORBIDDEN = "robots.txt of daily.example asks us not to read this"


def site(robots: Handler, hits: Counter[str] | None = None) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        if hits is not None:
            hits[request.path] += 1
        return await robots(request) if "robots" in request.path else web.Response(text="news")

    return answer


def saying(text: str, status: int = 200, **headers: str) -> Handler:
    async def robots(_: web.Request) -> web.Response:
        return web.Response(
            text=text, status=status, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )

    return robots


def fetch(origin: str, *paths: str, seconds: float = 0, follow: bool = True) -> list[Outcome]:
    settings = GatewaySettings(per_host_interval_s=seconds, detour={"*": origin}, crawl_delay_cap_s=0)
    requests = [Request(url=f"https://daily.example{path}", follow_robots=follow) for path in paths]
    with Gateway(settings) as gateway:
        found = dict(gateway.fetch_all(requests))
    return [found[request] for request in requests]


def test_what_is_forbidden_is_not_asked_for(serve: Serve) -> None:
    hits = Counter[str]()
    text = "User-agent: *\nDisallow: /private/\nAllow: /private/open$\n\nUser-agent: wireroom\nDisallow: /ours/*.pdf"
    origin = serve(site(saying(text), hits))
    paths = ("/ours/a.pdf", "/ours/a.html", "/private/a")
    outcomes = fetch(origin, *paths)
    assert [type(outcome) for outcome in outcomes] == [Refused, Fetched, Fetched]
    assert outcomes[0] == Refused(
        url="https://daily.example/ours/a.pdf",
        reason=FORBIDDEN,
        by="robots",
    )
    assert hits == {"/robots.txt": 1, "/.well-known/tdmrep.json": 1, "/ours/a.html": 1, "/private/a": 1}


def test_it_is_read_only_when_it_is_to_be_followed(serve: Serve) -> None:
    hits = Counter[str]()
    assert isinstance(fetch(serve(site(saying("User-agent: *\nDisallow: /"), hits)), "/a", follow=False)[0], Fetched)
    assert hits == {"/a": 1}


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451])
def test_a_file_that_is_not_there_forbids_nothing(serve: Serve, status: int) -> None:
    assert isinstance(fetch(serve(site(saying("", status))), "/a")[0], Fetched)


def test_a_server_in_trouble_is_left_alone(serve: Serve) -> None:
    hits = Counter[str]()
    expected = "robots.txt answers 500; until it can be read we stay away"
    (outcome,) = fetch(serve(site(saying("", 500), hits)), "/a")
    assert outcome == Refused(url="https://daily.example/a", reason=expected, by="robots", status=500)
    (outcome,) = fetch(serve(site(saying("", 503, Retry_After="60"), hits)), "/a")
    assert isinstance(outcome, Throttled)
    assert hits["/a"] == 0


def test_a_dead_host_is_said_to_be_dead_not_forbidden() -> None:
    with Gateway(GatewaySettings(per_host_interval_s=0)) as gateway:
        ((_, outcome),) = gateway.fetch_all([Request(url="https://nowhere.invalid/a")])
    assert outcome == Failed(url="https://nowhere.invalid/a", reason="no such host: nowhere.invalid")


@pytest.mark.parametrize(("steps", "expected"), [(5, Refused), (6, Fetched)])
def test_five_redirects_are_followed_more_mean_absent(serve: Serve, steps: int, expected: type[Outcome]) -> None:
    async def robots(request: web.Request) -> web.Response:
        step = int(request.query.get("step", "0"))
        if step < steps:
            return web.Response(status=302, headers={"Location": f"/robots-next?step={step + 1}"})
        return web.Response(text="User-agent: *\nDisallow: /")

    assert isinstance(fetch(serve(site(robots)), "/a")[0], expected)


def test_robots_may_not_lead_us_inside(serve: Serve) -> None:
    robots = saying("", 302, Location="http://127.0.0.1/robots.txt")
    origin = serve(site(robots))
    with Gateway(GatewaySettings(per_host_interval_s=0, detour={"daily.example": origin})) as gateway:
        ((_, outcome),) = gateway.fetch_all([Request(url="https://daily.example/a")])
    assert isinstance(outcome, Refused)
    assert (outcome.by, outcome.reason) == ("guard", "not a public address: 127.0.0.1")


def test_only_the_first_500_kib_count(serve: Serve) -> None:
    filler = "#" * 99 + "\n"
    near = "User-agent: *\nDisallow: /near\n" + filler * 6_000 + "Disallow: /far\n"
    outcomes = fetch(serve(site(saying(near))), "/near", "/far")
    assert [type(outcome) for outcome in outcomes] == [Refused, Fetched]


def test_a_redirect_is_held_to_the_rules_of_where_it_leads(serve: Serve) -> None:
    async def answer(request: web.Request) -> web.Response:
        if request.path == "/robots.txt":
            return web.Response(text="User-agent: *\nDisallow: /" if request.host == "other.example" else "")
        return web.Response(status=302, headers={"Location": "https://other.example/a"})

    (outcome,) = fetch(serve(answer), "/a")
    assert isinstance(outcome, Refused)
    assert (outcome.url, outcome.by) == ("https://daily.example/a", "robots")


def test_a_page_in_place_of_the_file_forbids_nothing(serve: Serve) -> None:
    page = saying("<!doctype html><title>Not here</title>", Content_Type="text/html")
    assert isinstance(fetch(serve(site(page)), "/a")[0], Fetched)
