"""Does everything that should go wrong on the newsstand go wrong?"""

import socket
from http.client import RemoteDisconnected
from urllib.parse import urlsplit

import pytest

from wireroom.newsstand import Newsstand, truth
from wireroom.newsstand.pieces import pieces
from wireroom.newsstand.world import PageHazard, world

from .conftest import Ask

HAZARDS = (*world().hazards.pages, *world().hazards.feeds)
STATUS = [hazard for hazard in HAZARDS if hazard.act == "status"]


@pytest.mark.parametrize("hazard", STATUS, ids=[str(hazard.status) + hazard.url for hazard in STATUS])
def test_error_statuses(ask: Ask, hazard: PageHazard) -> None:
    response, _ = ask(hazard.url)
    assert response.status == hazard.status
    assert response.headers.get("Retry-After", "0") == str(hazard.retry_after_s)


def test_error_pages_cover_the_promised_statuses() -> None:
    assert {hazard.status for hazard in STATUS} == {404, 410, 429, 503}


def test_hazard_pages_are_linked_from_the_feed_they_name(ask: Ask) -> None:
    for page in truth().pages:
        if page.feed:
            assert page.url in ask(page.feed)[1].decode()


def test_three_redirects_lead_to_the_article(ask: Ask) -> None:
    (chain,) = world().hazards.chains
    url, seen = chain.hops[0], []
    while True:
        response, _ = ask(url)
        if response.status == 200:
            break
        seen.append(response.status)
        url = response.headers["Location"]
    assert seen == [301, 302, 307]
    assert url == pieces()[chain.article].url


def test_the_loop_never_ends(ask: Ask) -> None:
    start = "https://daily-digest-now.example/go/round"
    middle = ask(start)[0].headers["Location"]
    assert ask(middle)[0].headers["Location"] == start


def test_a_moved_feed_redirects_for_good(ask: Ask) -> None:
    response, _ = ask("https://civicwire.example/feed")
    assert (response.status, response.headers["Location"]) == (301, "https://www.civicwire.example/atom.xml")


def test_the_forbidden_page_is_served_to_those_who_ignore_robots(ask: Ask) -> None:
    assert ask("https://harbor-ledger.example/subscribers/week-in-cameras/")[0].status == 200


def test_the_truncated_feed_stops_in_the_middle(ask: Ask) -> None:
    body = ask("https://halfway-post.example/rss.xml")[1]
    assert body.startswith(b"<?xml")
    assert b"</rss>" not in body


@pytest.mark.parametrize(
    "url", ["https://www.broadcast9.example/live/council-stream", "https://tickertape.example/stream.xml"]
)
def test_the_endless_body_goes_on(newsstand: Newsstand, url: str) -> None:
    parts = urlsplit(url)
    with socket.create_connection(("127.0.0.1", int(newsstand.origin.rsplit(":", 1)[1])), timeout=20) as line:
        line.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        received = 0
        while received < 3_000_000:
            part = line.recv(65536)
            assert part
            received += len(part)


def test_hanging_up_on_the_endless_body_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    with Newsstand() as newsstand:
        port = int(newsstand.origin.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(b"GET /stream.xml HTTP/1.1\r\nHost: tickertape.example\r\n\r\n")
            assert line.recv(1000)
    assert caplog.records == []


def test_nobody_listens_at_the_dead_host(newsstand: Newsstand, ask: Ask) -> None:
    assert "old-harbor.example" not in newsstand.hosts
    detour = urlsplit(newsstand.detour()["old-harbor.example"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((str(detour.hostname), detour.port or 80), timeout=5)
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        ask("https://old-harbor.example/feed.xml")


def test_one_outlet_declares_the_wrong_encoding(ask: Ask) -> None:
    response, feed = ask("https://lakeland-courier.example/index.rdf")
    assert b'encoding="utf-8"' in feed
    assert response.headers["Content-Type"].endswith("utf-8")
    with pytest.raises(UnicodeDecodeError):
        feed.decode("utf-8")
    assert "Castaño" in feed.decode("windows-1252")
    page = next(piece for piece in pieces().values() if "Zoë Lindgren" in piece.authors)
    response, body = ask(page.url)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert b"charset=windows-1252" in body
    assert "Zoë Lindgren" in body.decode("windows-1252")


def test_the_hostile_page_carries_its_script_and_escapes_it_in_the_title(ask: Ask) -> None:
    piece = pieces()["hostile-page/civicwire"]
    text = ask(piece.url)[1].decode()
    assert "<script>document.title='owned'" in text
    assert "name is &lt;script&gt;" in text


def test_scripts_of_other_languages_are_served(ask: Ask) -> None:
    article = next(article for article in truth().articles if article.language == "ar")
    text = ask(article.url)[1].decode()
    assert 'dir="rtl"' in text
    assert article.titles[0] in text
    assert {article.language for article in truth().articles} == {"en", "de", "ar"}
