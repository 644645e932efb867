"""How does one answer arrive? What libcurl calls back with: sockets to open, lines of the head, pieces of the body."""

import asyncio
from typing import Any

import pycurl
from msgspec import Struct

from wireroom.adapters.web.bodies import Intake, Limits, TooLarge, Undecodable
from wireroom.adapters.web.guard import ForbiddenAddress, Guard
from wireroom.adapters.web.heads import Head, ImproperHead
from wireroom.records.outcomes import first_header

_KEPT_FROM_US = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"})
"""Headers that are no longer true of the decoded body, or that we do not want to know."""
_BODILESS = frozenset({204, 205, 304})
_SWALLOWED = 16_384
"""Bytes: the body of a refusal or a redirect tells us nothing, but a short one costs less than a new connection."""
_RAGGED = "unexpected eof"
"""OpenSSL's words for a server that closes without saying so in TLS; many do, and Python's ssl does not mind."""
_NO_SOCKET = -1  # CURL_SOCKET_BAD
_STOP = -1
"""A number of bytes that makes libcurl end the transfer."""


class Answer(Struct, frozen=True, kw_only=True):
    """What came back: status, headers with lower-case names, and a body when the status promises one worth reading."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name."""
        return first_header(self.headers, name)


class Silence(Exception):  # noqa: N818 - named for what was heard
    """Nothing arrived for too long."""


class Broken(Exception):  # noqa: N818 - named for what became of the exchange
    """libcurl gave up: its code, what it says, and the error number of the system (0 = none)."""

    def __init__(self, code: int, told: str = "", number: int = 0) -> None:
        super().__init__(told)
        self.code = code
        self.number = number


TROUBLES = (Broken, Silence, ImproperHead, TooLarge, Undecodable, OSError)
"""What `arrive` raises."""


class Transfer:
    """One exchange on a handle; `refused` are the addresses that the guard kept it from."""

    def __init__(self, curl: pycurl.Curl, limits: Limits, guard: Guard) -> None:
        self.refused: list[str] = []
        self._curl = curl
        self._limits = limits
        self._guard = guard
        self._head = Head()
        self._intake: Intake | None = None
        self._is_settled = False  # nothing that is still to come would change the answer
        self._trouble: Exception | None = None  # why we ended it
        self._clock = asyncio.get_running_loop().time
        self._begun = self._heard = 0.0
        curl.setopt(pycurl.OPENSOCKETFUNCTION, self._open)
        curl.setopt(pycurl.HEADERFUNCTION, self._take_line)
        curl.setopt(pycurl.WRITEFUNCTION, self._take_chunk)

    def silent_s(self) -> float:
        """Return for how long nothing has arrived; while no connection stands, only the whole budget counts."""
        connected_s: float = self._curl.getinfo(pycurl.PRETRANSFER_TIME)
        return self._clock() - max(self._heard, self._begun + connected_s) if connected_s else 0.0

    async def arrive(self, done: asyncio.Future[Any]) -> Answer:
        """Wait for the answer to what has just begun and ends with `done`; raise one of TROUBLES."""
        self._begun = self._heard = self._clock()
        try:
            await done
        except pycurl.error as error:
            code, told = error.args
            self._judge(Broken(code, told, self._curl.getinfo(pycurl.OS_ERRNO)))
        except Silence:
            if not self._is_settled:
                raise
        if not self._head.is_complete:  # libcurl is content with half a head
            raise Broken(pycurl.E_PARTIAL_FILE)
        return self._answer()

    def _judge(self, broken: Broken) -> None:
        """Raise what an end that libcurl calls an error really is, unless the answer is good all the same."""
        if self._is_settled:
            return
        if self._trouble is not None:
            raise self._trouble
        if broken.code != pycurl.E_RECV_ERROR or _RAGGED not in str(broken):
            raise broken
        if not self._head.is_complete:
            raise Broken(pycurl.E_GOT_NOTHING)
        if self._head.is_framed:
            raise Broken(pycurl.E_PARTIAL_FILE)

    def _answer(self) -> Answer:
        headers = tuple(pair for pair in self._head.headers if pair[0] not in _KEPT_FROM_US)
        if self._intake is None:
            return Answer(status=self._head.status, headers=headers)
        body = self._intake.body()
        return Answer(status=self._head.status, headers=headers, body=body.data, truncated=not body.whole)

    def _open(self, _purpose: int, address: tuple[int, int, int, tuple[Any, ...]]) -> int:
        """Make a socket for an address of the host, unless the guard forbids it."""
        try:
            return self._guard.open_socket(*address).detach()
        except ForbiddenAddress as error:
            self.refused.append(error.address)
        except OSError as error:  # no more open files
            self._trouble = error
        return _NO_SOCKET

    def _take_line(self, line: bytes) -> int | None:
        self._heard = self._clock()
        try:
            if self._head.take(line):
                return None if self._is_worth_reading() else _STOP
        except (ImproperHead, TooLarge, Undecodable) as error:
            self._trouble = error
            return _STOP
        return None

    def _is_worth_reading(self) -> bool:
        """Decide about the body; raise TooLarge when it is declared so, and Undecodable."""
        head = self._head
        if not 200 <= head.status < 300 or head.status in _BODILESS:
            self._is_settled = True
            return head.status in _BODILESS or (head.length is not None and head.length <= _SWALLOWED)
        encoding = head.first("content-encoding")
        if not encoding and self._limits.enough is None and (head.length or 0) > self._limits.most:
            raise TooLarge
        self._intake = Intake(encoding, self._limits)
        return True

    def _take_chunk(self, chunk: bytes) -> int | None:
        if self._intake is None:
            return None
        self._heard = self._clock()
        try:
            self._is_settled = not self._intake.take(chunk)
        except (TooLarge, Undecodable) as error:
            self._trouble = error
            return _STOP
        return _STOP if self._is_settled else None
