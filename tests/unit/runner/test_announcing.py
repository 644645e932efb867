"""A hub on loopback hears which feeds have changed; one that does not answer stops nothing."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.app.beat import load_beat
from wireroom.app.newsroom import run_cycle
from wireroom.app.starting import start_beat
from wireroom.records.outcomes import Failed, Fetched
from wireroom.runner.announcing import message

FEEDS = ("https://watch.example/feeds/rss.xml", "https://watch.example/feeds/atom.xml")


class Hub(HTTPServer):
    """Keeps what it was told; answers with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Ear)
        self.status = status
        self.heard: list[dict[str, list[str]]] = []


class Ear(BaseHTTPRequestHandler):
    server: Hub

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.heard.append(parse_qs(body.decode()))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub(request: pytest.FixtureRequest) -> Iterator[Hub]:
    server = Hub(request.param)
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def ask(address: str) -> object:
    place = address.partition("//")[2].rstrip("/")
    with Gateway(GatewaySettings(contact="desk@watch.example", allow=frozenset({place}))) as web:
        [(_, outcome)] = web.fetch_all([message(address, FEEDS)])
    return outcome


@pytest.mark.parametrize("hub", [200, 202, 204], indirect=True)
def test_a_hub_hears_of_changed_feeds(hub: Hub) -> None:
    assert isinstance(ask(f"http://127.0.0.1:{hub.server_port}/"), Fetched)
    assert hub.heard == [{"hub.mode": ["publish"], "hub.url": list(FEEDS)}]


@pytest.mark.parametrize("hub", [302, 307], indirect=True)
def test_what_is_meant_for_a_hub_is_sent_nowhere_else(hub: Hub) -> None:
    outcome = ask(f"http://127.0.0.1:{hub.server_port}/")
    assert isinstance(outcome, Failed)
    assert "moved" in outcome.reason
    assert len(hub.heard) == 1


def test_a_hub_that_is_away_is_named(unused: int) -> None:
    assert isinstance(ask(f"http://127.0.0.1:{unused}/"), Failed)


@pytest.fixture
def unused() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_run_names_a_hub_that_was_not_told(unused: int, tmp_path: Path) -> None:
    start_beat(tmp_path, "blank", named=False)
    settings = (tmp_path / "beat.toml").read_text(encoding="utf-8")
    (tmp_path / "beat.toml").write_text(f'{settings}\n[edition]\nhub = "https://hub.example/"\n', encoding="utf-8")
    detour = {"hub.example": f"http://127.0.0.1:{unused}"}
    [note] = run_cycle(load_beat(tmp_path), now=datetime(2026, 11, 20, tzinfo=UTC), detour=detour).notes
    assert note.startswith("The hub https://hub.example/ was not told which feeds changed: ")


@pytest.mark.parametrize("hub", [202], indirect=True)
def test_a_run_tells_the_hub_of_the_feeds_that_changed_and_of_no_others(hub: Hub, tmp_path: Path) -> None:
    start_beat(tmp_path, "blank", named=False)
    settings = (tmp_path / "beat.toml").read_text(encoding="utf-8")
    (tmp_path / "beat.toml").write_text(f'{settings}\n[edition]\nhub = "https://hub.example/"\n', encoding="utf-8")
    detour = {"hub.example": f"http://127.0.0.1:{hub.server_port}"}
    beat = load_beat(tmp_path)
    for _ in range(2):
        assert run_cycle(beat, now=datetime(2026, 11, 20, tzinfo=UTC), detour=detour).notes == ()
    [told] = hub.heard
    assert told["hub.url"] == [f"{beat.masthead.address}feeds/{name}" for name in ("atom.xml", "feed.json", "rss.xml")]
