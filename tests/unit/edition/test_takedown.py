"""What an editor kills is gone: from pages, posts, feeds, APIs, sitemaps, search, calendar, table and letters."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import structs

from wireroom.adapters.outlets import FolderOutlet
from wireroom.edition.lineup import make
from wireroom.edition.render import render
from wireroom.edition.render.letter import Period, letter
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Candidate, Edition, Masthead, Snapshot
from wireroom.records.ids import BeatId, RulingId, StoryId, TopicId, article_id
from wireroom.records.mail import Letter
from wireroom.records.policy import Policy
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.sources import Provider
from wireroom.records.stories import StoryLink
from wireroom.records.topics import Topic, TopicMatch
from wireroom.scoring.presets import shipped

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)
BEAT = BeatId("b")
POLICY = Policy(beat=BEAT, main_topic="AI", topics=(Topic(id=TopicId("ai"), name="AI"),), preset=shipped("modern"))
MASTHEAD = Masthead(beat=BEAT, name="B", description="", address="https://b.example/")
LIBEL = b"zanzibar"


def candidate(name: str, story: str, hours: float, *, copy_of: str = "") -> Candidate:
    article = Article(
        id=article_id(name),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://{name}.example/a",
        original_url=f"https://{name}.example/a?from=feed",
        title=f"Council of {name} votes on 3 December",
        excerpt=f"What {name} says of the vote.",
        published_at=NOW - timedelta(hours=hours),
        provider=Provider(name=name.capitalize(), domain=f"{name}.example"),
        authors=(f"Ada {name}",),
    )
    return Candidate(
        article=article,
        first_seen_at=NOW,
        quality=Score(preset="modern", value=90, terms=(Term(name="all", points=90, because=""),)),
        topics=(TopicMatch(topic=TopicId("ai"), score=1, because="title"),),
        link=StoryLink(
            beat=BEAT, article=article.id, story=StoryId(story), judge="t", judged_at=NOW, because="same vote"
        ),
        copy=CopyJudgement(
            beat=BEAT,
            article=article.id,
            judge="t",
            judged_at=NOW,
            kind=CopyKind.REWRITTEN,
            copy_of=article_id(copy_of),
            proof="“the vote”",
        )
        if copy_of
        else None,
        feeds=("Daily",),
    )


def editions() -> tuple[Edition, Edition]:
    """Return an edition before and after the takedown; the killed one leads a story and has a rewrite."""
    ruling = Ruling(
        id=RulingId("r"),
        beat=BEAT,
        article=article_id("zanzibar"),
        kind=RulingKind.KILL,
        reason="libel",
        by="A",
        at=NOW,
    )
    told = [
        candidate("zanzibar", "s", 5),
        candidate("lagos", "s", 3, copy_of="zanzibar"),
        candidate("quito", "s", 2),
        candidate("oslo", "t", 1),
    ]
    after = [structs.replace(told[0], ruling=ruling), *told[1:]]
    first, second = (
        make(Snapshot(beat=BEAT, taken_at=NOW, candidates=tuple(some)), POLICY, MASTHEAD, (), NOW)
        for some in (told, after)
    )
    return first, second


def naming(edition: Edition) -> set[str]:
    return {file.path for file in render(edition) if LIBEL in file.path.encode().lower() + file.body.lower()}


def test_what_is_killed_stands_in_no_file() -> None:
    before, after = editions()
    places = {path.partition("/")[0] for path in naming(before)}
    wanted = {"_news", "api", "articles", "days", "export", "feeds", "index.html", "providers", "search", "sitemaps"}
    assert wanted <= places, wanted - places
    assert naming(after) == set()


def test_what_is_killed_leaves_the_outlet(tmp_path: Path) -> None:
    before, after = editions()
    outlet = FolderOutlet(tmp_path / "site")
    outlet.deliver(render(before))
    delivery = outlet.deliver(render(after))
    assert any("zanzibar" in path for path in delivery.removed)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file() and path.suffix != ".png"]
    assert [
        path for path in files if LIBEL in str(path.relative_to(tmp_path)).encode() + path.read_bytes().lower()
    ] == []


def test_what_is_killed_is_in_no_letter() -> None:
    before, after = (letter(one, Period.WEEKLY) for one in editions())
    assert isinstance(before, Letter)
    assert isinstance(after, Letter)
    assert LIBEL in before.html.encode().lower()
    assert LIBEL not in (after.html + after.text + after.fragment).encode().lower()
