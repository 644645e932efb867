"""What stories know of each other: timelines, threads, related reports, and where ids of merged stories lead."""

from datetime import timedelta
from typing import Any

from msgspec import structs
from tests.unit.edition.test_lineup import BEAT, MASTHEAD, NOW, POLICY, linked, ruled, snapshot

from wireroom.edition.gather import gather
from wireroom.edition.lineup import make
from wireroom.edition.timeline import timeline
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Edition
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.rulings import RulingKind
from wireroom.records.stories import NearStory, StepKind, Thing, ThingKind, Told
from wireroom.records.versions import Change, Version
from wireroom.scoring.presets import shipped

MODERN = structs.replace(POLICY, preset=structs.replace(shipped("modern"), threshold=0, least_quality=None))


def told(*names: str, numbers: tuple[str, ...] = (), quotes: tuple[str, ...] = ()) -> Told:
    return Told(things=tuple(Thing(name=name) for name in names), numbers=numbers, quotes=quotes)


def report(name: str, story: str, tells: Told | None = None, **fields: Any) -> Candidate:
    one = linked(name, story, title=f"{name} reports", **fields)
    assert one.link
    return structs.replace(one, link=structs.replace(one.link, told=tells or Told()))


def copy(name: str, story: str, of: str, **fields: Any) -> Candidate:
    judgement = CopyJudgement(
        beat=BEAT, article=ArticleId(name), judge="t", judged_at=NOW, kind=CopyKind.SYNDICATED, copy_of=ArticleId(of)
    )
    return report(name, story, copy=judgement, **fields)


def edition(*candidates: Candidate) -> Edition:
    return make(snapshot(*candidates), MODERN, MASTHEAD, (), NOW)


def test_a_timeline_says_what_is_new_in_each_report() -> None:
    (thread,) = gather(
        snapshot(
            report("a", "s", told("Lockport", numbers=("417",)), hours=5),
            report(
                "b",
                "s",
                told("Lockport", "Mara Quill", numbers=("417", "1,200"), quotes=("We were not told",)),
                hours=4,
            ),
            copy("c", "s", "a", hours=3),
        )
    )
    first, second, third = timeline(thread)
    assert (first.kind, first.new, first.independent) == (StepKind.FIRST, told("Lockport", numbers=("417",)), 1)
    assert second.new == told("Mara Quill", numbers=("1,200",), quotes=("We were not told",))
    assert (second.independent, third.kind, third.new, third.independent) == (2, StepKind.COPY, Told(), 2)


def test_what_is_told_otherwise_is_not_new() -> None:
    (thread,) = gather(
        snapshot(
            report("a", "s", told("Mara Quill", numbers=("14.000",), quotes=("We were not told",)), hours=5),
            report("b", "s", told("Quill", "Quill Lane", numbers=("14,000",), quotes=("we  were not told",)), hours=4),
        )
    )
    assert timeline(thread)[1].new == told("Quill Lane")


def test_a_changed_headline_is_a_line_of_the_timeline() -> None:
    version = Version(
        article=ArticleId("a"),
        number=2,
        seen_at=NOW,
        changes=(Change(field="title", before="Six held", after="Five held"),),
    )
    (thread,) = gather(snapshot(report("a", "s", hours=5, versions=(version,))))
    correction = timeline(thread)[-1]
    assert (correction.kind, correction.at) == (StepKind.CORRECTION, NOW)
    assert correction.changed == "title: “Six held” → “Five held”"


def test_a_correction_counts_the_sources_there_were_then() -> None:
    change = (Change(field="text", before="Six", after="Five"),)
    version = Version(article=ArticleId("a"), number=2, seen_at=NOW - timedelta(hours=4), changes=change)
    (story,) = gather(snapshot(report("a", "s", hours=5, versions=(version,)), report("b", "s", hours=3)))
    assert [(step.kind, step.independent) for step in timeline(story)] == [
        (StepKind.FIRST, 1),
        (StepKind.CORRECTION, 1),
        (StepKind.REPORT, 2),
    ]


def test_one_source_and_its_copies_are_counted() -> None:
    reports = [report("a", "s", hours=9), *(copy(f"c{number}", "s", "a", hours=8) for number in range(41))]
    (story,) = edition(*reports).stories
    assert (story.independent, story.copies) == (1, 41)


def test_a_second_report_of_one_publisher_is_no_second_source() -> None:
    first, second = report("a", "s", hours=3), report("b", "s", hours=2)
    again = structs.replace(second, article=structs.replace(second.article, provider=first.article.provider))
    (story,) = edition(first, again).stories
    assert story.independent == 1


def other_stories(count: int) -> list[Candidate]:
    return [report(f"x{n}", f"x{n}", told(f"Place {n}", f"Person {n}"), hours=2) for n in range(count)]


