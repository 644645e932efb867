"""What becomes of one request? Guard, robots, turns, exchanges and redirects, in this order at every step."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from msgspec.structs import replace

from wireroom.adapters.web.addresses import Address, address_of
from wireroom.adapters.web.bodies import Limits
from wireroom.adapters.web.exchange import Exchange, Question
from wireroom.adapters.web.failures import Failure
from wireroom.adapters.web.guard import Guard
from wireroom.adapters.web.politeness import Pace, Politeness
from wireroom.adapters.web.reservations import Reservations
from wireroom.adapters.web.robots import Robots
from wireroom.adapters.web.settings import MAX_REDIRECTS, ROBOTS_REDIRECTS, GatewaySettings
from wireroom.adapters.web.transfer import Answer
from wireroom.adapters.web.verdicts import THROTTLING, outcome_of, throttled
from wireroom.records.outcomes import Failed, Fetched, Outcome, Redirect, Refused, Request, Throttled
from wireroom.text.urls import LONGEST, absolute

_MOVES = frozenset({301, 302, 303, 307, 308})
_UNTOLD_S = 60.0
"""Peace for a server that is overloaded and does not say for how long."""


class Traveller:
    """Carries requests to their outcomes; `now` dates a Retry-After that is given in seconds."""

    def __init__(self, settings: GatewaySettings, now: Callable[[], datetime], pace: Pace) -> None:
        self._now = now
        # A detour is the user's own word, so where it leads needs no second permission.
        self._guard = Guard(settings.allow | {urlsplit(origin).netloc for origin in settings.detour.values()})
        self._exchange = Exchange(settings, self._guard, pace)
        self._politeness = Politeness(settings, pace)
        self._robots = Robots(partial(self._journey, most=ROBOTS_REDIRECTS), self._politeness, pace)
        self._reservations = Reservations(partial(self._journey, most=ROBOTS_REDIRECTS), pace)

    async def fetch(self, request: Request) -> Outcome:
        """Return what came of a request."""
        outcome = await self._journey(request, most=MAX_REDIRECTS)
        if not isinstance(outcome, Fetched) or not _is_to_be_read(request, outcome):
            return outcome
        return replace(outcome, reserved_at=await self._reservations.of(outcome.final_url))

    async def close(self) -> None:
        """Close connections."""
        await self._exchange.close()

    async def _journey(self, request: Request, *, most: int) -> Outcome:
        url = absolute("", request.url)
        if url is None:
            return Refused(url=request.url, reason="not an http(s) address", by="guard")
        steps: tuple[Redirect, ...] = ()
        seen: tuple[str, ...] = (url,)
        while True:
            answer = await self._step(request, url)
            if not isinstance(answer, Answer):
                return answer
            if answer.status not in _MOVES:
                return outcome_of(request, url, answer, steps, self._now())
            if request.form:
                return Failed(url=request.url, reason="moved; what was meant for it is sent nowhere else")
            target = absolute(url, answer.header("location") or "about:nowhere")
            problem = _problem(seen, target, most)
            if target is None or problem:
                return Failed(
                    url=request.url, reason=problem or "redirected to no http(s) address", status=answer.status
                )
            steps += (Redirect(status=answer.status, url=target),)
            seen += (target,)
            url = target

    async def _step(self, request: Request, url: str) -> Answer | Outcome:
        """Ask one address, or say why we do not."""
        address = address_of(url)
        if refusal := self._guard.refusal(address):
            return Refused(url=request.url, reason=refusal, by="guard")
        host = address.host
        if silence := self._silence(request, host, url):
            return silence
        if request.follow_robots and (verdict := await self._robots.verdict(url)):
            return replace(verdict, url=request.url)
        async with self._politeness.turn(host):
            # Another request may have been told to go away while this one waited.
            if silence := self._silence(request, host, url):
                return silence
            answer = await self._exchange.ask(_question(request, address))
        if isinstance(answer, Failure):
            return _failed(request, answer)
        self._remember(host, url, answer)
        return answer

    def _silence(self, request: Request, host: str, url: str) -> Throttled | None:
        wish = self._politeness.silence(host, url)
        return None if wish is None else replace(wish, url=request.url)

    def _remember(self, host: str, url: str, answer: Answer) -> None:
        """Keep what an answer says about how welcome we are."""
        if answer.status not in THROTTLING:
            self._politeness.relent(host)
            return
        now = self._now()
        wish = throttled(url, answer, now)
        seconds = (wish.retry_at - now).total_seconds() if wish.retry_at else _UNTOLD_S
        self._politeness.keep_silent(host, url, wish, seconds)


def _is_to_be_read(request: Request, outcome: Fetched) -> bool:
    """Tell whether a document is one that is analysed, and does not say itself whether it may be."""
    wanted = request.follow_robots and request.first_bytes is None and not request.form
    return wanted and outcome.header("tdm-reservation") is None


def _question(request: Request, address: Address) -> Question:
    headers = {"Accept": request.accept, **_validators(request)}
    limits = Limits(most=request.max_bytes, enough=request.first_bytes)
    return Question(address=address, headers=headers, limits=limits, form=request.form)


def _validators(request: Request) -> Mapping[str, str]:
    """Return the conditional headers; a validator that could break the header is not sent back."""
    pairs = (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified))
    return {name: value for name, value in pairs if value and value.isprintable()}


def _failed(request: Request, failure: Failure) -> Outcome:
    if failure.refused:
        return Refused(url=request.url, reason=failure.reason, by="guard")
    return Failed(url=request.url, reason=failure.reason)


def _problem(seen: tuple[str, ...], target: str | None, most: int) -> str | None:
    """Return what is wrong with one more step after the addresses seen."""
    if target in seen:
        return f"redirects in a loop at {target}"
    if len(seen) > most:
        return f"more than {most} redirects"
    if target and len(target) > LONGEST:
        return f"redirected to an address of more than {LONGEST:,} characters"
    return None
