"""What does one address answer to one request? No redirects, no robots, no judgement: they are the journey's."""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlencode

import pycurl
from msgspec import Struct
from msgspec.structs import replace

from wireroom.adapters.web.addresses import Address, address_of
from wireroom.adapters.web.bodies import Limits
from wireroom.adapters.web.failures import Asked, Failure, failure_of
from wireroom.adapters.web.guard import Guard, is_literal
from wireroom.adapters.web.names import Names
from wireroom.adapters.web.politeness import Pace
from wireroom.adapters.web.settings import GatewaySettings
from wireroom.adapters.web.transfer import TROUBLES, Answer, Transfer
from wireroom.adapters.web.trust import trusted
from wireroom.adapters.web.watch import Watch

_KEPT_OPEN = 4
"""Connections kept for every request that may be under way: a host's next turn comes a pause later."""


class Question(Struct, frozen=True, kw_only=True):
    """One GET, or a POST of a form; headers besides the ones that are always sent."""

    address: Address
    headers: Mapping[str, str]
    limits: Limits
    form: tuple[tuple[str, str], ...] = ()


class Exchange:
    """An HTTP client that keeps no cookies, trusts no environment and connects only where the guard allows."""

    def __init__(self, settings: GatewaySettings, guard: Guard, pace: Pace) -> None:
        self._settings = settings
        self._guard = guard
        self._names = Names(pace)
        self._multi = pycurl.AsyncCurlMulti()
        # Spacing and connections per host are politeness's business; a second limit here would hide waiting in it.
        self._multi.setopt(pycurl.M_MAXCONNECTS, settings.concurrency * _KEPT_OPEN)
        self._watch = Watch(settings.idle_s)
        self._rested: list[pycurl.Curl] = []
        self._always = _options(settings)
        self._detour = {host: address_of(origin.rstrip("/")) for host, origin in settings.detour.items()}

    async def ask(self, question: Question) -> Answer | Failure:
        """Send one request and read the answer; what can go wrong on the way is a Failure."""
        address, headers = self._destination(question)
        curl = self._rested.pop() if self._rested else pycurl.Curl()
        transfer = Transfer(curl, question.limits, self._guard)
        try:
            self._equip(curl, address, headers, question.form)
            await self._find(curl, address)
            done = self._multi.add_handle(curl)
            self._watch.begin(transfer, done)
            return await transfer.arrive(done)
        except TROUBLES as error:
            asked = Asked(host=address.host, most=question.limits.most, settings=self._settings)
            return failure_of(error, asked, transfer.refused)
        finally:
            self._watch.end(transfer)
            curl.reset()
            self._rested.append(curl)

    def _destination(self, question: Question) -> tuple[Address, Mapping[str, str]]:
        """Return what is really asked: the address itself, or its detour with the names of the original."""
        asked = question.address
        origin = self._detour.get(asked.host) or self._detour.get("*")
        if origin is None:
            return asked, question.headers
        named = {"Host": asked.authority, "X-Forwarded-Proto": asked.scheme}
        return replace(origin, url=f"{origin.url}{asked.target}"), {**question.headers, **named}

    def _equip(
        self, curl: pycurl.Curl, address: Address, headers: Mapping[str, str], form: tuple[tuple[str, str], ...]
    ) -> None:
        for option, value in self._always:
            curl.setopt(option, value)
        curl.setopt(pycurl.URL, address.url.encode())
        said = {"Accept-Encoding": "gzip, deflate, br", "Expect": "", **headers}
        curl.setopt(pycurl.HTTPHEADER, [f"{name}: {value}".encode() for name, value in said.items()])
        if form:
            curl.setopt(pycurl.POSTFIELDS, urlencode(form))

    async def _find(self, curl: pycurl.Curl, address: Address) -> None:
        """Look up a name, in the time that is there for the whole exchange."""
        if is_literal(address.host):
            return
        clock, patience_s = asyncio.get_running_loop().time, self._settings.timeout_s
        begun = clock()
        async with asyncio.timeout(patience_s):
            known = await self._names.known(address.host, address.port)
        curl.setopt(pycurl.RESOLVE, [known])
        curl.setopt(pycurl.TIMEOUT_MS, _ms(patience_s - (clock() - begun)))

    async def close(self) -> None:
        """Close connections."""
        self._names.close()
        self._watch.close()
        await self._multi.aclose()
        while self._rested:
            self._rested.pop().close()


def _options(settings: GatewaySettings) -> tuple[tuple[int, object], ...]:
    """Return what is set for every request; whatever is not said here stays as libcurl has it: off."""
    trust = trusted()
    return (
        (pycurl.PROTOCOLS, pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS),
        (pycurl.HTTP_VERSION, pycurl.CURL_HTTP_VERSION_2TLS),
        (pycurl.SSLVERSION, pycurl.SSLVERSION_TLSv1_2),
        (pycurl.CAINFO, trust.file),  # None: not the place that was usual where libcurl was built
        (pycurl.CAPATH, trust.folder),
        (pycurl.PROXY, ""),
        (pycurl.NOPROXY, "*"),
        (pycurl.PATH_AS_IS, 1),  # addresses are in their usual form already, and robots.txt was asked about this one
        (pycurl.NOSIGNAL, 1),
        (pycurl.USERAGENT, settings.signature),
        (pycurl.TIMEOUT_MS, _ms(settings.timeout_s)),
        (pycurl.CONNECTTIMEOUT_MS, _ms(settings.timeout_s)),
    )


def _ms(seconds: float) -> int:
    return max(1, round(seconds * 1000))
