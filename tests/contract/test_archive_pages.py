"""Fetching's and reading's part of the archive contract, on every kind of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireroom.records.articles import Picture, Reading
from wireroom.records.ids import BeatId

if TYPE_CHECKING:
    from tests.contract.conftest import World


def targets(world: World, hours: float, limit: int = 10) -> list[str]:
    found = world.archive.targets(world.beat, world.at(hours), limit)
    return [target.url.rpartition("/")[2] for target in found]


def unread(world: World, extractor: str = "extract/1", limit: int = 10) -> list[str]:
    return [one.page.url.rpartition("/")[2] for one in world.archive.unread(world.beat, extractor, limit)]


# ---- targets --------------------------------------------------------------------------------------------------------


def test_links_without_a_page_are_targets_in_the_order_they_were_seen_then_by_address(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "late", hours=2)
    world.see(gazette, "b", "a", hours=1)
    assert targets(world, 3) == ["a", "b", "late"]
    assert targets(world, 3, limit=2) == ["a", "b"]
    assert targets(world, 1.5) == ["a", "b"]


def test_an_entry_without_a_link_has_no_target(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.archive.record_visits([world.visit(gazette, world.entry(gazette, "one", link=False))])
    assert targets(world, 9) == []
    assert world.archive.totals(world.beat).entries == 1


def test_one_address_is_one_target_and_names_the_entry_seen_first(world: World) -> None:
    gazette, courier = world.listed("gazette", "courier")
    (first,) = world.see(gazette, "one", hours=1)
    world.see(courier, "one", hours=2)
    (target,) = world.archive.targets(world.beat, world.at(9), 10)
    assert (target.entry, target.last) == (first, None)


def test_a_fetched_page_is_no_target_and_recording_it_twice_changes_nothing(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    pages = world.fetch("one", hours=1)
    world.archive.record_pages(pages)
    assert targets(world, 99) == []
    assert unread(world) == ["one"]


def test_a_failed_page_is_a_target_again_when_its_retry_has_come(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    failed = world.page("one", hours=1, outcome="failed", retry=4)
    world.archive.record_pages([failed])
    assert targets(world, 3.9) == []
    assert targets(world, 4) == ["one"]
    assert world.archive.targets(world.beat, world.at(4), 1)[0].last == failed
    world.archive.record_pages([world.page("one", hours=4, outcome="gone")])
    assert targets(world, 99) == []


def test_a_changed_entry_makes_its_page_a_target_again_once(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one", words="Old title")
    world.fetch("one", hours=1)
    (changed,) = world.see(gazette, "one", hours=2, words="New title")
    (target,) = world.archive.targets(world.beat, world.at(2), 10)
    assert target.entry == changed
    world.fetch("one", hours=3)
    assert targets(world, 9) == []
    world.see(gazette, "one", hours=4, words="Old title")
    assert targets(world, 9) == [], "a title that flips back says nothing new"


def test_an_entry_that_changes_while_its_page_is_fetched_is_fetched_again(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one", words="Old title")
    world.see(gazette, "one", hours=2, words="New title")
    world.fetch("one", hours=1)
    assert targets(world, 2) == ["one"]


def test_a_throttled_page_waits_for_its_retry_even_when_its_entry_changes(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one", words="Old title")
    world.archive.record_pages([world.page("one", hours=1, outcome="throttled", retry=8)])
    world.see(gazette, "one", hours=2, words="New title")
    assert targets(world, 3) == []
    assert targets(world, 8) == ["one"]


def test_an_older_fetch_that_comes_late_does_not_count(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    world.fetch("one", hours=2)
    world.archive.record_pages([world.page("one", hours=1, outcome="failed", retry=1)])
    assert targets(world, 9) == []


def test_links_of_other_beats_are_not_targets_here(world: World) -> None:
    (gazette,) = world.listed("gazette", beat=BeatId("rivers"))
    world.see(gazette, "one")
    assert targets(world, 9) == []


# ---- unread pages ---------------------------------------------------------------------------------------------------


def test_pages_are_unread_until_this_extractor_has_read_them_oldest_fetch_first(world: World) -> None:
    (gazette,) = world.listed("gazette")
    entries = world.see(gazette, "one", "two")
    world.fetch("two", hours=2)
    (page,) = world.fetch("one", hours=1)
    assert unread(world) == ["one", "two"]
    assert unread(world, limit=1) == ["one"]
    (first,) = world.archive.unread(world.beat, "extract/1", 1)
    assert (first.page, first.entries, first.previous) == (page, entries[:1], None)
    world.read(page)
    assert unread(world) == ["two"]


def test_a_new_extractor_finds_everything_unread_in_order(world: World) -> None:
    (gazette,) = world.listed("gazette")
    for number, name in enumerate(("one", "two", "three")):
        world.bring(gazette, name, hours=number)
    world.extractor = "extract/2"
    world.see(gazette, "four")
    world.fetch("four", hours=9)
    assert unread(world, "extract/2") == ["one", "two", "three", "four"]
    assert unread(world, "extract/1") == ["four"]


def test_pages_without_a_body_are_not_to_be_read(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    world.fetch("one", hours=1)
    world.archive.record_pages([world.page("one", hours=2, outcome="gone")])
    assert unread(world) == ["one"], "what was fetched before is still worth reading"


def test_only_the_newest_fetch_of_an_address_is_to_be_read_and_knows_the_reading_before(world: World) -> None:
    (gazette,) = world.listed("gazette")
    article = world.bring(gazette, "one", hours=0)
    world.fetch("one", hours=1)
    world.fetch("one", hours=2)
    (again,) = world.archive.unread(world.beat, "extract/1", 10)
    assert again.page.fetched_at == world.at(2)
    assert again.previous == article


def test_a_page_that_is_no_article_is_read_all_the_same(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.see(gazette, "one")
    (page,) = world.fetch("one")
    reading = Reading(page=page.id, extractor="extract/1", read_at=world.at(1), problem="a list of links")
    world.archive.record_readings([reading], [])
    assert unread(world) == []
    assert world.archive.totals(world.beat).articles == 0


# ---- articles -------------------------------------------------------------------------------------------------------


def test_a_reading_recorded_twice_is_one_article(world: World) -> None:
    (gazette,) = world.listed("gazette")
    article = world.bring(gazette, "one")
    world.archive.record_readings([world.reading(article)], [])
    assert world.archive.dossier(world.beat, article.id).readings == (article,)
    assert world.archive.totals(world.beat).articles == 1


def test_an_article_belongs_to_every_beat_whose_feeds_lead_to_it_whenever_they_do(world: World) -> None:
    (gazette,) = world.listed("gazette")
    (early,) = world.listed("courier", beat=BeatId("rivers"))
    (late,) = world.listed("tribune", beat=BeatId("schools"))
    world.see(early, "one")
    article = world.bring(gazette, "one")
    world.see(late, "one", hours=5)
    for beat in ("faces", "rivers", "schools"):
        found = world.archive.recent(BeatId(beat), world.at(-1), world.at(9))
        assert [one.id for one in found] == [article.id]
    assert [line.feed.title for line in world.archive.health(BeatId("schools")) if line.stored == 1] == ["Tribune"]


def test_recent_gives_newest_readings_within_both_ends_undated_ones_by_when_they_were_read(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "dated", hours=5, says=world.says(published=world.at(1)))
    world.bring(gazette, "undated", hours=2)
    world.bring(gazette, "old", hours=0, says=world.says(published=world.at(-9)))
    found = world.archive.recent(world.beat, world.at(1), world.at(2))
    assert [article.canonical_url.rpartition("/")[2] for article in found] == ["dated", "undated"]


def test_articles_are_found_by_the_hash_of_their_text(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one", says=world.says(text_hash="aa"))
    world.bring(gazette, "two", says=world.says(text_hash="bb"))
    world.bring(gazette, "short", says=world.says(text_hash=""))
    found = world.archive.by_text_hash(world.beat, ["bb", "cc", ""])
    assert [article.text_hash for article in found] == ["bb"]
    assert world.archive.by_text_hash(BeatId("rivers"), ["bb"]) == ()


def test_a_new_version_replaces_the_old_one_and_both_stay_in_the_dossier(world: World) -> None:
    (gazette,) = world.listed("gazette")
    first = world.bring(gazette, "one", says=world.says(text="before"))
    (page,) = world.fetch("one", hours=2)
    second = world.read(page, hours=2, version=2, says=world.says(text="after"))
    assert world.archive.recent(world.beat, world.at(0), world.at(9)) == (second,)
    dossier = world.archive.dossier(world.beat, first.id)
    assert dossier.readings == (first, second)
    assert [version.number for version in dossier.versions] == [2]
    world.archive.record_readings([world.reading(first)], [])
    assert world.archive.recent(world.beat, world.at(0), world.at(9)) == (second,), "an old reading does not come back"


def test_dedicated_articles_are_those_that_a_dedicated_feed_brought(world: World) -> None:
    own, other = world.feed("own", dedicated=True), world.feed("other")
    world.archive.sync_feeds(world.beat, [own, other], world.at(0))
    mine, theirs = world.bring(own, "mine"), world.bring(other, "theirs")
    assert world.archive.dedicated(world.beat, [mine.id, theirs.id]) == {mine.id}


# ---- pictures -------------------------------------------------------------------------------------------------------


def test_pictures_are_unmeasured_until_measured_and_the_first_measurement_counts(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "two", hours=2, says=world.says(images=("https://gazette.example/2.jpg",)))
    world.bring(gazette, "one", hours=1, says=world.says(images=("https://gazette.example/1.jpg",)))
    assert [url[-5:] for url in world.archive.unmeasured(world.beat, 10)] == ["1.jpg", "2.jpg"]
    assert world.archive.unmeasured(BeatId("rivers"), 10) == ()
    first, later = (
        Picture(url="https://gazette.example/1.jpg", measured_at=world.at(3), width=width, height=80)
        for width in (90, 70)
    )
    world.archive.record_pictures([first])
    world.archive.record_pictures([later])
    assert [url[-5:] for url in world.archive.unmeasured(world.beat, 10)] == ["2.jpg"]
    assert world.archive.pictures([first.url, "https://gazette.example/2.jpg"]) == {first.url: first}


# ---- asked for by name ----------------------------------------------------------------------------------------------


def test_articles_asked_for_come_whole_and_once(world: World) -> None:
    (gazette,) = world.listed("gazette")
    young = world.bring(gazette, "young", says=world.says(text="All of the text.", published=world.at(-1)))
    old = world.bring(gazette, "old", says=world.says(published=world.at(-2)))
    world.bring(gazette, "other")
    assert world.archive.articles_of(world.beat, [young.id, old.id, young.id]) == (old, young)
    assert world.archive.articles_of(BeatId("rivers"), [young.id]) == ()
    assert world.archive.articles_of(world.beat, []) == ()
