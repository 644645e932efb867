"""What does the outcome of a visit add to what we know of a feed? Outcome in, facts out; decides nothing else."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import assert_never

from msgspec import Struct
from msgspec.structs import replace

from wireroom.intake.poll.identity import content_hash, content_hash_before_https
from wireroom.intake.poll.schedule import Next, after_failure, after_success
from wireroom.intake.poll.silence import newest_at, usual_gap_s
from wireroom.records.entries import Entry, FeedItem, ParsedFeed
from wireroom.records.ids import digest, entry_id, visit_id
from wireroom.records.outcomes import Failed, Fetched, Gone, NotModified, Outcome, Redirect, Refused, Throttled
from wireroom.records.sources import Feed, FeedState, FeedStatus
from wireroom.records.visits import Visit, VisitFacts
from wireroom.text.terms import reservation, said

_PERMANENT = (301, 308)
_TRIES_WHERE_MOVED = 7
"""Failures in a row, with their back-off more than a day, after which a new address is no longer believed in."""


class _Call(Struct, frozen=True):
    """One visit that is being absorbed: whom we called on, what we knew, and when."""

    feed: Feed
    state: FeedState
    now: datetime

    def visit(self, tag: str, status: int | None, reason: str | None = None) -> Visit:
        """Return the record of this visit."""
        at = self.now
        return Visit(
            id=visit_id(self.feed.id, at.isoformat()),
            feed=self.feed.id,
            at=at,
            outcome=tag,
            status=status,
            reason=reason,
        )


def absorb(feed: Feed, state: FeedState, outcome: Outcome, known: Mapping[str, str], now: datetime) -> VisitFacts:
    """Return the visit, the feed's next state, and the entries that are new or changed since `known` (key → hash)."""
    call = _Call(feed, state, now)
    match outcome:
        case Fetched():
            return _fetched(call, outcome, known)
        case NotModified():
            return _unchanged(call, outcome, call.visit("not_modified", 304))
        case Gone():
            return _gone(call, outcome)
        case Throttled():
            return _throttled(call, outcome)
        case Refused():
            # Shown to the desk, which may ask again; never worked around.
            visit = call.visit("refused", outcome.status, f"{outcome.by} refuses: {outcome.reason}")
            return _ended(call, FeedStatus.BLOCKED, visit)
        case Failed():
            return _failed(call, call.visit("failed", outcome.status, outcome.reason))
        case _:
            assert_never(outcome)


def absorb_archive(
    feed: Feed, state: FeedState, outcome: Outcome, known: Mapping[str, str], now: datetime
) -> VisitFacts:
    """Return what an archive document of a feed (RFC 5005) adds: its items, and the next older document."""
    call = _Call(feed, state, now)
    parsed = _parsed(feed, outcome) if isinstance(outcome, Fetched) else "not fetched"
    if not isinstance(outcome, Fetched) or isinstance(parsed, str):
        visit = call.visit("failed", None, f"archive document {outcome.url}: {parsed}")
        return VisitFacts(visit=visit, state=state)
    entries = _entries(call, _as_allowed(parsed, state.reserved or _reserved(outcome)), known)
    fresh = sum(1 for entry in entries if entry.item.key not in known)
    visit = replace(call.visit("fetched", outcome.status), bytes_read=len(outcome.body), entries_seen=len(parsed.items))
    older = parsed.older if parsed.older != outcome.url else None
    return VisitFacts(
        visit=replace(visit, entries_new=fresh, repairs=parsed.repairs),
        state=replace(state, older=older or ""),
        entries=entries,
    )


def _fetched(call: _Call, outcome: Fetched, known: Mapping[str, str]) -> VisitFacts:
    """Read the document unless it is the one we hold."""
    visit = replace(call.visit("fetched", outcome.status), bytes_read=len(outcome.body))
    body_digest = digest(outcome.body)
    if body_digest == call.state.body_digest:
        # The same bytes again, from a server that knows no 304: its validators are kept all the same.
        return _unchanged(call, outcome, visit)
    parsed = _parsed(call.feed, outcome)
    if isinstance(parsed, str):
        return _failed(call, replace(visit, reason=parsed))
    facts = _read(call, outcome, visit, parsed, known)
    return replace(facts, state=replace(facts.state, body_digest=body_digest))


def _parsed(feed: Feed, outcome: Fetched) -> ParsedFeed | str:
    """Read a document, or say why not. Most polls bring none: they are spared a tenth of the start, all its readers."""
    from wireroom.intake.poll.documents import read_document  # noqa: PLC0415
    from wireroom.intake.poll.parse import Unreadable  # noqa: PLC0415

    parsed = read_document(feed, outcome)
    return parsed.reason if isinstance(parsed, Unreadable) else parsed


def _read(call: _Call, outcome: Fetched, visit: Visit, parsed: ParsedFeed, known: Mapping[str, str]) -> VisitFacts:
    """Return what a document brought that we can read and did not hold."""
    reserved = _reserved(outcome)
    entries = _entries(call, _as_allowed(parsed, reserved), known)
    fresh = sum(1 for entry in entries if entry.item.key not in known)
    upcoming = after_success(call.state, parsed, outcome.header("cache-control"), call.now)
    state = replace(_answered(call, outcome, upcoming), reserved=reserved)
    state = _taught(state, parsed, call.now)
    return VisitFacts(
        visit=replace(visit, entries_seen=len(parsed.items), entries_new=fresh, repairs=parsed.repairs),
        state=replace(state, last_new_at=call.now) if fresh else state,
        entries=entries,
    )


