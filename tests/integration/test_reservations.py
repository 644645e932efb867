"""What a publisher reserves from analysis stays out of everything that can be searched or read."""

import asyncio
import gzip
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import opened_archive
from wireroom.app.feed_health import feed_lines
from wireroom.app.newsroom import run_cycle
from wireroom.app.starting import start_beat
from wireroom.app.subscribing import check_feeds, read_history
from wireroom.desk.review import Words, rule
from wireroom.records.rulings import RulingKind

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
FEED = "https://paper.example/feed.xml"
CLOSED, OPEN = "https://paper.example/news/closed", "https://paper.example/open/free"
RULES = '[{"location": "/open/*", "tdm-reservation": 0}, {"location": "/news/*", "tdm-reservation": 1}]'
WORDS = "zanzibarian", "quokkaland"
"""Stand in the texts of the reserved page and of the open one, and nowhere else."""


def page(url: str, word: str) -> str:
    said = " ".join(f"The council of {word} voted on the {n}th camera after a long debate." for n in range(30))
    return (
        f"<html><head><title>Council votes on cameras at {url[-6:]}</title>"
        f'<meta name="description" content="A vote in {word}."></head><body><article><h1>Council votes on cameras at '
        f'{url[-6:]}</h1><time datetime="2026-11-20T07:00:00Z"></time><p>{said}</p></article></body></html>'
    )


def feed(*links: str, older: str = "", prefix: str = "") -> str:
    items = "".join(
        f"<entry><id>{link}</id><title>{prefix}{link[-6:]}</title><link href='{link}'/>"
        f"<updated>2026-11-20T07:00:00Z</updated></entry>"
        for link in links
    )
    more = f"<link rel='prev-archive' href='{older}'/>" if older else ""
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Paper</title>{more}{items}</feed>"


PAGES = {
    "/.well-known/tdmrep.json": ("application/json", RULES),
    "/feed.xml": ("application/atom+xml", feed(CLOSED, OPEN, older="https://paper.example/older/2.xml")),
    "/older/2.xml": (
        "application/atom+xml",
        feed("https://paper.example/open/second", older="https://paper.example/older/1.xml"),
    ),
    "/older/1.xml": ("application/atom+xml", feed("https://paper.example/open/first-")),
    "/news/closed": ("text/html", page(CLOSED, WORDS[0])),
    "/open/free": ("text/html", page(OPEN, WORDS[1])),
}


async def answer(request: web.BaseRequest) -> web.Response:
    kind, body = PAGES.get(request.path, ("text/plain", None))
    return web.Response(status=404) if body is None else web.Response(text=body, content_type=kind)


@pytest.fixture
def detour() -> Iterator[dict[str, str]]:
    """Serve the paper on loopback."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def start() -> web.ServerRunner:
        runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(start(), loop).result()
    yield {"*": f"http://127.0.0.1:{runner.addresses[0][1]}"}
    asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def beat(tmp_path: Path) -> Beat:
    start_beat(tmp_path / "beat", "blank")
    outline = f'<outline type="rss" text="Paper" xmlUrl="{FEED}"/>'
    (tmp_path / "beat/feeds.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>', encoding="utf-8")
    return load_beat(tmp_path / "beat")


def wireroom(beat: Beat, *words: str) -> str:
    command = [sys.executable, "-m", "wireroom", *words, "--beat", str(beat.folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def holding(folder: Path, word: str) -> list[str]:
    """Name the files that hold a word, packed ones too."""
    bodies = ((path, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file())
    whole = ((path, gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body) for path, body in bodies)
    return [path.name for path, body in whole if word.encode() in body]


def test_what_a_site_reserves_is_found_nowhere_and_said_everywhere(beat: Beat, detour: dict[str, str]) -> None:
    run_cycle(beat, now=NOW, detour=detour)
    with opened_archive(beat) as archive:
        for url in (CLOSED, OPEN):
            rule(archive, beat.policy.beat, url, RulingKind.PUBLISH, Words(by="Ada", reason="r", at=NOW))
        assert [len(archive.search(beat.policy.beat, word, 9)) for word in WORDS] == [0, 1]
    run_cycle(beat, now=NOW, detour=detour)
    site = beat.folder / "site"
    assert holding(site, "closed"), "the reserved piece is published, by title and link"
    assert holding(site, WORDS[0]) == []
    assert holding(site, WORDS[1]) != []
    assert "reserved title, date and link are kept: its site's tdmrep.json" in wireroom(beat, "why", CLOSED)
    assert "reserved" not in wireroom(beat, "why", OPEN)


def test_a_reserved_feed_is_said_to_be_one(beat: Beat, detour: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    rules = '[{"location": "/feed.xml", "tdm-reservation": 1}]'
    monkeypatch.setitem(PAGES, "/.well-known/tdmrep.json", ("application/json", rules))
    (checked,) = check_feeds(beat, detour=detour)
    because = "its site's tdmrep.json says so of /feed.xml"
    assert (checked.ok, checked.reserved) == (True, because)
    assert checked.told.endswith(f"only titles and links are kept: {because}")
    run_cycle(beat, now=NOW, detour=detour)
    assert [line.reserved for line in feed_lines(beat, NOW)] == [because]
    assert because in wireroom(beat, "feeds", "health")


def test_a_feed_s_history_is_read_document_by_document(beat: Beat, detour: dict[str, str]) -> None:
    run_cycle(beat, now=NOW, detour=detour)
    assert read_history(beat, FEED, 1, NOW, detour=detour) == (1, True)
    assert read_history(beat, FEED, 5, NOW, detour=detour) == (1, False)
    (line,) = feed_lines(beat, NOW)
    assert line.discovered == 4
