"""Pages that hurt their reader are set aside; the others are read."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from wireroom.intake.extract.reading import FAILED
from wireroom.records.articles import Unread
from wireroom.records.ids import Digest, PageId
from wireroom.records.pages import Page
from wireroom.runner import reading
from wireroom.runner.reading import LIMIT_S, Job, PageReaders, _Helper, prepare

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOOD = (
    "<title>Bridge opens</title><meta name=date content=2026-11-20>" + "<p>The first tram crossed the bridge.</p>" * 9
)
LONG = GOOD + "<p>Another sentence of a very long text.</p>" * 40_000
HURTS = GOOD + "".join(f"<p><b id={number}>x" for number in range(2_000))
"""Every paragraph opens again what was not closed (WHATWG HTML §13.2.4.3): seconds for 30 KB."""
FILLS = GOOD + "".join(f"<p><b id={number}>x" for number in range(6_000))
"""Several times the memory that a helper may have."""


def job(name: str, markup: str) -> Job:
    page = Page(
        id=PageId(name),
        url=f"https://harbour-post.example/{name}",
        final_url=f"https://harbour-post.example/{name}",
        fetched_at=NOW,
        outcome="fetched",
        body=Digest("d1f2"),
    )
    return Job(unread=Unread(page=page, entries=()), body=markup.encode(), providers=(), now=NOW)


@pytest.fixture
def readers() -> Iterator[PageReaders]:
    with PageReaders(1) as pool:
        yield pool


def test_pages_are_read_by_helpers_and_the_order_stays(readers: PageReaders) -> None:
    jobs = [job("a", GOOD), job("b", LONG), job("c", GOOD), job("d", LONG)]
    answers = readers.read(jobs)
    assert [reading.page for reading, _ in answers] == ["a", "b", "c", "d"]
    assert all(reading.article and reading.article.title == "Bridge opens" for reading, _ in answers)
    assert len(readers._idle) == 1
    assert answers == PageReaders(0).read(jobs)


def test_a_page_of_ordinary_size_that_hurts_is_set_aside_and_the_others_are_read() -> None:
    with PageReaders(1) as readers:
        readers.read([job("a", GOOD)])
        readers.limit_s = 0.5
        (good, _), (bad, _) = readers.read([job("a", GOOD), job("b", HURTS)])
        readers.limit_s = LIMIT_S
        ((after, _),) = readers.read([job("c", GOOD)])
    assert (good.problem, after.problem) == (None, None)
    assert bad.problem == "reading it took longer than 0.5 seconds; set aside, its bytes are kept as d1f2"


def test_many_pages_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "WORTH_BYTES", 10_000)
    with PageReaders(2) as readers:
        for _ in range(50):  # until the second one has begun
            readers.read([job(name, LONG) for name in "abcd"])
            if len(readers._idle) == 2:
                return
    raise AssertionError(readers._idle)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the memory that a parser maps")
def test_a_page_that_would_fill_the_memory_is_set_aside(readers: PageReaders) -> None:
    readers.limit_s = 10 * LIMIT_S  # beside heavy work a gigabyte takes longer to fill than a page may take
    (bad, _), (good, _) = readers.read([job("b", FILLS), job("a", GOOD)])
    assert bad.problem is not None
    assert FAILED in bad.problem
    assert good.problem is None


def test_a_page_over_which_the_reader_breaks_down_is_set_aside() -> None:
    helper, page = _Helper(), job("b", HURTS)
    helper.give(page, 60)
    helper._process.kill()
    helper._process.join()
    answer = helper.answer(page, 60)
    assert answer
    assert answer[0].problem == "its reader broke down over it; set aside, its bytes are kept as d1f2"


def test_a_helper_that_died_while_idle_is_replaced(readers: PageReaders) -> None:
    readers.read([job("a", GOOD)])
    readers._idle[0]._process.kill()
    readers._idle[0]._process.join()
    ((read, _),) = readers.read([job("b", GOOD)])
    assert read.article


def test_helpers_rest_for_the_next_step_and_end_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    with PageReaders(1) as readers:
        readers.read([job("a", GOOD)])
        (helper,) = readers._idle
    prepare()
    assert helper in reading._RESTING
    with PageReaders(1) as readers:
        readers.read([job("a", GOOD)])
        assert readers._idle == [helper]
        monkeypatch.setattr(reading, "REST_S", 0.01)
    helper._process.join(30)
    assert helper not in reading._RESTING
