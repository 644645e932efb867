"""How does a hub tell us of news? Subscribing, being asked whether we did, and proof that news is the hub's (WebSub).

W3C Recommendation of 2018. Pure: who posts, who listens and where the secret lies is decided elsewhere.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from wireroom.intake.poll.absorb import absorb
from wireroom.records.outcomes import Fetched
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import VisitFacts

LEASE = timedelta(days=10)
RENEW_BEFORE = timedelta(days=1)
_ALGORITHMS = frozenset({"sha1", "sha256", "sha384", "sha512"})


def is_due(feed: Feed, state: FeedState, now: datetime) -> bool:
    """Tell whether we should ask the feed's hub to tell us: never asked, or the lease ends within a day."""
    if not state.hub or feed.paused or state.status != FeedStatus.ACTIVE:
        return False
    return state.told_until is None or state.told_until - RENEW_BEFORE <= now


def topic_of(feed: Feed, state: FeedState) -> str:
    """Return the address by which the hub knows the feed."""
    return state.topic or state.moved_to or feed.url


def request(feed: Feed, state: FeedState, callback: str, secret: str) -> dict[str, str]:
    """Return the form that asks a hub to subscribe us."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": topic_of(feed, state),
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }


def secret_of(key: bytes, feed: Feed) -> str:
    """Return the secret that only we and the hub know of a feed; the same key always gives the same one."""
    return hmac.new(key, feed.id.encode(), "sha256").hexdigest()


def confirmed(feed: Feed, state: FeedState, asked: Mapping[str, str], now: datetime) -> FeedState | None:
    """Return the state after a hub asked whether we subscribed; None when we did not, so that it must be refused."""
    if asked.get("hub.topic") != topic_of(feed, state) or not state.hub or not asked.get("hub.challenge"):
        return None
    if asked.get("hub.mode") != "subscribe":
        return None  # we never leave by ourselves: a lease that is not renewed ends
    seconds = asked.get("hub.lease_seconds", "")
    lease = timedelta(seconds=int(seconds)) if seconds.isascii() and seconds.isdigit() and len(seconds) < 9 else LEASE
    return replace(state, told_until=now + min(lease, LEASE * 3))


def is_signed(body: bytes, signature: str | None, secret: str) -> bool:
    """Tell whether a hub that knows the secret wrote this; `signature` is the X-Hub-Signature header."""
    algorithm, _, told = (signature or "").partition("=")
    if algorithm not in _ALGORITHMS:
        return False
    return hmac.compare_digest(hmac.new(secret.encode(), body, algorithm).hexdigest().encode(), told.lower().encode())


def absorb_push(feed: Feed, state: FeedState, pushed: Fetched, known: Mapping[str, str], now: datetime) -> VisitFacts:
    """Return what pushed news adds: entries, as after a visit; what the next visit needs to ask stays as it was."""
    # What a hub sends on has lost its publisher's headers: what the feed said last of its use still holds.
    told = replace(pushed, headers=(*pushed.headers, ("tdm-reservation", "1"))) if state.reserved else pushed
    facts = absorb(feed, replace(state, body_digest=None), told, known, now)
    kept = replace(
        facts.state,
        etag=state.etag,
        reserved=state.reserved,
        last_modified=state.last_modified,
        body_digest=state.body_digest,
        hub=state.hub,
        topic=state.topic,
        usual_s=state.usual_s,
        next_due_at=state.next_due_at,
        why_next=state.why_next,
        interval_s=state.interval_s,
        failures=state.failures,
        last_error=state.last_error,
    )
    return replace(facts, state=kept, visit=replace(facts.visit, reason="told by the hub"))
