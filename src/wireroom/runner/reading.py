"""Who reads a page, and what becomes of one that hurts its reader?

A page that looks ordinary is read in this process: whatever its shape, that takes under a second. A heavy one goes to
a helper, which is ended when it takes too long; the page is then set aside, named, with its bytes kept. A large batch
is shared among helpers, one on each core.
"""

import os
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from multiprocessing import connection, get_context
from time import monotonic
from typing import Self

from msgspec import Struct

from wireroom.intake.extract import EXTRACTOR, extract
from wireroom.records.articles import Reading, Unread
from wireroom.records.sources import Provider
from wireroom.records.versions import Version
from wireroom.runner.helpers import begin_helper

LIMIT_S = 10.0
"""A page: a thousand times what one takes; of 222 news pages the slowest took 0.03 s."""
HEAVY_BYTES, HEAVY_TAGS = 1_500_000, 20_000
"""Beyond one of these a page is read by a helper; of 222 news pages the largest had 1.6 MB and 14,000 tags."""
WORTH_BYTES = 20_000_000
"""A batch from which helpers are hired for speed: they take half a second to begin, as long as 30 MB take."""
MOST_HELPERS = 4

Answer = tuple[Reading, Version | None]


class Job(Struct, frozen=True, kw_only=True):
    """A page to be read and all that reading it needs."""

    unread: Unread
    body: bytes
    providers: Sequence[Provider]
    now: datetime
    reserved: str | None = None
    """How the publisher reserves the page's analysis; then its text is not read."""

    @property
    def is_heavy(self) -> bool:
        """Tell whether the page may hurt its reader."""
        return len(self.body) > HEAVY_BYTES or self.body.count(b"<") > HEAVY_TAGS

    def set_aside(self, why: str) -> Answer:
        """Return the reading of a page that nobody could read."""
        page = self.unread.page
        problem = f"{why}; set aside, its bytes are kept as {page.body or 'nothing'}"
        entries = tuple(entry.id for entry in self.unread.entries)
        return Reading(page=page.id, extractor=EXTRACTOR, read_at=self.now, problem=problem, entries=entries), None


class PageReaders:
    """Reads pages, here or by helpers; `with` ends the helpers."""

    def __init__(self, helpers: int | None = None, limit_s: float = LIMIT_S) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        self._most = min(cores, MOST_HELPERS) if helpers is None else helpers
        self._limit_s = limit_s
        self._idle: list[_Helper] = []

    def read(self, jobs: Sequence[Job]) -> list[Answer]:
        """Read pages; the answers come in the order of the jobs."""
        shared = bool(self._most) and sum(len(job.body) for job in jobs) >= WORTH_BYTES
        given = [at for at, job in enumerate(jobs) if self._most and (shared or job.is_heavy)]
        answers = self._helped({at: jobs[at] for at in given})
        return [answers[at] if at in answers else _read(job) for at, job in enumerate(jobs)]

    def close(self) -> None:
        """End the helpers."""
        while self._idle:
            self._idle.pop().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _helped(self, jobs: dict[int, Job]) -> dict[int, Answer]:
        """Hand jobs to helpers, and wait for each no longer than the limit."""
        answers: dict[int, Answer] = {}
        waiting = deque(jobs)
        busy: dict[int, _Helper] = {}
        while waiting or busy:
            while waiting and len(busy) < self._most:
                at = waiting.popleft()
                busy[at] = self._hired(jobs[at])
            first = min(helper.deadline for helper in busy.values())
            connection.wait([helper.line for helper in busy.values()], max(0.0, first - monotonic()))
            for at, helper in list(busy.items()):
                answer = helper.answer(jobs[at], self._limit_s)
                if answer is not None:
                    answers[at] = answer
                    self._idle.extend([busy.pop(at)] if helper.is_well else [])
                    busy.pop(at, None)
        return answers

    def _hired(self, job: Job) -> "_Helper":
        while self._idle:
            helper = self._idle.pop()
            try:
                helper.give(job, self._limit_s)
            except OSError:  # it ended while it had nothing to do
                helper.end()
            else:
                return helper
        helper = _Helper()
        helper.give(job, self._limit_s)
        return helper


class _Helper:
    """A process that reads one page after the other."""

    def __init__(self) -> None:
        # A fresh interpreter: threads and open archives of this one must not be copied into it.
        context = get_context("spawn")
        self.line, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.deadline = 0.0
        self.is_well = True
        self.line.recv()  # ready: beginning is not counted against the first page

    def give(self, job: Job, limit_s: float) -> None:
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


def _serve(line: "connection.Connection[object, Job]") -> None:
    """Read what comes over the line until it is closed; what a helper runs."""
    begin_helper()
    line.send(True)
    while True:
        try:
            line.send(_read(line.recv()))
        except (EOFError, OSError):
            return


def _read(job: Job) -> Answer:
    return extract(job.unread, job.body, job.providers, job.now, reserved=job.reserved)
