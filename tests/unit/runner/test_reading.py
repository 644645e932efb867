"""Pages that hurt their reader are set aside; the others are read."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from wireroom.records.articles import Unread
from wireroom.records.ids import Digest, PageId
from wireroom.records.pages import Page
from wireroom.runner.reading import HEAVY_BYTES, Job, PageReaders, _Helper

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOOD = (
    "<title>Bridge opens</title><meta name=date content=2026-11-20>" + "<p>The first tram crossed the bridge.</p>" * 9
)
HEAVY = GOOD + "<p>Another sentence of a very long text.</p>" * (HEAVY_BYTES // 40)


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


def test_a_heavy_page_is_read_by_a_helper_and_the_order_stays(readers: PageReaders) -> None:
    jobs = [job("a", GOOD), job("b", HEAVY), job("c", GOOD), job("d", HEAVY)]
    answers = readers.read(jobs)
    assert [reading.page for reading, _ in answers] == ["a", "b", "c", "d"]
    assert all(reading.article and reading.article.title == "Bridge opens" for reading, _ in answers)
    assert len(readers._idle) == 1
    assert answers == PageReaders(0).read(jobs)


def test_a_page_that_takes_too_long_is_set_aside_and_named() -> None:
    with PageReaders(1, limit_s=0.001) as hasty:
        ((reading, version),) = hasty.read([job("b", HEAVY)])
        assert (reading.article, version) == (None, None)
        assert reading.problem == "reading it took longer than 0.001 seconds; set aside, its bytes are kept as d1f2"
        assert hasty._idle == []


def test_a_page_over_which_the_reader_breaks_down_is_set_aside() -> None:
    helper, page = _Helper(), job("b", HEAVY * 4)
    helper.give(page, 60)
    helper._process.kill()
    helper._process.join()
    answer = helper.answer(page, 60)
    assert answer
    assert answer[0].problem == "its reader broke down over it; set aside, its bytes are kept as d1f2"


def test_a_helper_that_died_while_idle_is_replaced(readers: PageReaders) -> None:
    readers.read([job("a", HEAVY)])
    readers._idle[0]._process.kill()
    readers._idle[0]._process.join()
    ((reading, _),) = readers.read([job("b", HEAVY)])
    assert reading.article
