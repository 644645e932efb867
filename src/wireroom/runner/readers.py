"""Where are documents read: in this process, or by helpers on the other cores?

Reading is most of the work of a poll and needs nothing but bytes, so helpers take over whole batches; this process
fetches and stores meanwhile, and reads a batch itself when all helpers have enough to do. A poll that brings little
starts none.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from datetime import datetime
from typing import TYPE_CHECKING, Self

import msgspec
from msgspec import Struct

from wireroom.intake.poll.absorb import absorb
from wireroom.ports.cores import usable_cores
from wireroom.records.outcomes import Failed, Fetched, Outcome
from wireroom.records.sources import Feed, FeedState
from wireroom.records.visits import VisitFacts

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

WORTH_BYTES = 1_000_000
"""Documents of a poll from which helpers are started: beginning takes as long as reading 10 MB, and where so much came
more will come."""
MOST_HELPERS = 4
AHEAD = 6
"""Batches each helper may have waiting: enough that it reads on while this process stores a large batch."""


class Answered(Struct, frozen=True, kw_only=True):
    """A visit's answer and what it needs to be absorbed: `known` is item key → content hash."""

    feed: Feed
    state: FeedState
    outcome: Outcome
    known: dict[str, str]
    now: datetime


class Readers:
    """Absorbs batches of answers, here or elsewhere; `with` ends the helpers."""

    def __init__(self, helpers: int | None = None) -> None:
        self._helpers = min(usable_cores() - 1, MOST_HELPERS) if helpers is None else helpers
        self._pool: ProcessPoolExecutor | None = None
        self._seen = 0
        self._out: deque[tuple[Future[bytes], bytes]] = deque()

    def absorb(self, batch: Sequence[Answered]) -> Iterator[list[VisitFacts]]:
        """Take in a batch, and yield what is ready, of this batch or of earlier ones."""
        if not (self._is_worth(batch) and self._hand_out(_encoder.encode(batch))):
            yield _absorbed(batch)
        while self._out and self._out[0][0].done():
            yield self._next()

    def rest(self) -> Iterator[list[VisitFacts]]:
        """Yield what is still being read, as it is ready; lots that no helper has begun are read here."""
        while self._out:
            yield self._next() if self._out[0][0].done() else self._last()

    def _last(self) -> list[VisitFacts]:
        """Return the facts of the batch that was handed out last, else of the first: this process has time."""
        job, packed = self._out[-1]
        if not job.cancel():
            return self._next()
        self._out.pop()
        return _absorbed(_answers.decode(packed))

    def _hand_out(self, packed: bytes) -> bool:
        """Give a helper a batch; tell whether there is one to take it."""
        try:
            self._out.append((self._hired().submit(read_packed, packed), packed))
        except BrokenExecutor:  # killed while it had nothing to read
            self._helpers = 0
            return False
        return True

    def _next(self) -> list[VisitFacts]:
        """Return the facts of the batch that was handed out first; read it here when its helper is gone."""
        job, packed = self._out.popleft()
        try:
            return _visits.decode(job.result())
        except BrokenExecutor:  # killed, perhaps for want of memory: no more of them in this run
            self._helpers = 0
            return _absorbed(_answers.decode(packed))

    def close(self) -> None:
        """End the helpers; what they were reading is read again by the next run."""
        self._out.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _is_worth(self, batch: Sequence[Answered]) -> bool:
        size = sum(len(one.outcome.body) for one in batch if isinstance(one.outcome, Fetched))
        self._seen += size
        return size > 0 and self._seen >= WORTH_BYTES and len(self._out) < self._helpers * AHEAD

    def _hired(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            # Most polls bring little: they are spared the import.
            from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
            from multiprocessing import get_context  # noqa: PLC0415

            from wireroom.runner.helpers import begin_helper  # noqa: PLC0415

            # A fresh interpreter: threads and open archives of this one must not be copied into it.
            self._pool = ProcessPoolExecutor(self._helpers, mp_context=get_context("spawn"), initializer=begin_helper)
        return self._pool


_encoder = msgspec.msgpack.Encoder()
_answers = msgspec.msgpack.Decoder(list[Answered])
_visits = msgspec.msgpack.Decoder(list[VisitFacts])


def read_packed(packed: bytes) -> bytes:
    """Absorb a packed batch and return the packed facts; what a helper runs."""
    return _encoder.encode(_absorbed(_answers.decode(packed)))


def _absorbed(batch: Sequence[Answered]) -> list[VisitFacts]:
    return [_absorbed_one(one) for one in batch]


def _absorbed_one(one: Answered) -> VisitFacts:
    """Absorb an answer; a document that our reader trips over costs its own feed a visit, and others nothing."""
    try:
        return absorb(one.feed, one.state, one.outcome, one.known, one.now)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next document is worth reading
        reason = f"our reader tripped over the document ({type(error).__name__}: {error}); please report it"
        return absorb(one.feed, one.state, Failed(url=one.outcome.url, reason=reason), {}, one.now)
