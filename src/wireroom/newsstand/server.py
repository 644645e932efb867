"""How does the newsstand speak HTTP? One loopback server for all hosts; what it says is decided in `answers`."""

import asyncio
import gzip
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from threading import Event, Thread
from types import TracebackType
from typing import Self

from aiohttp import web
from msgspec import Struct

from wireroom.newsstand.answers import Answer, answer, dead_hosts, hosts
from wireroom.newsstand.subscriptions import opml
from wireroom.newsstand.world import world

REFUSING = "http://127.0.0.1:1"
"""Port 1 of loopback: nobody listens there, so a connection is refused."""
DRIP = b"<item><title>and another thing</title></item>\n" * 1400
"""64 KB of an endless document."""


class Asked(Struct, frozen=True, kw_only=True):
    """One request that was answered."""

    url: str
    status: int
    user_agent: str


class Newsstand:
    """All outlets of the newsstand on one loopback port, each under its own Host header."""

    def __init__(self, port: int = 0, stage: int = 1) -> None:
        self.stage = stage
        """1 = first visit; 2 = later, when headlines were edited. May be set while serving."""
        self.asked: list[Asked] = []
        """Every request so far, in order."""
        self._port = port
        self._ready = Event()
        self._failure: OSError | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped: asyncio.Event
        self._thread: Thread | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that answer."""
        return hosts()

    @property
    def origin(self) -> str:
        """The address of the server, e.g. `http://127.0.0.1:40001`."""
        return f"http://127.0.0.1:{self._port}"

    def detour(self) -> dict[str, str]:
        """Return host → origin for the gateway; dead hosts lead to a port that refuses connections."""
        return dict.fromkeys(sorted(self.hosts), self.origin) | dict.fromkeys(sorted(dead_hosts()), REFUSING)

    def opml(self) -> bytes:
        """Return the subscriptions to every feed, broken ones included."""
        return opml()

    def start(self) -> str:
        """Serve in a background thread; return the origin. Raises OSError when the port is taken."""
        self._thread = Thread(target=self._serve, name="newsstand", daemon=True)
        self._thread.start()
        self._ready.wait()
        if self._failure:
            self._thread.join()
            raise self._failure
        return self.origin

    def stop(self) -> None:
        """Hang up and end the thread; stopping twice is harmless."""
        if self._loop and self._thread and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _serve(self) -> None:
        world()
        try:
            asyncio.run(self._until_stopped())
        except OSError as error:
            self._failure = error
        finally:
            self._ready.set()

    async def _until_stopped(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        runner = web.ServerRunner(web.Server(self._respond), shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", self._port).start()
            self._port = runner.addresses[0][1]
            self._ready.set()
            await self._stopped.wait()
        finally:
            await runner.cleanup()

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        host = request.host.partition(":")[0].lower()
        url = f"https://{host}{request.raw_path}"
        found = answer(url, self.stage)
        response = _response(found, request)
        self.asked.append(Asked(url=url, status=response.status, user_agent=request.headers.get("User-Agent", "")))
        if found.dead and request.transport:
            request.transport.abort()
        if found.endless:
            return await _drip(request)
        return response


def _response(found: Answer, request: web.BaseRequest) -> web.Response:
    headers = _validators(found) | {"Content-Type": found.type}
    if found.location:
        headers["Location"] = found.location
    if found.retry_after_s:
        headers["Retry-After"] = str(found.retry_after_s)
    if _unchanged(found, headers, request):
        return web.Response(status=304, headers=headers)
    body = found.body
    if found.gzip and "gzip" in request.headers.get("Accept-Encoding", ""):
        body = gzip.compress(body, mtime=0)
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return web.Response(status=found.status, body=body, headers=headers)


def _validators(found: Answer) -> dict[str, str]:
    headers = {}
    if found.validators in {"both", "etag"}:
        headers["ETag"] = found.etag
    if found.validators in {"both", "modified"} and found.modified:
        headers["Last-Modified"] = format_datetime(found.modified.astimezone(UTC), usegmt=True)
    return headers


def _unchanged(found: Answer, headers: dict[str, str], request: web.BaseRequest) -> bool:
    """Compare what the client holds; an ETag outranks a date (RFC 9110 §13.2.2)."""
    held = request.headers.get("If-None-Match")
    if held is not None:
        return headers.get("ETag", "none") in [tag.strip().removeprefix("W/") for tag in held.split(",")]
    since = request.headers.get("If-Modified-Since")
    if since is None or "Last-Modified" not in headers or found.modified is None:
        return False
    try:
        return found.modified <= parsedate_to_datetime(since)
    except ValueError:
        return False


async def _drip(request: web.BaseRequest) -> web.StreamResponse:
    """Send a document that never ends, until the client hangs up."""
    response = web.StreamResponse(headers={"Content-Type": "text/html; charset=utf-8"})
    with suppress(ConnectionError):  # hanging up is how it is meant to end
        await response.prepare(request)
        while True:
            await response.write(DRIP)
            await asyncio.sleep(0)
    return response
