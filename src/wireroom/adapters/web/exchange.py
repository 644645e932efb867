"""What does one address answer to one request? No redirects, no robots, no judgement: they are the journey's."""

import re
from collections.abc import Mapping
from typing import Self

import aiohttp
from msgspec import Struct
from yarl import URL

from wireroom.adapters.web.bodies import Limits, TooLarge, Undecodable, read_body
from wireroom.adapters.web.failures import Failure, failure_of
from wireroom.adapters.web.guard import Guard
from wireroom.adapters.web.settings import GatewaySettings

_KEPT_FROM_US = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"})
"""Headers that are no longer true of the decoded body, or that we do not want to know."""
_BROKEN = re.compile(r"[\ud800-\udfff]")
_BODILESS = frozenset({204, 205, 304})


class Question(Struct, frozen=True, kw_only=True):
    """One GET, or a POST of a form; headers besides the ones that are always sent."""

    url: URL
    headers: Mapping[str, str]
    limits: Limits
    form: tuple[tuple[str, str], ...] = ()


class Answer(Struct, frozen=True, kw_only=True):
    """What came back: status, headers with lower-case names, and a body when the status promises one worth reading."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name."""
        return next((value for key, value in self.headers if key == name), None)


class Exchange:
    """An HTTP client that keeps no cookies, trusts no environment and connects only where the guard allows."""

    def __init__(self, settings: GatewaySettings, guard: Guard) -> None:
        self._settings = settings
        # Spacing and connections per host are politeness's business; a second limit here would hide waiting in it.
        connector = aiohttp.TCPConnector(limit=0, socket_factory=guard.open_socket, ttl_dns_cache=60)
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            timeout=aiohttp.ClientTimeout(total=settings.timeout_s, sock_read=settings.idle_s),
            headers={"User-Agent": settings.signature, "Accept-Encoding": "gzip, deflate, br"},
            max_line_size=16_384,
            max_field_size=16_384,
        )

    async def ask(self, question: Question) -> Answer | Failure:
        """Send one request and read the answer; what can go wrong on the way is a Failure."""
        url, headers = self._address(question)
        method, form = ("POST", question.form) if question.form else ("GET", None)
        try:
            async with self._session.request(
                method, url, data=form, headers=headers, allow_redirects=False
            ) as response:
                return await _read(response, question.limits)
        except (aiohttp.ClientError, OSError, ValueError, TooLarge, Undecodable) as error:
            return failure_of(error, question.limits.most, self._settings)

    def _address(self, question: Question) -> tuple[URL, Mapping[str, str]]:
        """Return what is really asked: the address itself, or its detour with the names of the original."""
        url, detour = question.url, self._settings.detour
        origin = (detour.get(url.raw_host or "") or detour.get("*")) if detour else None
        if origin is None:
            return url, question.headers
        named = {"Host": url.raw_authority, "X-Forwarded-Proto": url.scheme}
        return URL(f"{origin.rstrip('/')}{url.raw_path_qs}", encoded=True), {**question.headers, **named}

    async def close(self) -> None:
        """Close connections."""
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def _read(response: aiohttp.ClientResponse, limits: Limits) -> Answer:
    named = ((key.lower(), _text(value)) for key, value in response.headers.items())
    headers = tuple((key, value) for key, value in named if key not in _KEPT_FROM_US)
    # The body of a refusal or a redirect tells us nothing: dropping the connection is cheaper than reading it.
    if not 200 <= response.status < 300 or response.status in _BODILESS:
        if response.status != 304:
            response.close()
        return Answer(status=response.status, headers=headers)
    encoding = response.headers.get("Content-Encoding", "")
    if not encoding and limits.enough is None and (response.content_length or 0) > limits.most:
        response.close()
        raise TooLarge
    body = await read_body(response.content.iter_any(), encoding, limits)
    if not body.whole:
        response.close()
    return Answer(status=response.status, headers=headers, body=body.data, truncated=not body.whole)


def _text(value: str) -> str:
    """Return a header's text; bytes that are no UTF-8 (lone surrogates to aiohttp) are read as Latin-1."""
    if value.isascii():
        return value
    return value.encode("utf-8", "surrogateescape").decode("latin-1") if _BROKEN.search(value) else value
