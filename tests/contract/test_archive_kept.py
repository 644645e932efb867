"""Files that editions carry as they are: the archive contract for imports and issues, on every kind of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from wireroom.records.articles import Article, Image, Reading
from wireroom.records.editions import Candidate, File, KeptFile
from wireroom.records.ids import BeatId, PageId, article_id, digest

if TYPE_CHECKING:
    from tests.contract.conftest import World

PATH = "_news/2026-03-01-one.md"
PICTURE = Image(url="https://gazette.example/one.jpg", width=640, height=360)


def imported(world: World, *, hours: float = 0, body: bytes = b"one", title: str = "One", path: str = PATH) -> Article:
    url = "https://gazette.example/one"
    plain = world.article(world.page("one"), hours=hours, says=world.says(title=title))
    page = PageId(digest("import", path, body))
    article = structs.replace(plain, page=page, extractor="import/1", images=(PICTURE,), id=article_id(url))
    reading = Reading(page=page, extractor="import/1", read_at=world.at(hours), article=article)
    file = KeptFile(beat=world.beat, path=path, body=body, article=article.id, known_at=world.at(hours))
    world.archive.record_kept([file], [reading])
    return article


def only(world: World, hours: float = 99) -> Candidate:
    (one,) = world.archive.snapshot(world.beat, world.at(hours)).candidates
    return one


def test_an_imported_post_belongs_to_its_beat_without_any_feed(world: World) -> None:
    article = imported(world)
    for _ in range(2):
        imported(world)
    candidate = only(world)
    assert (candidate.article.id, candidate.source, candidate.imported) == (article.id, b"one", True)
    assert (candidate.first_seen_at, candidate.feeds) == (world.at(0), ())
    assert candidate.article.images == (PICTURE,), "nobody measures what a post states"
    assert world.archive.unmeasured(world.beat, 9) == ()
    assert world.archive.targets(world.beat, world.at(9), 9) == ()
    assert world.archive.totals(world.beat).articles == 1
    assert world.archive.beats() == (world.beat,)
    assert world.archive.find_article(world.beat, article.canonical_url) == article.id
    assert world.archive.snapshot(BeatId("rivers"), world.at(9)).candidates == ()
    assert [reading.extractor for reading in world.archive.dossier(world.beat, article.id).readings] == ["import/1"]


def test_a_changed_post_counts_from_its_import_on(world: World) -> None:
    imported(world)
    imported(world, hours=5, body=b"two", title="Two")
    then, now = only(world, 4), only(world, 5)
    assert (then.source, then.article.title) == (b"one", "One")
    assert (now.source, now.article.title) == (b"two", "Two")
    assert now.first_seen_at == world.at(0)
    assert world.archive.snapshot(world.beat, world.at(-1)).candidates == ()


def test_a_later_reading_of_the_page_takes_over_and_the_post_stays_known(world: World) -> None:
    imported(world)
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one", hours=3, says=world.says(title="As read"))
    candidate = only(world)
    assert (candidate.article.title, candidate.imported, candidate.source) == ("As read", False, b"one")
    assert (candidate.feeds, candidate.first_seen_at) == (("Gazette",), world.at(0))


def test_files_that_are_no_posts_are_carried_as_they_are(world: World) -> None:
    def keep(path: str, body: bytes, hours: float) -> None:
        world.archive.record_kept([KeptFile(beat=world.beat, path=path, body=body, known_at=world.at(hours))])

    keep("_newsletters/b.html", b"\xff\x00b", 0)
    keep("_newsletters/a.html", b"a", 1)
    keep("_newsletters/b.html", b"changed", 2)
    keep("_newsletters/b.html", b"changed again", 2)

    def carried(hours: float) -> tuple[File, ...]:
        with world.archive.moment(world.beat, world.at(hours)) as moment:
            found = moment.carried()
        assert world.archive.snapshot(world.beat, world.at(hours)).carried == found
        return found

    assert carried(0) == (File(path="_newsletters/b.html", body=b"\xff\x00b"),)
    assert carried(3) == (
        File(path="_newsletters/a.html", body=b"a"),
        File(path="_newsletters/b.html", body=b"changed again"),
    )
    assert world.archive.snapshot(world.beat, world.at(3)).candidates == ()
