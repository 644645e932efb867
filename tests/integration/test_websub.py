"""A hub takes our subscription, asks back, and its news arrives; what is not signed by it changes nothing."""

import asyncio
import hmac
import stat
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from aiohttp import web

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import opened_archive
from wireroom.app.feed_health import feed_lines
from wireroom.app.listening import Ear
from wireroom.app.starting import start_beat
from wireroom.records.ids import visit_id
from wireroom.records.sources import FeedState
from wireroom.records.visits import Visit, VisitFacts
from wireroom.web.hooks import hooks

FEED = "https://paper.example/feed"
NEWS = (
    b"<rss><channel><item><guid>1</guid><link>https://paper.example/1</link><title>News</title></item></channel></rss>"
)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def serve() -> Iterator[Callable[[web.Application], str]]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runners: list[web.AppRunner] = []

    async def start(application: web.Application) -> str:
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def stop() -> None:
        for runner in runners:
            await runner.cleanup()

    yield lambda application: asyncio.run_coroutine_threadsafe(start(application), loop).result()
    asyncio.run_coroutine_threadsafe(stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


class Hub:
    """Remembers what it was asked."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.application = web.Application()
        self.application.router.add_post("/", self._take)

    async def _take(self, request: web.Request) -> web.Response:
        self.forms.append({key: str(value) for key, value in (await request.post()).items()})
        return web.Response(status=202)


def beat_with(folder: Path, hub: str) -> Beat:
    start_beat(folder, "blank")
    opml = f'<opml version="2.0"><body><outline type="rss" text="Paper" xmlUrl="{FEED}"/></body></opml>'
    (folder / "feeds.opml").write_text(opml, encoding="utf-8")
    beat = load_beat(folder)
    feed = beat.feeds[0]
    with opened_archive(beat) as archive:
        archive.sync_feeds(beat.policy.beat, beat.feeds, NOW)
        visit = Visit(id=visit_id(feed.id, "first"), feed=feed.id, at=NOW, outcome="fetched")
        state = FeedState(feed=feed.id, next_due_at=NOW, etag='"1"', hub=hub, topic=FEED)
        archive.record_visits([VisitFacts(visit=visit, state=state)])
    return beat


def status(url: str, body: bytes | None = None, signature: str = "") -> tuple[int, str]:
    headers = {"Content-Type": "application/rss+xml", "X-Hub-Signature": signature} if body else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data=body, headers=headers)) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_a_hub_is_asked_confirmed_and_believed_only_when_it_signs(
    tmp_path: Path, serve: Callable[[web.Application], str]
) -> None:
    hub = Hub()
    origin = serve(hub.application)
    beat = beat_with(tmp_path / "mine", f"{origin}/")
    ear = Ear(beat, "https://hooks.example/", allow=frozenset({origin.removeprefix("http://")}))
    heard: list[str] = []
    ours = serve(hooks(ear, heard.append))
    feed = beat.feeds[0]
    assert list(ear.subscribe()) == ["Paper: its hub was asked to tell us of news"]
    form = hub.forms[-1]
    assert (form["hub.mode"], form["hub.topic"], form["hub.callback"]) == (
        "subscribe",
        FEED,
        f"https://hooks.example/{feed.id}",
    )

    wrong = urlencode({"hub.mode": "subscribe", "hub.topic": "https://other.example/", "hub.challenge": "abc"})
    assert status(f"{ours}/{feed.id}?{wrong}") == (404, "")
    asked = urlencode(
        {"hub.mode": "subscribe", "hub.topic": FEED, "hub.challenge": "abc", "hub.lease_seconds": "864000"}
    )
    assert status(f"{ours}/{feed.id}?{asked}") == (200, "abc")
    assert list(ear.subscribe()) == [], "the lease has begun"

    assert status(f"{ours}/{feed.id}", NEWS, "sha256=00")[0] == 202
    assert feed_lines(beat)[0].discovered == 0
    signature = hmac.new(form["hub.secret"].encode(), NEWS, "sha256").hexdigest()
    assert status(f"{ours}/{feed.id}", NEWS, f"sha256={signature}")[0] == 202
    assert feed_lines(beat)[0].discovered == 1
    # Leases are renewed beside it, and that is said too.
    assert [line for line in heard if "hub was asked" not in line] == ["1 new entries from a hub"]
    with opened_archive(beat) as archive:
        (health,) = archive.health(beat.policy.beat)
    assert health.state
    assert (health.state.etag, health.state.told_until is not None) == ('"1"', True)


def test_hubs_at_private_addresses_are_not_asked_and_the_key_is_ours_alone(tmp_path: Path) -> None:
    beat = beat_with(tmp_path / "mine", "http://127.0.0.1/hub")
    assert list(Ear(beat, "https://hooks.example/").subscribe()) == [
        "Paper: its hub does not take us: not a public address: 127.0.0.1"
    ]
    key = tmp_path / "mine" / ".wireroom" / "hub.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