def test_stories_of_one_affair_make_a_thread() -> None:
    vote = report("vote", "vote", told("Lockport", "Mara Quill", "Aegis"), hours=24 * 40)
    suit = report("suit", "suit", told("Lockport", "Mara Quill", "Olaf Brenner"), hours=2)
    stories = {story.id: story for story in edition(vote, suit, *other_stories(6)).stories}
    assert stories[StoryId("suit")].thread == ("vote", "suit")
    assert stories[StoryId("suit")].continues == "vote"
    assert stories[StoryId("x1")].thread == ()


def test_one_name_in_common_makes_no_thread() -> None:
    vote = report("vote", "vote", told("Lockport", "Mara Quill"), hours=30)
    fair = report("fair", "fair", told("Lockport", "Phil Dace"), hours=2)
    assert [story.thread for story in edition(vote, fair, *other_stories(6)).stories] == [()] * 8


def test_related_reports_name_each_other_and_no_text_twice() -> None:
    lone = report("lone", "lone", told("Lockport", "Mara Quill"), hours=20)
    assert lone.link
    near = structs.replace(lone.link, near=(NearStory(story=StoryId("s"), score=0.4, because="both name Lockport"),))
    posts = {
        post.article.id: [one.article for one in post.related]
        for post in edition(
            report("a", "s", quality=60, hours=9),
            copy("c", "s", "a", hours=8),
            report("b", "s", hours=7),
            structs.replace(lone, link=near),
        ).posts
    }
    assert posts[ArticleId("a")] == ["lone", "b"]
    assert posts[ArticleId("lone")] == ["b", "a"]
    assert all(one in posts[other] for one, others in posts.items() for other in others if other is not None)
    assert not any("c" in others for others in posts.values())


def test_what_is_spiked_is_nobodys_related() -> None:
    """It has no post: what an editor spiked, and what no topic of the beat applies to."""
    near = (NearStory(story=StoryId("s"), score=0.4, because="both name Lockport"),)
    lone = report("lone", "lone", hours=20, topics=())
    assert lone.link
    off_beat = structs.replace(lone, link=structs.replace(lone.link, near=near))
    spiked = report("spiked", "s", hours=6, ruling=ruled(RulingKind.SPIKE))
    for policy in (MODERN, POLICY):
        facts = snapshot(report("a", "s", hours=9), report("b", "s", hours=7), spiked, off_beat)
        made = {post.article.id: post for post in make(facts, policy, MASTHEAD, (), NOW).posts}
        assert {name: [one.article for one in post.related] for name, post in made.items()} == {"a": ["b"], "b": ["a"]}


def test_what_is_published_although_off_the_beat_is_related_both_ways() -> None:
    near = (NearStory(story=StoryId("s"), score=0.4, because="both name Lockport"),)
    lone = report("lone", "lone", hours=20, topics=(), ruling=ruled(RulingKind.PUBLISH))
    assert lone.link
    posts = edition(report("a", "s", hours=9), structs.replace(lone, link=structs.replace(lone.link, near=near))).posts
    assert {post.article.id: [one.article for one in post.related] for post in posts} == {"a": ["lone"], "lone": ["a"]}


def test_reports_more_than_five_days_apart_are_related_within_their_story_only() -> None:
    old = report("old", "old", told("Lockport", "Mara Quill"), hours=24 * 7)
    new = report("new", "new", told("Lockport", "Mara Quill"), hours=2)
    posts = {post.article.id: post for post in edition(old, new, *other_stories(4)).posts}
    assert posts[ArticleId("new")].story is not None
    assert (posts[ArticleId("old")].related, posts[ArticleId("new")].related) == ((), ())


def test_ids_of_merged_stories_lead_to_the_one_that_stays() -> None:
    moved = report("b", "s", hours=2)
    assert moved.link
    link = structs.replace(moved.link, formerly=(StoryId("gone"),))
    (story,) = edition(report("a", "s", hours=3), structs.replace(moved, link=link)).stories
    assert story.formerly == ("gone",)


def test_an_id_that_still_has_reports_leads_nowhere_else() -> None:
    moved = report("b", "s", hours=2)
    assert moved.link
    link = structs.replace(moved.link, formerly=(StoryId("t"),))
    stories = edition(structs.replace(moved, link=link), report("a", "t", hours=3)).stories
    assert [story.formerly for story in stories] == [(), ()]


def test_a_long_story_keeps_a_short_timeline() -> None:
    told_often = told("Lockport", numbers=("417",))
    (thread,) = gather(snapshot(*(report(f"r{n:03}", "s", told_often, hours=200 - n) for n in range(150))))
    assert len(timeline(thread)) <= 80


def test_things_of_a_story_are_those_most_reports_name() -> None:
    town = Thing(name="Lockport", kind=ThingKind.PLACE, wikidata="Q1")
    tells = [Told(things=(town, Thing(name=f"Only {n}"))) for n in range(3)]
    (story,) = edition(*(report(f"r{n}", "s", tells[n], hours=n + 1) for n in range(3))).stories
    assert story.things == (town,)
