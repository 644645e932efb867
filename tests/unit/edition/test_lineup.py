from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import structs

from wireroom.edition.lineup import grants, make
from wireroom.edition.render import posts
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Edition, Masthead, Snapshot
from wireroom.records.ids import ArticleId, BeatId, RulingId, StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
TOPICS = (Topic(id=TopicId("ai"), name="AI"), Topic(id=TopicId("faces"), name="Faces"))
POLICY = Policy(beat=BEAT, main_topic="AI", topics=TOPICS, preset=shipped("classic"))
MASTHEAD = Masthead(beat=BEAT, name="B", description="", address="https://b.example/")


def candidate(
    name: str, quality: float = 80, *, title: str = "Council votes", hours: float = 1, **fields: Any
) -> Candidate:
    article = Article(
        id=ArticleId(name),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{name}.example/a",
        original_url=f"https://{name}.example/a",
        title=title,
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=name, domain=f"{name}.example"),
    )
    score = Score(preset="classic", value=quality, terms=(Term(name="all", points=quality, because=""),))
    topics = tuple(TopicMatch(topic=topic.id, score=1, because="title") for topic in TOPICS)
    facts: dict[str, Any] = {"first_seen_at": NOW, "quality": score, "topics": topics} | fields
    return Candidate(article=article, **facts)


def linked(name: str, story: str, quality: float = 80, **fields: Any) -> Candidate:
    link = StoryLink(
        beat=BEAT, article=ArticleId(name), story=StoryId(story), judge="t", judged_at=NOW, because="same vote"
    )
    return candidate(name, quality, link=link, **fields)


def ruled(kind: RulingKind) -> Ruling:
    return Ruling(id=RulingId("r"), beat=BEAT, article=ArticleId("a"), kind=kind, reason="why", by="Ada", at=NOW)


def edition(*candidates: Candidate, masthead: Masthead = MASTHEAD, now: datetime = NOW) -> Edition:
    return make(snapshot(*candidates), POLICY, masthead, (), now)


def snapshot(*candidates: Candidate) -> Snapshot:
    return Snapshot(beat=BEAT, taken_at=NOW, candidates=candidates)


def test_a_post_carries_what_its_pages_show() -> None:
    (post,) = edition(linked("a", "s", feeds=("Daily",))).posts
    assert post.path == "_news/2026-11-10-council-votes.md"
    assert [topic.name for topic in post.topics] == ["AI", "Faces"]
    assert (post.quality.value, post.heat.value, post.published, post.feeds) == (80, 80, True, ("Daily",))
    assert post.story_reason == "same vote"
    assert post.story is not None
    assert post.story.title == "Council votes"


def test_two_articles_never_share_a_path_and_the_first_seen_keeps_it() -> None:
    early = NOW - timedelta(days=1)
    made = edition(candidate("a"), candidate("b", first_seen_at=early), candidate("c"))
    assert {post.article.id: post.path for post in made.posts} == {
        "b": "_news/2026-11-10-council-votes.md",
        "a": "_news/2026-11-10-council-votes-2.md",
        "c": "_news/2026-11-10-council-votes-3.md",
    }


def test_a_granted_path_is_kept_whatever_happens_to_the_title() -> None:
    kept = candidate("a", title="Renamed", path="_news/2026-11-10-council-votes.md")
    made = edition(kept, candidate("b"))
    assert {post.article.id: post.path for post in made.posts} == {
        "a": "_news/2026-11-10-council-votes.md",
        "b": "_news/2026-11-10-council-votes-2.md",
    }
    assert [grant.article for grant in grants(made, {kept.article.id: ""})] == ["b"]


def test_the_path_of_a_spiked_article_is_not_given_away() -> None:
    spiked = candidate("a", path="_news/2026-11-10-council-votes.md", ruling=ruled(RulingKind.SPIKE))
    assert [post.path for post in edition(spiked, candidate("b")).posts] == ["_news/2026-11-10-council-votes-2.md"]
    killed = structs.replace(spiked, ruling=ruled(RulingKind.KILL))
    assert [post.path for post in edition(killed, candidate("b")).posts] == ["_news/2026-11-10-council-votes-2.md"]


def test_an_undated_article_is_filed_under_the_day_it_was_read() -> None:
    dated = candidate("a")
    undated = structs.replace(dated, article=structs.replace(dated.article, published_at=None))
    assert edition(undated).posts[0].path == "_news/2026-11-10-council-votes.md"


def test_rulings_decide_who_stays() -> None:
    rulings = {"a": RulingKind.KILL, "b": RulingKind.SPIKE, "c": RulingKind.HOLD, "d": RulingKind.PUBLISH}
    made = edition(*(candidate(name, 10, ruling=ruled(kind)) for name, kind in rulings.items()))
    assert {post.article.id: post.verdict.decision for post in made.posts} == {
        "c": Decision.HOLD,
        "d": Decision.PUBLISH,
    }


def test_held_records_can_be_left_out() -> None:
    leave_out = structs.replace(MASTHEAD, write_held=False)
    assert [post.article.id for post in edition(candidate("a"), candidate("b", 9), masthead=leave_out).posts] == ["a"]


def test_a_killed_article_is_nobodys_related() -> None:
    killed = linked("b", "s", 90, ruling=ruled(RulingKind.KILL))
    (post,) = edition(linked("a", "s", 80), killed).posts
    assert post.related == ()
    assert post.heat.value == 80


