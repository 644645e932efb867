"""Does a site keep machines from analysing what it publishes? Its tdmrep.json, read once a day for each origin."""

from collections.abc import Awaitable, Callable

from msgspec import Struct

from wireroom.adapters.web.origins import FRESH_S, RETRY_S, Origins
from wireroom.adapters.web.politeness import Pace
from wireroom.records.outcomes import Fetched, Gone, Outcome, Refused, Request
from wireroom.text.tdmrep import Rule, read_rules, reserving

PLACE = "/.well-known/tdmrep.json"
MOST_BYTES = 500 * 1024


class Reserved(Struct, frozen=True, kw_only=True):
    """What an origin's file says."""

    until: float
    rules: tuple[Rule, ...] = ()


class Reservations:
    """Remembers the rules of each origin; `fetch` follows redirects and the guard, but asks no robots.txt."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Outcome]], pace: Pace) -> None:
        self._fetch = fetch
        self._pace = pace
        self._origins = Origins(self._read, pace)

    async def of(self, url: str) -> str | None:
        """Return the location under which the site reserves this address; None when it does not."""
        return reserving((await self._origins.of(url)).rules, url)

    async def _read(self, origin: str) -> Reserved:
        outcome = await self._fetch(Request(url=f"{origin}{PLACE}", max_bytes=MOST_BYTES, follow_robots=False))
        now = self._pace.monotonic()
        match outcome:
            case Fetched(body=body):
                return Reserved(until=now + FRESH_S, rules=read_rules(body))
            case Gone() | Refused():
                return Reserved(until=now + FRESH_S)
            case _:
                return Reserved(until=now + RETRY_S)
