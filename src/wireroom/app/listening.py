"""How does a beat hear from hubs? Subscribes its feeds, answers the hubs' questions, takes in what they send."""

import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wireroom.adapters.clock import SystemClock
from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.app.beat import Beat
from wireroom.app.build import STATE_FOLDER, opened_archive
from wireroom.errors import UsageError
from wireroom.intake.poll import websub
from wireroom.ports.archive import Archive
from wireroom.records.ids import visit_id
from wireroom.records.outcomes import Fetched
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import Visit, VisitFacts
from wireroom.runner.announcing import posted, to_hub
from wireroom.text.urls import absolute

KEY_FILE = "hub.key"


class Ear:
    """Listens for one beat at the public address `callback`; `allow` names `ip:port` pairs exempt from the guard."""

    def __init__(self, beat: Beat, callback: str, allow: frozenset[str] = frozenset()) -> None:
        if absolute("", callback) is None:
            raise UsageError(f"{callback} is no address that hubs could reach; give one that begins with https://")
        self._beat = beat
        self._callback = callback.rstrip("/")
        self._settings = GatewaySettings(contact=beat.masthead.contact or beat.masthead.address, allow=allow)
        self._key = _key(beat.folder / STATE_FOLDER / KEY_FILE)

    def subscribe(self) -> Iterator[str]:
        """Ask the hub of every feed whose lease is ending; yield in words what came of it."""
        with self._archive() as archive:
            feeds = self._feeds(archive)
        wishes = {
            to_hub(state.hub, self._wish(feed, state).items()): feed
            for feed, state in feeds.values()
            if websub.is_due(feed, state, _now()) and state.hub
        }
        with Gateway(self._settings) as web:
            for request, problem in posted(web, wishes):
                told = f"its hub does not take us: {problem}" if problem else "its hub was asked to tell us of news"
                yield f"{wishes[request].title or wishes[request].url}: {told}"

    def _wish(self, feed: Feed, state: FeedState) -> Mapping[str, str]:
        return websub.request(feed, state, f"{self._callback}/{feed.id}", websub.secret_of(self._key, feed))

    def confirm(self, name: str, asked: Mapping[str, str]) -> str | None:
        """Return the challenge to repeat when a hub asks whether we subscribed; None to refuse."""
        with self._archive() as archive:
            known = self._feeds(archive).get(name)
            state = websub.confirmed(*known, asked, _now()) if known else None
            if state is None:
                return None
            archive.record_visits([VisitFacts(visit=_note(state, "the hub will tell us of news"), state=state)])
        return asked["hub.challenge"]

    def take(self, name: str, body: bytes, content_type: str | None, signature: str | None) -> int | None:
        """Store what a hub sent; return how many entries were new, None when it was not the hub."""
        with self._archive() as archive:
            known = self._feeds(archive).get(name)
            if known is None or not websub.is_signed(body, signature, websub.secret_of(self._key, known[0])):
                return None
            feed, state = known
            pushed = Fetched(
                url=feed.url, final_url=feed.url, status=200, headers=(("content-type", content_type or ""),), body=body
            )
            held = archive.known_entries([feed.id])[feed.id]
            return archive.record_visits([websub.absorb_push(feed, state, pushed, held, _now())])

    def _feeds(self, archive: Archive) -> dict[str, tuple[Feed, FeedState]]:
        return {one.feed.id: (one.feed, one.state) for one in archive.health(self._beat.policy.beat) if one.state}

    @contextmanager
    def _archive(self) -> Iterator[Archive]:
        with opened_archive(self._beat) as archive:
            yield archive


def _now() -> datetime:
    return SystemClock().now()


def _note(state: FeedState, reason: str) -> Visit:
    at = _now()
    name = visit_id(state.feed, f"hub {at.isoformat()}")
    return Visit(id=name, feed=state.feed, at=at, outcome="subscribed", reason=reason)


def _key(file: Path) -> bytes:
    """Return the beat's key for hubs, made at first use and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(32))
    except FileExistsError:
        pass
    return file.read_bytes()
