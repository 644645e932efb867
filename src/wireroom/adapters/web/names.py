"""Where does a name lead? Asked in threads of our own, so that a slow name server holds up nobody else.

libcurl is told what we found. A lookup that hangs delays neither the answer nor a close.
"""

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from urllib.parse import urlsplit

from msgspec import Struct

from wireroom.adapters.web.origins import Origins
from wireroom.adapters.web.politeness import Pace

FRESH_S = 60.0
_THREADS = 32


class Found(Struct, frozen=True, kw_only=True):
    """Addresses of a name; none when it leads nowhere."""

    until: float
    addresses: tuple[str, ...] = ()


class NoSuchHost(OSError):  # noqa: N818 - as an editor would say it
    """A name leads nowhere."""


class Names:
    """Remembers for a minute what names lead to."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._origins = Origins(self._ask, pace)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="wireroom-names")

    async def known(self, host: str, port: int) -> str:
        """Return what CURLOPT_RESOLVE wants to hear of a name; raise NoSuchHost."""
        found = await self._origins.of(f"tcp://{host}:{port}")
        if not found.addresses:
            raise NoSuchHost
        return f"+{host}:{port}:{','.join(found.addresses)}"

    def close(self) -> None:
        """Wait for nothing: a lookup that is under way ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, origin: str) -> Found:
        parts = urlsplit(origin)
        look = partial(
            socket.getaddrinfo, parts.hostname, parts.port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
        )
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, look)
        except (OSError, UnicodeError):  # a label of more than 63 letters is a UnicodeError
            return Found(until=self._pace.monotonic())
        addresses = tuple(_bracketed(str(place[0])) for *_, place in found)
        return Found(until=self._pace.monotonic() + FRESH_S, addresses=addresses)


def _bracketed(address: str) -> str:
    """Return an address as libcurl reads it; the zone of a link is no part of it."""
    plain = address.partition("%")[0]
    return f"[{plain}]" if ":" in plain else plain
