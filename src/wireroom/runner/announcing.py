"""Who is told that feeds have changed? The beat's WebSub hub, which tells the readers, so that they need not ask.

A hub that does not answer stops nothing: the feeds stand, and readers find them at their next visit.
"""

from collections.abc import Iterable, Iterator

from wireroom.ports.web import Web
from wireroom.records.editions import Delivery
from wireroom.records.outcomes import Failed, Fetched, Gone, Outcome, Refused, Request, Throttled
from wireroom.runner.room import Room

MOST = 200
"""Feeds named in one message."""
FEEDS = ("rss.xml", "atom.xml", "feed.json")


def announce(room: Room, deliveries: Iterable[Delivery]) -> tuple[str, ...]:
    """Tell the hub which feeds were written; return what went wrong, in words."""
    hub, base = room.masthead.hub, room.masthead.address
    changed = sorted({path for one in deliveries for path in one.written if _is_feed(path)})
    if not hub or not changed:
        return ()
    parts = (changed[start : start + MOST] for start in range(0, len(changed), MOST))
    messages = [message(hub, (base + path for path in part)) for part in parts]
    problems = dict.fromkeys(problem for _, problem in posted(room.web, messages) if problem)
    return tuple(f"The hub {hub} was not told which feeds changed: {problem}" for problem in problems)


def message(hub: str, feeds: Iterable[str]) -> Request:
    """Return the message that feeds have changed (WebSub §6 leaves its form to hubs; this is what they all take)."""
    return to_hub(hub, (("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)))


def to_hub(hub: str, form: Iterable[tuple[str, str]]) -> Request:
    """Return the request that posts a form to a hub."""
    return Request(url=hub, form=tuple(form), max_bytes=65_536, follow_robots=False)


def posted(web: Web, messages: Iterable[Request]) -> Iterator[tuple[Request, str | None]]:
    """Post messages to hubs; yield each with what went wrong in words, or None, as the answers come."""
    return ((request, _problem(outcome)) for request, outcome in web.fetch_all(messages))


def _is_feed(path: str) -> bool:
    return path.startswith("feeds/") and path.endswith(FEEDS)


def _problem(outcome: Outcome) -> str | None:
    match outcome:
        case Refused() | Failed():
            return outcome.reason
        case Gone():
            return f"no hub lives there (status {outcome.status})"
        case Throttled():
            return f"asked us to come back later (status {outcome.status})"
        case Fetched():
            return None
    return "an answer that no hub gives"
