"""The outbox: each recipient at most once, on every kind of archive."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from wireroom.adapters.archive import open_archive
from wireroom.records.ids import BeatId
from wireroom.records.mail import Posting, PostingState

if TYPE_CHECKING:
    from tests.contract.conftest import World

ISSUE = "_newsletters/faces-2026-03-01.html"


def settled(world: World, state: PostingState, because: str = "") -> Posting:
    return Posting(beat=world.beat, issue=ISSUE, recipient="ada", state=state, at=world.at(2), because=because)


def take(world: World, recipient: str = "ada", hours: float = 1) -> bool:
    return world.archive.take_posting(world.beat, ISSUE, recipient, world.at(hours))


def test_what_was_taken_cannot_be_taken_again(world: World) -> None:
    assert take(world)
    assert not take(world)
    (only,) = world.archive.postings(world.beat, ISSUE)
    assert (only.recipient, only.state, only.at) == ("ada", PostingState.TAKEN, world.at(1))
    world.archive.settle_posting(settled(world, PostingState.SENT))
    assert not take(world)
    assert world.archive.postings(world.beat, ISSUE) == (settled(world, PostingState.SENT),)


def test_what_was_refused_can_be_taken_again(world: World) -> None:
    assert take(world)
    world.archive.settle_posting(settled(world, PostingState.REFUSED, "450 come later\x00"))
    (only,) = world.archive.postings(world.beat, ISSUE)
    assert (only.state, only.because) == (PostingState.REFUSED, "450 come later")
    assert take(world, hours=3)
    assert not take(world, hours=3)


def test_issues_beats_and_recipients_are_apart(world: World) -> None:
    assert take(world)
    assert take(world, "ben")
    assert world.archive.take_posting(world.beat, "another", "ada", world.at(1))
    assert world.archive.take_posting(BeatId("rivers"), ISSUE, "ada", world.at(1))
    assert [one.recipient for one in world.archive.postings(world.beat, ISSUE)] == ["ada", "ben"]


def test_of_two_senders_one_gets_it(world: World, dsn: str) -> None:
    if dsn == "memory:":
        return  # an archive in memory has one owner

    def taken(number: int) -> list[bool]:
        archive = open_archive(dsn)
        try:
            names = [f"reader {(one + 7 * number) % 20}" for one in range(20)]
            return [archive.take_posting(world.beat, ISSUE, name, world.at(1)) for name in names]
        finally:
            archive.close()

    with ThreadPoolExecutor(2) as pool:
        results = [one for made in pool.map(taken, range(2)) for one in made]
    assert sum(results) == 20
