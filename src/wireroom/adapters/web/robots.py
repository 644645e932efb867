"""Does a site's robots.txt let us in? RFC 9309, read once a day for each origin."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from msgspec import Struct
from protego import Protego

from wireroom.adapters.web.politeness import Pace, Politeness
from wireroom.adapters.web.settings import ROBOTS_BYTES, ROBOTS_TOKEN
from wireroom.records.outcomes import Failed, Fetched, Gone, Outcome, Refused, Request, Throttled

_FRESH_S = 24 * 3600.0  # RFC 9309 §2.4
_RETRY_S = 15 * 60.0
"""How long a failure to read it stands before we ask again."""
_ORIGINS_KEPT = 10_000


class Rules(Struct, frozen=True, kw_only=True):
    """What an origin's file says, or the outcome that stands for every address there while it cannot be read."""

    until: float
    parsed: Protego | None = None
    instead: Outcome | None = None


class Robots:
    """Remembers the rules of each origin; `fetch` follows redirects and the guard, but asks no robots.txt."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Outcome]], politeness: Politeness, pace: Pace) -> None:
        self._fetch = fetch
        self._politeness = politeness
        self._pace = pace
        self._rules: OrderedDict[str, Rules] = OrderedDict()
        self._reading: dict[str, asyncio.Task[Rules]] = {}

    async def verdict(self, url: str) -> Outcome | None:
        """Return None when the address may be visited, else the outcome that says why not."""
        parts = urlsplit(url)
        rules = await self._of(f"{parts.scheme}://{parts.netloc}")
        if rules.instead is not None:
            return _for(url, rules.instead)
        if rules.parsed is None or rules.parsed.can_fetch(url, ROBOTS_TOKEN):
            return None
        return Refused(url=url, reason=f"robots.txt of {parts.netloc} asks us not to read this", by="robots")

    async def _of(self, origin: str) -> Rules:
        known = self._rules.get(origin)
        if known is not None and known.until > self._pace.monotonic():
            return known
        reading = self._reading.get(origin)
        if reading is None:
            reading = self._reading[origin] = asyncio.create_task(self._read(origin))
            reading.add_done_callback(lambda _: self._reading.pop(origin, None))
        # Shielded: others wait for the same file when the request that began to read it is cancelled.
        return await asyncio.shield(reading)

    async def _read(self, origin: str) -> Rules:
        request = Request(
            url=f"{origin}/robots.txt", first_bytes=ROBOTS_BYTES, max_bytes=ROBOTS_BYTES, follow_robots=False
        )
        rules = self._judge(origin, await self._fetch(request))
        self._rules[origin] = rules
        if len(self._rules) > _ORIGINS_KEPT:
            self._rules.popitem(last=False)
        return rules

    def _judge(self, origin: str, outcome: Outcome) -> Rules:
        """Apply RFC 9309 §2.3.1: absent = all allowed; server in trouble or unreachable = nothing allowed for now."""
        now = self._pace.monotonic()
        match outcome:
            case Fetched(body=body):
                parsed = Protego.parse(body.decode("utf-8", "replace"))
                self._follow_delay(origin, parsed)
                return Rules(until=now + _FRESH_S, parsed=parsed)
            case Gone() | Refused(by="publisher"):
                return Rules(until=now + _FRESH_S)
            case Failed(status=int(status)) if status < 500:
                return Rules(until=now + _FRESH_S)
            case Failed(status=int(status)):
                reason = f"robots.txt answers {status}; until it can be read we stay away"
                return Rules(
                    until=now + _RETRY_S, instead=Refused(url=origin, reason=reason, by="robots", status=status)
                )
            case _:
                return Rules(until=now + _RETRY_S, instead=outcome)

    def _follow_delay(self, origin: str, parsed: Protego) -> None:
        delay = parsed.crawl_delay(ROBOTS_TOKEN)
        if delay:
            self._politeness.slow_down(urlsplit(origin).hostname or "", float(delay))


def _for(url: str, outcome: Outcome) -> Outcome:
    """Let what befell robots.txt stand for a page of its origin."""
    match outcome:
        case Failed(reason=reason, status=status):
            return Failed(url=url, reason=reason, status=status)
        case Throttled(status=status, retry_at=at):
            return Throttled(url=url, status=status, retry_at=at)
        case Refused(reason=reason, by=by, status=status):
            return Refused(url=url, reason=reason, by=by, status=status)
        case _:
            return Failed(url=url, reason="robots.txt cannot be read")
