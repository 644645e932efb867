"""The edition line's part of the archive contract, on every kind of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs
from sqlalchemy import select

from wireroom.adapters.archive.rows import micros
from wireroom.adapters.archive.schema import published
from wireroom.records.articles import Picture, Rendition
from wireroom.records.editions import Candidate, PathGrant
from wireroom.records.ids import ArticleId, BeatId, Digest, RulingId, TopicId, digest
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.topics import TopicJudgement, TopicMatch

if TYPE_CHECKING:
    from tests.contract.conftest import World


def candidate(world: World, hours: float = 99) -> Candidate:
    (only,) = world.archive.snapshot(world.beat, world.at(hours)).candidates
    with world.archive.moment(world.beat, world.at(hours)) as moment:
        (listed,) = moment.listing()
        assert moment.candidates([listed.article]) == (only,)
        assert listed.ruling == (only.ruling.kind if only.ruling else None)
        assert listed.at == (only.article.published_at or only.article.read_at)
        assert only.link is None or listed.story == only.link.story
    return only


def rule(world: World, article: ArticleId, kind: RulingKind, hours: float) -> Ruling:
    ruling = Ruling(
        id=RulingId(digest(kind, str(hours))),
        beat=world.beat,
        article=article,
        kind=kind,
        reason="the editor said so",
        by="Ada",
        at=world.at(hours),
    )
    world.archive.record_rulings([ruling])
    return ruling


def in_force(world: World, hours: float = 99) -> RulingKind | None:
    ruling = candidate(world, hours).ruling
    return ruling.kind if ruling else None


# ---- snapshot -------------------------------------------------------------------------------------------------------


def test_a_snapshot_holds_candidates_by_article_id_with_their_feeds(world: World) -> None:
    gazette, courier = world.listed("gazette", "courier")
    for name in "abcdef":
        world.bring(gazette, name)
    world.see(courier, "a", hours=2)
    snapshot = world.archive.snapshot(world.beat, world.at(9))
    ids = [one.article.id for one in snapshot.candidates]
    assert ids == sorted(ids)
    assert len(ids) == 6
    assert min(one.feeds for one in snapshot.candidates) == ("Courier", "Gazette")
    assert {one.first_seen_at for one in snapshot.candidates} == {world.at(0)}
    assert world.archive.snapshot(world.beat, world.at(9)) == snapshot
    with world.archive.moment(world.beat, world.at(9)) as moment:
        assert [one.article for one in moment.listing()] == ids
        assert moment.candidates(ids[::-1]) == snapshot.candidates
        assert moment.candidates([ids[3], ArticleId("nobody")]) == (snapshot.candidates[3],)


def test_the_texts_of_a_moment_are_those_of_its_readings(world: World) -> None:
    (gazette,) = world.listed("gazette")
    first = world.bring(gazette, "a", says=world.says(text="The vote is on Monday."))
    (later,) = world.fetch("a", hours=5)
    world.read(later, hours=5, version=2, says=world.says(text="The vote is off."))
    for hours, text in ((3, "The vote is on Monday."), (9, "The vote is off.")):
        with world.archive.moment(world.beat, world.at(hours)) as moment:
            assert moment.texts([first.id]) == {first.id: text}


def test_a_moment_lists_nothing_of_other_beats_or_of_later(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "a", hours=5)
    for beat, hours in ((world.beat, 4), (BeatId("other"), 9)):
        with world.archive.moment(beat, world.at(hours)) as moment:
            assert list(moment.listing()) == []


def test_a_snapshot_leaves_out_what_only_judges_need(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one", says=world.says(text="A long body."))
    assert candidate(world).article.text == ""


def test_a_snapshot_of_the_past_holds_what_was_known_then(world: World) -> None:
    gazette, courier = world.listed("gazette", "courier")
    first = world.bring(gazette, "one", hours=1, says=world.says(title="First title"))
    (page,) = world.fetch("one", hours=4)
    world.read(page, hours=4, version=2, says=world.says(title="Second title"))
    world.see(courier, "one", hours=5)
    for hours, topic in ((2, "early"), (6, "late")):
        matches = (TopicMatch(topic=TopicId(topic), score=1, because="said so"),)
        world.archive.record_topics(
            [TopicJudgement(beat=world.beat, article=first.id, judge="k", judged_at=world.at(hours), matches=matches)]
        )
    rule(world, first.id, RulingKind.SPIKE, 7)

    assert world.archive.snapshot(world.beat, world.at(0)).candidates == ()
    then, now = candidate(world, 3), candidate(world, 9)
    assert (then.article.title, now.article.title) == ("First title", "Second title")
    assert ([match.topic for match in then.topics], [match.topic for match in now.topics]) == (["early"], ["late"])
    assert (len(then.versions), len(now.versions)) == (0, 1)
    assert (then.feeds, now.feeds) == (("Gazette",), ("Courier", "Gazette"))
    assert (in_force(world, 3), in_force(world, 9)) == (None, RulingKind.SPIKE)


def test_images_have_measured_sizes_unusable_ones_are_left_out_unmeasured_ones_have_no_size(world: World) -> None:
    (gazette,) = world.listed("gazette")
    good, bad, open_ = (f"https://gazette.example/{name}.jpg" for name in ("good", "bad", "open"))
    world.bring(gazette, "one", says=world.says(images=(good, bad, open_)))
    world.archive.record_pictures(
        [
            Picture(url=good, measured_at=world.at(2), width=800, height=450),
            Picture(url=bad, measured_at=world.at(2), reason="not an image"),
        ]
    )
    assert [(image.url, image.width) for image in candidate(world, 9).article.images] == [(good, 800), (open_, None)]
    assert [image.width for image in candidate(world, 1).article.images] == [None, None, None]


def test_kept_copies_of_a_picture_come_with_the_image_and_can_be_noted_again(world: World) -> None:
    (gazette,) = world.listed("gazette")
    url = "https://gazette.example/lead.jpg"
    world.bring(gazette, "one", says=world.says(images=(url,)))
    measured = Picture(url=url, measured_at=world.at(2), width=800, height=450)
    world.archive.record_pictures([measured])
    failed = structs.replace(measured, copied_at=world.at(3), copy_problem="larger than 3 MB")
    world.archive.record_copied([failed])
    assert world.archive.pictures([url]) == {url: failed}
    assert [image.is_cached for image in candidate(world, 9).article.images] == [False]
    copies = (Rendition(body=Digest("0" * 32), width=480, height=270),)
    world.archive.record_copied([structs.replace(failed, renditions=copies, copy_problem=None)])
    [image] = candidate(world, 9).article.images
    assert (image.is_cached, image.renditions, image.width) == (True, copies, 800)


# ---- rulings --------------------------------------------------------------------------------------------------------


def test_the_newest_ruling_is_in_force_and_undo_takes_it_back(world: World) -> None:
    (gazette,) = world.listed("gazette")
    article = world.bring(gazette, "one")
    steps = (
        (RulingKind.HOLD, RulingKind.HOLD),
        (RulingKind.PUBLISH, RulingKind.PUBLISH),
        (RulingKind.UNDO, RulingKind.HOLD),
        (RulingKind.UNDO, None),
        (RulingKind.UNDO, None),
        (RulingKind.KILL, RulingKind.KILL),
    )
    for hours, (kind, expected) in enumerate(steps, start=1):
        ruling = rule(world, article.id, kind, hours)
        world.archive.record_rulings([ruling])
        assert in_force(world, hours) == expected
    assert len(world.archive.dossier(world.beat, article.id).rulings) == len(steps)


def test_rulings_of_the_same_moment_count_in_the_order_they_were_given(world: World) -> None:
    (gazette,) = world.listed("gazette")
    article = world.bring(gazette, "one")
    for kind in (RulingKind.SPIKE, RulingKind.UNDO, RulingKind.HOLD):
        rule(world, article.id, kind, 1)
    assert in_force(world) == RulingKind.HOLD


# ---- paths and editions ---------------------------------------------------------------------------------------------


def test_an_article_keeps_its_first_path_and_two_never_share_one(world: World) -> None:
    (gazette,) = world.listed("gazette")
    one, two = world.bring(gazette, "one"), world.bring(gazette, "two")
    for name, path in ((one.id, "_news/a.md"), (one.id, "_news/b.md"), (two.id, "_news/a.md")):
        world.archive.record_paths([PathGrant(beat=world.beat, article=name, path=path, granted_at=world.at(1))])
    paths = {item.article.id: item.path for item in world.archive.snapshot(world.beat, world.at(0)).candidates}
    assert paths == {one.id: "_news/a.md", two.id: None}
    assert world.archive.find_article(world.beat, "_news/a.md") == one.id


def test_health_counts_discovered_stored_and_published_apart(world: World) -> None:
    gazette, courier, _ = world.listed("gazette", "courier", "silent")
    one, two = world.bring(gazette, "one"), world.bring(gazette, "two")
    world.see(courier, "one", "three")
    for _ in range(2):
        world.archive.record_edition(world.beat, world.at(1), "d1", [one.id, two.id])
    world.archive.record_edition(world.beat, world.at(2), "d2", [one.id])
    world.archive.record_edition(world.beat, world.at(3), "d1", [one.id, two.id])
    counts = [(x.feed.title, x.discovered, x.stored, x.published) for x in world.archive.health(world.beat)]
    assert counts == [("Courier", 2, 1, 1), ("Gazette", 2, 2, 2), ("Silent", 0, 0, 0)]
    assert world.archive.health(BeatId("rivers")) == ()


def test_articles_are_published_in_spans_and_an_older_edition_made_late_moves_none(world: World) -> None:
    (gazette,) = world.listed("gazette")
    one, two = world.bring(gazette, "one").id, world.bring(gazette, "two").id
    for hours, shown in ((1, [one, two]), (2, [one]), (0, [two])):
        world.archive.record_edition(world.beat, world.at(hours), f"edition {hours}", shown)
    with world.archive.reading() as connection:
        rows = connection.execute(select(published.c.article, published.c.since, published.c.until)).all()
    spans = {article: (since, until) for article, since, until in rows}
    assert spans == {one: (micros(world.at(1)), None), two: (micros(world.at(1)), micros(world.at(2)))}


def test_totals_count_what_a_beat_has(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one")
    world.see(gazette, "two", hours=1)
    totals = world.archive.totals(world.beat)
    assert (totals.feeds, totals.visits, totals.entries, totals.pages, totals.articles) == (1, 2, 2, 1, 1)
    assert world.archive.check() == ()


# ---- finding --------------------------------------------------------------------------------------------------------


def test_an_article_is_found_by_any_of_its_names_and_only_in_its_beat(world: World) -> None:
    (gazette,) = world.listed("gazette")
    article = world.bring(gazette, "one")
    for name in (article.id, article.canonical_url, article.original_url):
        assert world.archive.find_article(world.beat, name) == article.id
        assert world.archive.find_article(BeatId("rivers"), name) is None
    assert world.archive.find_article(world.beat, "https://gazette.example/nothing") is None


def found(world: World, query: str, limit: int = 10) -> list[str]:
    return [one.canonical_url.rpartition("/")[2] for one in world.archive.search(world.beat, query, limit)]


def test_search_finds_words_and_phrases_newest_first(world: World) -> None:
    (gazette,) = world.listed("gazette")
    sayings = {
        "one": world.says(title="Police pause face scans", published=world.at(1)),
        "two": world.says(title="Schools", text="Face scans pause, police say.", published=world.at(2)),
        "three": world.says(title="Rivers rise", excerpt="No scans here", published=world.at(3)),
    }
    for name, says in sayings.items():
        world.bring(gazette, name, says=says)
    assert found(world, "scans") == ["three", "two", "one"]
    assert found(world, "SCANS", limit=1) == ["three"]
    assert found(world, "police pause") == ["two", "one"]
    assert found(world, '"police pause"') == ["one"]
    assert found(world, '"face scans" schools') == ["two"]
    assert found(world, "submarine") == []
    assert world.archive.search(BeatId("rivers"), "scans", 10) == ()


def test_search_knows_only_the_newest_wording(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one", says=world.says(title="Old wording", text="alpha"))
    (page,) = world.fetch("one", hours=2)
    world.read(page, hours=2, version=2, says=world.says(title="New wording", text="beta"))
    assert found(world, "old") == found(world, "alpha") == []
    assert found(world, "new") == found(world, "beta") == ["one"]


def test_what_a_user_types_is_never_query_syntax(world: World) -> None:
    (gazette,) = world.listed("gazette")
    world.bring(gazette, "one", says=world.says(title="Face scans"))
    for query in (
        "face OR",
        "NEAR(face scans)",
        "title:face",
        "face*",
        "fa*",
        "-",
        '"',
        '""',
        "a'b",
        "x\x00y",
        "AND",
        "&|!:",
    ):
        assert found(world, query) in ([], ["one"])
    assert found(world, "fa*") == [], "an asterisk is no wildcard"
    assert found(world, "face OR scans") == [], "OR is a word like any other"
    assert found(world, '"face"; scans') == ["one"]
    assert found(world, '"unclosed face') == []