def _reserved(outcome: Fetched) -> str | None:
    return reservation(said(outcome.headers, outcome.reserved_at))


def _as_allowed(parsed: ParsedFeed, reserved: str | None) -> ParsedFeed:
    """Leave out what a publisher reserves: titles and links stay."""
    if not reserved:
        return parsed
    return replace(parsed, items=tuple(replace(item, summary=None, content=None) for item in parsed.items))


def _taught(state: FeedState, parsed: ParsedFeed, now: datetime) -> FeedState:
    """Keep what the document says of the feed as a whole, and what its items teach of its rhythm."""
    return replace(
        state,
        newest_at=newest_at(parsed.items, now) or state.newest_at,
        usual_s=usual_gap_s(parsed.items, state, now),
        ttl_s=parsed.ttl_s,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        hub=parsed.hub,
        topic=parsed.topic,
        older=parsed.older if state.older is None else state.older,
    )


def _unchanged(call: _Call, outcome: Fetched | NotModified, visit: Visit) -> VisitFacts:
    """Return what an unchanged document means: validators may be new, the visit worked, there is no news."""
    upcoming = after_success(call.state, None, outcome.header("cache-control"), call.now)
    return VisitFacts(visit=visit, state=_answered(call, outcome, upcoming))


def _entries(call: _Call, parsed: ParsedFeed, known: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the items that are new or changed, in the document's order, each key once.

    An item whose content we hold under a key that the document lists no more is the same item: a publisher who changes
    all ids at once, or issues a feed again, brings nothing new.
    """
    first: dict[str, FeedItem] = {}
    for item in parsed.items:
        first.setdefault(item.key, item)
    gone = {found for key, found in known.items() if key not in first}
    hashed = ((item, content_hash(item)) for item in first.values())
    return tuple(
        Entry(id=entry_id(call.feed.id, item.key), feed=call.feed.id, item=item, content_hash=found, seen_at=call.now)
        for item, found in hashed
        if _is_news(item, found, {known[item.key]} if item.key in known else gone)
    )


def _is_news(item: FeedItem, found: str, before: AbstractSet[str]) -> bool:
    """Tell whether what an item says is none of what was held before; its link may have moved to https."""
    return found not in before and not (before and content_hash_before_https(item) in before)


def _answered(call: _Call, outcome: Fetched | NotModified, upcoming: Next) -> FeedState:
    """Return the state after an answer, with the validators and the permanent address that it named."""
    is_new = isinstance(outcome, Fetched)
    return replace(
        call.state,
        status=FeedStatus.ACTIVE,
        etag=outcome.header("etag") or (None if is_new else call.state.etag),
        last_modified=outcome.header("last-modified") or (None if is_new else call.state.last_modified),
        moved_to=_moved(outcome.redirects) or call.state.moved_to,
        next_due_at=upcoming.at,
        why_next=upcoming.why,
        interval_s=upcoming.interval_s,
        failures=0,
        last_tried_at=call.now,
        last_ok_at=call.now,
        last_error=None,
    )


def _moved(redirects: tuple[Redirect, ...]) -> str | None:
    """Return where the unbroken run of permanent redirects at the start of a chain ends."""
    address = None
    for step in redirects:
        if step.status not in _PERMANENT:
            break
        address = step.url
    return address


def _gone(call: _Call, outcome: Gone) -> VisitFacts:
    """Retire a feed at 410, the publisher's last word; a 404 may be an accident and is tried again."""
    if outcome.status == 410:
        return _ended(call, FeedStatus.RETIRED, call.visit("gone", 410, "HTTP 410: the publisher has ended this feed"))
    return _failed(call, call.visit("gone", outcome.status, f"HTTP {outcome.status}: nothing at this address"))


def _throttled(call: _Call, outcome: Throttled) -> VisitFacts:
    reason = f"HTTP {outcome.status}: the server is overloaded or we asked too often"
    return _failed(call, call.visit("throttled", outcome.status, reason), retry_at=outcome.retry_at)


def _failed(call: _Call, visit: Visit, *, retry_at: datetime | None = None) -> VisitFacts:
    """Note a failure and when to try again; what we hold stays valid."""
    reason = visit.reason or "no reason given"
    upcoming = after_failure(call.state, reason, call.now, retry_at=retry_at)
    state = replace(
        call.state,
        next_due_at=upcoming.at,
        why_next=upcoming.why,
        failures=call.state.failures + 1,
        last_tried_at=call.now,
        last_error=reason,
    )
    return VisitFacts(visit=visit, state=_listed_again(state) if visit.outcome != "throttled" else state)


def _listed_again(state: FeedState) -> FeedState:
    """Go back to the address that the beat lists, unconditionally, when the one it moved to has long been dead."""
    if state.failures < _TRIES_WHERE_MOVED or state.moved_to is None:
        return state
    why = f"{state.why_next}, then at the listed address: nothing answers at {state.moved_to}"
    return replace(state, moved_to=None, etag=None, last_modified=None, why_next=why)


def _ended(call: _Call, status: FeedStatus, visit: Visit) -> VisitFacts:
    """Stop polling a feed until the desk says otherwise."""
    reason = visit.reason or str(status)
    state = replace(
        call.state,
        status=status,
        why_next=f"no visit planned: {reason}",
        failures=call.state.failures + 1,
        last_tried_at=call.now,
        last_error=reason,
    )
    return VisitFacts(visit=visit, state=state)
