"""How is an edition made from the archive as it is, without holding it?"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from msgspec import Struct

from wireroom.edition.filed import Store
from wireroom.edition.lineup import Finish, Frame, made
from wireroom.edition.private import sealed
from wireroom.edition.shelf import Shelf
from wireroom.edition.takedown import Takedown
from wireroom.edition.tales import Tales
from wireroom.ports.archive import EditionArchive
from wireroom.records.editions import Candidate, Edition, Post
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.stories import Story
from wireroom.runner.stock import Spooled
from wireroom.text.seals import KeyRing

Spools = Callable[[], Store]
"""Opens where bytes lie."""


class Made(Struct, frozen=True):
    """An edition, and the paths that were granted before it was made."""

    edition: Edition
    granted: Mapping[ArticleId, str]


class Memory:
    """Bytes one after the other, in memory."""

    def __init__(self) -> None:
        self._held = bytearray()

    def keep(self, body: bytes) -> None:
        """Put bytes behind the others."""
        self._held += body

    def look(self, start: int, end: int) -> bytes:
        """Return the bytes between two places."""
        return bytes(self._held[start:end])


class Shelves:
    """Keeps the posts and the stories of an edition; fulfils edition.lineup.Keep."""

    def __init__(self, spools: Spools) -> None:
        self._posts, self._stories = Shelf(spools()), Tales(spools())

    def post(self, post: Post) -> Post:
        """Put a post away."""
        return self._posts.put(post)

    def story(self, story: Story) -> Story:
        """Put a story away."""
        return self._stories.put(story)


def draft(archive: EditionArchive, frame: Frame, spools: Spools | None) -> Edition:
    """Make an edition for those who choose from it: nothing is sealed, and what tells of killed articles is there."""
    return made(stock(archive, frame.policy.beat, frame.now, spools), frame, Shelves(spools) if spools else None)


def final(archive: EditionArchive, frame: Frame, ring: KeyRing, spools: Spools | None) -> Made:
    """Make an edition to be delivered."""
    known = stock(archive, frame.policy.beat, frame.now, spools)
    takedown = Takedown(known.killed)
    known.carried = takedown.carried(known.carried)
    edition = made(known, frame, Shelves(spools) if spools else None, _finish(takedown, ring))
    return Made(edition, known.paths)


def stock(archive: EditionArchive, beat: BeatId, now: datetime, spools: Spools | None) -> Spooled:
    """Lay ready what is known of a beat, story by story."""
    with archive.moment(beat, now) as moment:
        return Spooled(moment, beat, spools() if spools else Memory())


def _finish(takedown: Takedown, ring: KeyRing) -> Finish:
    def finish(post: Post, candidate: Candidate) -> Post:
        return sealed(takedown.post(post), candidate.ruling, ring)

    return finish


@contextmanager
def resting_collector() -> Iterator[None]:
    """Collect no garbage: records hold no cycles, and looking for them took half the time of making 10,000 posts.

    An edition outlives its delivery, too: collections would walk it again and again, a third of the time of planning.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