def test_related_go_both_ways_and_only_the_leader_is_published() -> None:
    made = {post.article.id: post for post in edition(linked("a", "s", 80), linked("b", "s", 75)).posts}
    lead, other = made[ArticleId("a")], made[ArticleId("b")]
    assert [r.article for r in lead.related] == ["b"]
    assert [r.article for r in other.related] == ["a"]
    assert (lead.heat.value, other.heat.value) == (90, -1)
    assert (lead.published, other.published) == (True, False)


def test_a_copy_is_held_while_its_original_is_on_the_table() -> None:
    judgement = CopyJudgement(
        beat=BEAT, article=ArticleId("b"), judge="t", judged_at=NOW, kind=CopyKind.EXACT, copy_of=ArticleId("a")
    )
    made = edition(linked("a", "s"), linked("b", "s", 95, copy=judgement))
    assert {post.article.id: post.published for post in made.posts} == {"a": True, "b": False}
    assert edition(linked("b", "s", 95, copy=judgement)).posts[0].published


def test_without_a_topic_there_is_no_post() -> None:
    assert edition(candidate("a", topics=())).posts == ()
    assert len(edition(candidate("a", topics=(), imported=True)).posts) == 1


def test_a_report_takes_the_subject_over_from_its_story() -> None:
    modern = structs.replace(POLICY, preset=shipped("modern"))
    facts = snapshot(linked("a", "s", 80), linked("b", "s", 45, topics=()), linked("c", "t", 45, topics=()))
    posts = {post.article.id: post for post in make(facts, modern, MASTHEAD, (), NOW).posts}
    assert set(posts) == {"a", "b"}
    borrowed = posts[ArticleId("b")]
    assert borrowed.published
    assert [topic.name for topic in borrowed.topics] == ["AI", "Faces"]
    assert borrowed.matches[0].because == "its story is about it: “Council votes”"
    assert {term.name: term.points for term in borrowed.heat.terms}["subject of the story"] == 25


def test_what_half_of_a_story_s_reports_name_is_the_subject_of_all() -> None:
    modern = structs.replace(POLICY, preset=shipped("modern"))
    ai = (TopicMatch(topic=TopicId("ai"), score=1, because="title"),)
    facts = snapshot(linked("a", "s"), linked("b", "s"), linked("c", "s", topics=ai), linked("d", "s", topics=ai))
    fewer = snapshot(linked("a", "s"), *(linked(name, "s", topics=ai) for name in "bc"))
    said = [
        {
            post.article.id: [match.because for match in post.matches]
            for post in make(table, modern, MASTHEAD, (), NOW).posts
        }
        for table in (facts, fewer)
    ]
    assert said[0][ArticleId("c")] == ["title", "2 of 4 reports of its story name it"]
    assert said[1][ArticleId("c")] == ["title"]
    classic = {post.article.id: len(post.topics) for post in edition(*facts.candidates).posts}
    assert classic[ArticleId("c")] == 1


def test_stories_are_hottest_first_and_name_what_readers_see() -> None:
    made = edition(
        linked("a", "s", 80), linked("b", "t", 99, title="Court rules"), linked("c", "s", 9), candidate("d", 5)
    )
    assert [(story.id, story.articles, story.lead, story.independent) for story in made.stories] == [
        ("t", ("b",), "b", 1),
        ("s", ("a", "c"), "a", 2),
    ]


def test_a_story_counts_no_more_sources_than_it_has_reports() -> None:
    copied = CopyJudgement(
        beat=BEAT, article=ArticleId("c"), judge="t", judged_at=NOW, kind=CopyKind.EXACT, copy_of=ArticleId("a")
    )
    spiked = linked("d", "s", 75, ruling=ruled(RulingKind.SPIKE))
    killed = linked("e", "s", 75, ruling=ruled(RulingKind.KILL))
    made = edition(
        linked("a", "s", 90, hours=3), linked("b", "s", 80, hours=5), linked("c", "s", copy=copied), spiked, killed
    )
    assert [(story.articles, story.lead, story.independent) for story in made.stories] == [
        (("b", "a", "c", "d"), "a", 3)
    ]


def test_what_files_say_of_heat_does_not_cool() -> None:
    modern = structs.replace(POLICY, preset=shipped("modern"))
    first, later = (
        make(snapshot(candidate("a", 90)), modern, MASTHEAD, (), NOW + timedelta(hours=h)).posts[0] for h in (0, 36)
    )
    assert (first.weight, later.weight) == (90, 90)
    assert later.warm < first.warm
    assert posts.fields(first) == posts.fields(later)


def test_the_best_report_leads_and_the_latest_keeps_the_story_hot() -> None:
    modern = structs.replace(POLICY, preset=shipped("modern"))
    best, late = linked("a", "s", 90, hours=70), linked("b", "s", 75, hours=1)
    made = make(snapshot(best, late, linked("c", "t", 80, hours=20)), modern, MASTHEAD, (), NOW)
    assert [(story.id, story.lead) for story in made.stories] == [("s", "a"), ("t", "c")]


def test_posts_are_newest_first() -> None:
    made = edition(candidate("a", hours=5), candidate("b", hours=1), candidate("c", hours=3))
    assert [post.article.id for post in made.posts] == ["b", "c", "a"]


def test_the_same_facts_give_the_same_edition_in_any_order() -> None:
    facts = [linked("a", "s"), linked("b", "s", 60), candidate("c"), candidate("d", hours=99)]
    assert edition(*facts) == edition(*reversed(facts))
    later = edition(*facts, now=NOW + timedelta(hours=1))
    assert later.id == edition(*facts).id
    assert edition(*facts[1:]).id != later.id
