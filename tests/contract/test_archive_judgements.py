"""Judging's part of the archive contract, on every kind of archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from wireroom.errors import ArchiveError
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.ids import ArticleId, BeatId, StoryId, TopicId
from wireroom.records.quality import QualityJudgement, Score
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicJudgement, TopicMatch

if TYPE_CHECKING:
    from tests.contract.conftest import World


def topics(world: World, article: ArticleId, *, hours: float = 1, judge: str = "keywords/1") -> TopicJudgement:
    matches = (TopicMatch(topic=TopicId("faces"), score=1, because=f"by {judge} at {hours}"),)
    return TopicJudgement(beat=world.beat, article=article, judge=judge, judged_at=world.at(hours), matches=matches)


def copy(world: World, article: ArticleId, *, hours: float = 1) -> CopyJudgement:
    at = world.at(hours)
    return CopyJudgement(beat=world.beat, article=article, judge="dedupe/1", judged_at=at, kind=CopyKind.ORIGINAL)


def quality(world: World, article: ArticleId, *, hours: float = 1) -> QualityJudgement:
    score = Score(preset="modern", value=7, terms=())
    return QualityJudgement(beat=world.beat, article=article, judge="modern/1", judged_at=world.at(hours), score=score)


def link(world: World, article: ArticleId, *, hours: float = 1, story: str = "s") -> StoryLink:
    at, name = world.at(hours), StoryId(story)
    return StoryLink(beat=world.beat, article=article, story=name, judge="link/1", judged_at=at, because="it opened it")


def test_articles_are_unjudged_oldest_publication_first_until_judged(world: World) -> None:
    (gazette,) = world.listed("gazette")
    young = world.bring(gazette, "young", says=world.says(published=world.at(-1)))
    old = world.bring(gazette, "old", says=world.says(published=world.at(-2)))
    undated = world.bring(gazette, "undated", hours=3)
    assert world.unjudged() == [old.id, young.id, undated.id]
    world.archive.record_topics([topics(world, old.id)])
    assert world.unjudged() == [young.id, undated.id]


def test_the_kinds_of_judgement_wait_apart(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    judges = {"copies": "dedupe/1", "topics": "keywords/1", "quality": "modern/1", "links": "link/1"}

    def waiting() -> list[str]:
        return [kind for kind, judge in judges.items() if world.unjudged(kind, judge)]

    assert waiting() == ["copies", "topics", "quality", "links"]
    world.archive.record_copies([copy(world, name)])
    assert waiting() == ["topics", "quality", "links"]
    world.archive.record_topics([topics(world, name)])
    assert waiting() == ["quality", "links"]
    world.archive.record_qualities([quality(world, name)])
    assert waiting() == ["links"]
    world.archive.record_links([link(world, name)])
    assert waiting() == []


def test_quality_is_judged_again_when_a_late_original_or_a_topic_changes_what_it_rests_on(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name, other = world.bring(gazette, "one").id, world.bring(gazette, "two").id
    world.archive.record_qualities([quality(world, name), quality(world, other)])
    assert world.unjudged("quality", "modern/1") == []
    world.archive.record_copies([copy(world, name, hours=2)])
    assert world.unjudged("quality", "modern/1") == [name]
    world.archive.record_qualities([quality(world, name, hours=3)])
    world.archive.record_topics([topics(world, other, hours=4)])
    assert world.unjudged("quality", "modern/1") == [other]


def test_an_unknown_kind_of_judgement_is_named(world: World) -> None:
    with pytest.raises(ArchiveError, match="'mood'"):
        world.unjudged("mood")


def test_another_judge_judges_again_and_so_does_the_first_when_it_is_asked_again(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    for hours, judge in ((1, "keywords/1"), (2, "keywords/2"), (3, "keywords/1")):
        assert world.unjudged(judge=judge) == [name]
        world.archive.record_topics([topics(world, name, hours=hours, judge=judge)])
        assert world.unjudged(judge=judge) == []
    newest = world.archive.topics_of(world.beat, [name])[name]
    assert (newest.judge, newest.judged_at) == ("keywords/1", world.at(3))


def test_many_judges_leave_one_queue_in_order(world: World) -> None:
    (gazette,) = world.listed("gazette")
    names = [world.bring(gazette, name, hours=hours).id for hours, name in enumerate("abcd")]
    for name, judge in zip(names, ("k/1", "k/3", "k/2"), strict=False):
        world.archive.record_topics([topics(world, name, judge=judge)])
    assert world.unjudged(judge="k/2") == [names[0], names[1], names[3]]
    assert [one.id for one in world.archive.unjudged("topics", world.beat, "k/2", 2)] == names[:2]


def test_a_new_version_is_unjudged_again(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    world.archive.record_topics([topics(world, name)])
    (page,) = world.fetch("one", hours=2)
    world.read(page, hours=2, version=2)
    assert world.unjudged() == [name]
    world.archive.record_topics([topics(world, name, hours=3)])
    assert world.unjudged() == []


def test_the_same_version_read_again_keeps_its_judgements(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    world.archive.record_topics([topics(world, name)])
    (page,) = world.fetch("one", hours=2)
    world.read(page, hours=2, version=1)
    assert world.unjudged() == []


def test_judgements_recorded_twice_are_kept_once(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    for _ in range(2):
        world.archive.record_topics([topics(world, name)])
        world.archive.record_copies([copy(world, name)])
        world.archive.record_qualities([quality(world, name)])
        world.archive.record_links([link(world, name)])
    dossier = world.archive.dossier(world.beat, name)
    assert dossier.topics == (topics(world, name),)
    assert dossier.copies == (copy(world, name),)
    assert dossier.qualities == (quality(world, name),)
    assert dossier.links == (link(world, name),)


def test_the_newest_judgement_is_the_one_judged_last_whatever_was_recorded_last(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    world.archive.record_topics([topics(world, name, hours=5)])
    world.archive.record_topics([topics(world, name, hours=2)])
    assert world.archive.topics_of(world.beat, [name]) == {name: topics(world, name, hours=5)}
    world.archive.record_copies([copy(world, name, hours=4), copy(world, name, hours=3)])
    assert world.archive.copies_of(world.beat, [name]) == {name: copy(world, name, hours=4)}


def test_a_judge_that_judges_in_the_past_is_not_asked_for_ever(world: World) -> None:
    (gazette,) = world.listed("gazette")
    name = world.bring(gazette, "one").id
    world.archive.record_topics([topics(world, name, hours=5)])
    world.archive.record_topics([topics(world, name, hours=2, judge="keywords/2")])
    assert world.unjudged(judge="keywords/2") == []


def test_judgements_belong_to_one_beat(world: World) -> None:
    rivers = BeatId("rivers")
    (gazette,), (courier,) = world.listed("gazette"), world.listed("courier", beat=rivers)
    world.see(courier, "one")
    name = world.bring(gazette, "one").id
    world.archive.record_topics([topics(world, name)])
    assert [article.id for article in world.archive.unjudged("topics", rivers, "keywords/1", 9)] == [name]
    assert world.archive.topics_of(rivers, [name]) == {}


def test_links_since_gives_the_newest_link_of_each_article_by_publication(world: World) -> None:
    (gazette,) = world.listed("gazette")
    names = {
        hours: world.bring(gazette, f"n{hours}", says=world.says(published=world.at(hours))).id
        for hours in (3, 1, 2, 0)
    }
    world.archive.record_links([link(world, name, hours=9, story="old") for name in names.values()])
    world.archive.record_links([link(world, names[2], hours=10, story="new")])
    found = world.archive.links_since(world.beat, world.at(1))
    assert [(one.article, one.story) for one in found] == [(names[1], "old"), (names[2], "new"), (names[3], "old")]
    assert world.archive.totals(world.beat).stories == 2
