"""Which outcome is the last answer of a journey?"""

from datetime import datetime

from wireroom.adapters.web.retry import retry_at
from wireroom.adapters.web.transfer import Answer
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Redirect, Refused, Request, Throttled

_REFUSALS = {
    401: "the publisher asks for a login",
    402: "the publisher asks for payment",
    403: "the publisher forbids it",
    451: "withheld for legal reasons",
}


THROTTLING = frozenset({429, 503})


def throttled(url: str, answer: Answer, now: datetime) -> Throttled:
    """Read an answer whose status is one of THROTTLING."""
    return Throttled(url=url, status=answer.status, retry_at=retry_at(answer.header("retry-after"), now))


def outcome_of(request: Request, url: str, answer: Answer, steps: tuple[Redirect, ...], now: datetime) -> Outcome:
    """Read the status of the answer that `url` gave after these steps."""
    match answer.status:
        case 304:
            return NotModified(url=request.url, final_url=url, headers=answer.headers, redirects=steps)
        case 404 | 410:
            return Gone(url=request.url, final_url=url, status=answer.status)
        case status if status in THROTTLING:
            return throttled(request.url, answer, now)
        case status if status in _REFUSALS:
            return Refused(url=request.url, reason=_REFUSALS[status], by="publisher", status=status)
        case status if 200 <= status < 300:
            return Fetched(
                url=request.url,
                final_url=url,
                status=status,
                headers=answer.headers,
                body=answer.body,
                redirects=steps,
                truncated=answer.truncated,
            )
        case status:
            reason = f"the server failed (status {status})" if status >= 500 else f"unexpected status {status}"
            return Failed(url=request.url, reason=reason, status=status)
