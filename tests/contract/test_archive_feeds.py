"""Polling's part of the archive contract, on every kind of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from wireroom.errors import ArchiveError
from wireroom.records.ids import BeatId
from wireroom.records.sources import FeedStatus

if TYPE_CHECKING:
    from tests.contract.conftest import World


def due(world: World, hours: float, limit: int = 10) -> list[str]:
    return [feed.title for feed, _ in world.archive.due_feeds(world.beat, world.at(hours), limit)]


def status(world: World, title: str) -> FeedStatus:
    (line,) = [line for line in world.archive.health(world.beat) if line.feed.title == title]
    assert line.state
    return line.state.status


def test_new_feeds_are_due_at_once(world: World) -> None:
    world.listed("gazette", "courier")
    assert sorted(due(world, 0)) == ["Courier", "Gazette"]
    assert due(world, -1) == []


def test_a_visited_feed_is_due_when_its_state_says_so_longest_due_first(world: World) -> None:
    gazette, courier = world.listed("gazette", "courier")
    world.archive.record_visits([world.visit(gazette, due=2), world.visit(courier, due=1)])
    assert due(world, 0.5) == []
    assert due(world, 1) == ["Courier"]
    assert due(world, 3) == ["Courier", "Gazette"]
    assert due(world, 3, limit=1) == ["Courier"]


def test_feeds_of_other_beats_are_not_due_here(world: World) -> None:
    world.listed("gazette")
    world.listed("courier", beat=BeatId("rivers"))
    assert due(world, 0) == ["Gazette"]
    assert world.archive.beats() == ("faces", "rivers")


def test_syncing_twice_changes_nothing(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.archive.record_visits([world.visit(gazette, due=5)])
    before = world.archive.health(world.beat)
    world.archive.sync_feeds(world.beat, [gazette], world.at(1))
    assert world.archive.health(world.beat) == before


def test_a_feed_that_left_the_list_is_retired_keeps_its_facts_and_may_return(world: World) -> None:
    gazette, courier = world.listed("gazette", "courier")
    world.see(gazette, "one")
    world.archive.sync_feeds(world.beat, [courier], world.at(1))
    assert status(world, "Gazette") == FeedStatus.RETIRED
    assert due(world, 9) == ["Courier"]
    assert world.archive.known_entries([gazette.id])[gazette.id]
    world.archive.sync_feeds(world.beat, [gazette, courier], world.at(10))
    assert due(world, 10) == ["Courier", "Gazette"]


def test_a_feed_whose_publisher_retired_it_stays_retired_while_it_is_listed(world: World) -> None:
    (gazette,) = world.listed("gazette")
    facts = world.visit(gazette)
    gone = msgspec.structs.replace(facts.state, status=FeedStatus.RETIRED)
    world.archive.record_visits([msgspec.structs.replace(facts, state=gone)])
    world.archive.sync_feeds(world.beat, [gazette], world.at(1))
    assert due(world, 9) == []


def test_a_paused_feed_is_not_polled_until_it_is_no_longer_paused(world: World) -> None:
    paused = world.feed(paused=True)
    world.archive.sync_feeds(world.beat, [paused], world.at(0))
    assert status(world, "Gazette") == FeedStatus.PAUSED
    assert due(world, 9) == []
    world.archive.sync_feeds(world.beat, [world.feed()], world.at(9))
    assert due(world, 9) == ["Gazette"]
    world.archive.sync_feeds(world.beat, [paused], world.at(10))
    assert due(world, 99) == []


def test_a_visit_recorded_twice_is_one_visit_and_brings_its_entries_once(world: World) -> None:
    (gazette,) = world.listed("gazette")
    facts = world.visit(gazette, world.entry(gazette, "one"), world.entry(gazette, "two"))
    assert world.archive.record_visits([facts]) == 2
    assert world.archive.record_visits([facts]) == 0
    assert list(world.archive.visits(gazette.id, 10)) == [facts.visit]
    assert world.archive.totals(world.beat).entries == 2


def test_visits_come_newest_first(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.archive.record_visits([world.visit(gazette, hours=hours) for hours in (2, 0, 1)])
    assert [visit.at for visit in world.archive.visits(gazette.id, 2)] == [world.at(2), world.at(1)]


def test_known_entries_tell_the_newest_wording_even_when_a_title_flips_back(world: World) -> None:
    (gazette,) = world.listed("gazette")
    first, second = (world.entry(gazette, "one", words=words) for words in ("Old title", "New title"))
    for hours, words, expected in ((0, "Old title", first), (1, "New title", second), (2, "Old title", first)):
        world.see(gazette, "one", hours=hours, words=words)
        assert world.archive.known_entries([gazette.id]) == {gazette.id: {"one": expected.content_hash}}
    assert world.archive.totals(world.beat).entries == 1


def test_a_visit_to_an_unknown_feed_is_refused_whole(world: World) -> None:
    (gazette,) = world.listed("gazette")
    stranger = world.feed("stranger")
    with pytest.raises(ArchiveError, match="sync the beat's feeds"):
        world.archive.record_visits([world.visit(gazette), world.visit(stranger)])
    assert list(world.archive.visits(gazette.id, 10)) == []


def test_a_hostile_feed_cannot_break_the_archive_with_characters_it_cannot_store(world: World) -> None:
    (gazette,) = world.listed("gazette")
    entry = world.entry(gazette, "nul\x00and\ud800half", words="';DROP TABLE feeds;--\x00\ud800")
    assert world.archive.record_visits([world.visit(gazette, entry)]) == 1
    assert list(world.archive.known_entries([gazette.id])[gazette.id]) == ["nuland?half"]
