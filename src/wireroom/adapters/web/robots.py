"""Does a site's robots.txt let us in? RFC 9309, read once a day for each origin."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from msgspec import Struct
from protego import Protego

from wireroom.adapters.web.origins import FRESH_S, RETRY_S, Origins
from wireroom.adapters.web.politeness import Pace, Politeness
from wireroom.adapters.web.settings import ROBOTS_BYTES, ROBOTS_TOKEN
from wireroom.records.outcomes import Failed, Fetched, Gone, Outcome, Refused, Request, Throttled


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
        self._origins = Origins(self._read, pace)

    async def verdict(self, url: str) -> Outcome | None:
        """Return None when the address may be visited, else the outcome that says why not."""
        rules = await self._origins.of(url)
        if rules.instead is not None:
            return _for(url, rules.instead)
        if rules.parsed is None or rules.parsed.can_fetch(url, ROBOTS_TOKEN):
            return None
        return Refused(url=url, reason=f"robots.txt of {urlsplit(url).netloc} asks us not to read this", by="robots")

    async def _read(self, origin: str) -> Rules:
        request = Request(
            url=f"{origin}/robots.txt", first_bytes=ROBOTS_BYTES, max_bytes=ROBOTS_BYTES, follow_robots=False
        )
        return self._judge(origin, await self._fetch(request))

    def _judge(self, origin: str, outcome: Outcome) -> Rules:
        """Apply RFC 9309 §2.3.1: absent = all allowed; server in trouble or unreachable = nothing allowed for now."""
        now = self._pace.monotonic()
        match outcome:
            case Fetched(body=body):
                parsed = Protego.parse(body.decode("utf-8", "replace"))
                self._follow_delay(origin, parsed)
                return Rules(until=now + FRESH_S, parsed=parsed)
            case Gone() | Refused(by="publisher"):
                return Rules(until=now + FRESH_S)
            case Failed(status=int(status)) if status < 500:
                return Rules(until=now + FRESH_S)
            case Failed(status=int(status)):
                reason = f"robots.txt answers {status}; until it can be read we stay away"
                return Rules(
                    until=now + RETRY_S, instead=Refused(url=origin, reason=reason, by="robots", status=status)
                )
            case _:
                return Rules(until=now + RETRY_S, instead=outcome)

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
