"""Who reads a page, and what becomes of one that hurts its reader?

Pages are read by a helper process, which is ended when one takes too long; that page is then set aside, named, with its
bytes kept, and the next one gets a new helper. Many pages are shared among helpers, one on each core.
"""

import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from multiprocessing import connection, get_context, resource_tracker
from threading import Timer
from time import monotonic
from typing import Self

from msgspec import Struct

from wireroom.intake.extract import EXTRACTOR, extract
from wireroom.ports.cores import usable_cores
from wireroom.records.articles import Reading, Unread
from wireroom.records.sources import Provider
from wireroom.records.versions import Version
from wireroom.runner.helpers import begin_helper

LIMIT_S = 10.0
"""A page: a thousand times what one takes; of 222 news pages the slowest took 0.03 s."""
WORTH_BYTES = 5_000_000
"""Pages for which another helper is hired; it begins while the others read, in half a second."""
LIMIT_BYTES = 1 << 30
"""Of memory. Emphasis that is never closed is opened again in every paragraph, by the standard: 80 KB become 7 GB."""
MOST_HELPERS = 4
REST_S = 60.0
"""How long helpers stay that have nothing to read: the next step may come at once, and an idle one holds 80 MB."""

Answer = tuple[Reading, Version | None]


class Job(Struct, frozen=True, kw_only=True):
    """A page to be read and all that reading it needs."""

    unread: Unread
    body: bytes
    providers: Sequence[Provider]
    now: datetime
    reserved: str | None = None
    """How the publisher reserves the page's analysis; then its text is not read."""

    def set_aside(self, why: str) -> Answer:
        """Return the reading of a page that nobody could read."""
        page = self.unread.page
        problem = f"{why}; set aside, its bytes are kept as {page.body}" if page.body else why
        entries = tuple(entry.id for entry in self.unread.entries)
        return Reading(page=page.id, extractor=EXTRACTOR, read_at=self.now, problem=problem, entries=entries), None


class PageReaders:
    """Reads pages by helpers; `with` lets them rest afterwards. Without helpers nothing ends a page that hurts."""

    def __init__(self, helpers: int | None = None, limit_s: float = LIMIT_S) -> None:
        self._most = min(usable_cores(), MOST_HELPERS) if helpers is None else helpers
        self.limit_s = limit_s
        self._idle: list[_Helper] = []
        self._seen = 0

    def read(self, jobs: Sequence[Job]) -> list[Answer]:
        """Read pages; the answers come in the order of the jobs."""
        if not self._most:
            return [_read(job) for job in jobs]
        self._seen += sum(len(job.body) for job in jobs)
        answers = self._helped(dict(enumerate(jobs)), min(self._most, 1 + self._seen // WORTH_BYTES))
        return [answers[at] for at in range(len(jobs))]

    def close(self) -> None:
        """Let the helpers rest."""
        _rest(self._idle)
        self._idle = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _helped(self, jobs: dict[int, Job], most: int) -> dict[int, Answer]:
        """Hand jobs to so many helpers, and wait for each no longer than the limit."""
        answers: dict[int, Answer] = {}
        waiting = deque(jobs)
        busy: dict[int, _Helper] = {}
        while waiting or busy:
            self._hand_out(waiting, busy, jobs, most)
            first = min(helper.deadline for helper in busy.values())
            connection.wait([helper.line for helper in busy.values()], max(0.0, first - monotonic()))
            for at, helper in list(busy.items()):
                answer = helper.answer(jobs[at], self.limit_s)
                if answer is not None:
                    answers[at] = answer
                    self._idle.extend([busy.pop(at)] if helper.is_well else [])
                    busy.pop(at, None)
        return answers

    def _hand_out(self, waiting: deque[int], busy: dict[int, "_Helper"], jobs: dict[int, Job], most: int) -> None:
        while waiting and len(busy) < most and (helper := self._hired(alone=not busy)):
            try:
                helper.give(jobs[waiting[0]], self.limit_s)
            except (EOFError, OSError):
                helper.end()
                if not helper.has_begun:
                    raise
                # It ended while it had nothing to do: the next one gets the page.
            else:
                busy[waiting.popleft()] = helper

    def _hired(self, *, alone: bool) -> "_Helper | None":
        """Return a helper that has begun; where others read already, a further one may take its time to begin."""
        helper = self._idle.pop() if self._idle else _taken(lambda one: one.is_ready)
        if helper is None:
            prepare()
        return helper or (_taken(lambda _: True) if alone else None)


_RESTING: list["_Helper"] = []
"""Helpers of this process that have nothing to read."""
os.register_at_fork(after_in_child=_RESTING.clear)  # they belong to the parent


def prepare() -> None:
    """Have a helper begin while there is something else to do, such as waiting for pages."""
    if not _RESTING:
        _rest([_Helper()])


def _taken(fits: Callable[["_Helper"], bool]) -> "_Helper | None":
    """Take one of the resting helpers; another thread may be about to take or end the same one."""
    for helper in tuple(_RESTING):
        if fits(helper):
            with suppress(ValueError):
                _RESTING.remove(helper)
                return helper
    return None


def _rest(helpers: Sequence["_Helper"]) -> None:
    """Keep helpers for those who read next, for a minute."""
    if not helpers:
        return
    for helper in helpers:
        helper.deadline = monotonic() + REST_S
    _RESTING.extend(helpers)
    timer = Timer(REST_S, _retire)
    timer.daemon = True
    timer.start()


def _retire() -> None:
    """End the helpers that have rested long enough."""
    while helper := _taken(lambda one: one.deadline <= monotonic()):
        helper.end()


class _Helper:
    """A process that reads one page after the other."""

    def __init__(self) -> None:
        # A fresh interpreter: threads and open archives of this one must not be copied into it.
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        with _calm():
            self._process.start()
        theirs.close()
        self.deadline = 0.0
        self.is_well = True
        self.has_begun = False

    @property
    def is_ready(self) -> bool:
        """Tell whether it would take a page at once."""
        return self.has_begun or self.line.poll()

    def give(self, job: Job, limit_s: float) -> None:
        if not self.has_begun:  # beginning is not counted against the first page
            self.has_begun = bool(self.line.recv())
        self.deadline = monotonic() + limit_s
        self.line.send(job)

    def answer(self, job: Job, limit_s: float) -> Answer | None:
        """Return the answer when there is one, or why there will be none; None while the helper is at it."""
        try:
            if self.line.poll():
                found: Answer = self.line.recv()
                return found
        except (EOFError, OSError):
            self.end()
            return job.set_aside("its reader broke down over it")
        if monotonic() < self.deadline:
            return None
        self.end()
        return job.set_aside(f"reading it took longer than {limit_s:g} seconds")

    def end(self) -> None:
        self.is_well = False
        self._process.kill()
        self._process.join()
        self.line.close()


@contextmanager
def _calm() -> Iterator[None]:
    """Keep Ctrl-C from a process that is being begun, which inherits what is blocked; here it comes through after."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its own beginning would lift the block
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(line: "connection.Connection[object, Job]") -> None:
    """Read what comes over the line until it is closed; what a helper runs."""
    begin_helper(LIMIT_BYTES)
    line.send(True)
    while True:
        try:
            line.send(_read(line.recv()))
        except (EOFError, OSError):
            return


def _read(job: Job) -> Answer:
    return extract(job.unread, job.body, job.providers, job.now, reserved=job.reserved)
