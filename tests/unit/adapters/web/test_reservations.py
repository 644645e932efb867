"""tdmrep.json of a site, from real servers."""

from collections import Counter
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Fetched, Request

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Handler], str]

PLACE = "/.well-known/tdmrep.json"
RULES = '[{"location": "/news/*", "tdm-reservation": 1}]'


def site(hits: Counter[str], rules: str | None = RULES, status: int = 200) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        hits[request.path] += 1
        if request.path == PLACE:
            return web.Response(text=rules or "", status=status)
        if request.path == "/robots.txt":
            return web.Response(status=404)
        headers = {"tdm-reservation": "0"} if "open" in request.path else {}
        return web.Response(text="news", headers=headers)

    return answer


def fetch(origin: str, *requests: Request) -> list[str | None]:
    with Gateway(GatewaySettings(per_host_interval_s=0, detour={"*": origin})) as gateway:
        found = dict(gateway.fetch_all(requests))
    outcomes = [found[request] for request in requests]
    assert all(isinstance(outcome, Fetched) for outcome in outcomes)
    return [outcome.reserved_at for outcome in outcomes if isinstance(outcome, Fetched)]


def at(path: str, first_bytes: int | None = None) -> Request:
    return Request(url=f"https://daily.example{path}", first_bytes=first_bytes)


def test_it_is_asked_once_for_a_site_and_said_of_what_it_reserves(serve: Serve) -> None:
    hits = Counter[str]()
    assert fetch(serve(site(hits)), at("/news/a"), at("/news/b"), at("/sport/c")) == ["/news/*", "/news/*", None]
    assert hits[PLACE] == 1


def test_what_a_document_says_itself_comes_first_and_pictures_are_not_asked_about(serve: Serve) -> None:
    hits = Counter[str]()
    assert fetch(serve(site(hits)), at("/news/open"), at("/news/a.jpg", first_bytes=2)) == [None, None]
    assert hits[PLACE] == 0


@pytest.mark.parametrize(("rules", "status"), [(None, 404), ("<html>", 200), (RULES, 403), (RULES, 500)])
def test_a_file_that_is_not_to_be_had_reserves_nothing(serve: Serve, rules: str | None, status: int) -> None:
    assert fetch(serve(site(Counter(), rules, status)), at("/news/a")) == [None]
