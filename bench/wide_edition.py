"""An invented edition of any size: a made-up county press that reports, repeats and corrects itself.

The same number gives the same edition; nothing is kept but the posts, so memory is that of the edition itself.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from wireroom.records.articles import Article, Evidence, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Edition, Masthead, Post, RelatedPost, SourceLine
from wireroom.records.ids import BeatId, EditionId, StoryId, TopicId, article_id, digest, story_id
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Verdict
from wireroom.records.sources import Provider
from wireroom.records.stories import Story
from wireroom.records.topics import Topic, TopicMatch

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
BEAT = BeatId("county-watch")
PER_DAY = 150
PROVIDERS = tuple(Provider(name=f"Harbor Ledger {n}", domain=f"ledger{n}.example") for n in range(120))
TOPICS = (
    Topic(id=TopicId("county"), name="County"),
    *(Topic(id=TopicId(f"subject-{n}"), name=f"Subject {n}", parent=TopicId("county")) for n in range(1, 20)),
)
WORDS = (
    "board votes camera school county sheriff audit contract error council judge rules machine sees face record "
    "vendor claims study finds parents ask why police drop search tool budget vote delayed after hearing new law "
    "limits data broker sells access union warns of quiet rollout across schools before state review begins"
).split()


def edition(posts: int, keep: Callable[[Post], Post] = lambda post: post) -> Edition:
    """Invent an edition with this many published posts, in stories of one to eight; it holds what `keep` returns."""
    dice = Random(posts)
    made: list[Post] = []
    stories: list[Story] = []
    while len(made) < posts:
        size = min(dice.choice((1, 1, 1, 2, 2, 3, 5, 8)), posts - len(made))
        told = list(_reports(dice, len(made), size))
        story = _story(told)
        stories.append(story)
        made.extend(map(keep, told))
    order = sorted(made, key=lambda post: (-(post.article.published_at or NOW).timestamp(), post.path))
    return Edition(
        id=EditionId(digest("bench", str(posts))),
        masthead=Masthead(
            beat=BEAT,
            name="County Watch",
            description="What machines see in one county.",
            address="https://county.example/",
            main_topic="County",
        ),
        made_at=NOW,
        topics=TOPICS,
        posts=tuple(order),
        stories=tuple(stories),
        sources=tuple(
            SourceLine(title=one.name, url=f"https://{one.domain}/rss", site_url=None, state="active")
            for one in PROVIDERS
        ),
    )


def _reports(dice: Random, first: int, size: int) -> Iterator[Post]:
    start = NOW - timedelta(days=first / PER_DAY, hours=1)
    original = None
    for number in range(first, first + size):
        copied = original is not None and dice.random() < 0.3
        post = _post(dice, number, start + timedelta(minutes=dice.randrange(50)), original if copied else None)
        original = original or post
        yield post


def _post(dice: Random, number: int, at: datetime, original: Post | None) -> Post:
    provider = dice.choice(PROVIDERS)
    title = " ".join(dice.choices(WORDS, k=9)).capitalize() + f" {number}"
    excerpt = ". ".join(" ".join(dice.choices(WORDS, k=14)).capitalize() for _ in range(3)) + "."
    url = f"https://www.{provider.domain}/{number}"
    topics = (TOPICS[0], *dice.sample(TOPICS[1:], k=dice.randrange(3)))
    points = (40.0, 20.0, float(dice.randrange(30)))
    return Post(
        path=f"_news/{at:%Y-%m-%d}-{'-'.join(title.lower().split())}.md",
        article=Article(
            id=article_id(url),
            extractor="extract/1",
            read_at=at + timedelta(minutes=4),
            canonical_url=url,
            original_url=f"{url}?from=feed",
            title=title,
            excerpt=excerpt,
            published_at=at,
            date_method="json-ld",
            date_confidence=0.95,
            authors=("Ada Merrow",),
            provider=provider,
            images=(Image(url=f"{url}.jpg", width=1200, height=675),),
            language="en",
            evidence=(
                Evidence(field="title", value=title, source="json-ld", confidence=0.9, chosen=True),
                Evidence(field="title", value=f"{title} | {provider.name}", source="heading", confidence=0.6),
                Evidence(field="author", value="Ada Merrow", source="byline", confidence=0.8, chosen=True),
            ),
        ),
        topics=topics,
        matches=tuple(TopicMatch(topic=one.id, score=1, because=f"“{one.name}” in the title") for one in topics),
        quality=Score(
            preset="modern",
            value=sum(points),
            terms=tuple(Term(name=f"signal {n}", points=p, because="as measured") for n, p in enumerate(points)),
        ),
        heat=Score(
            preset="modern",
            value=sum(points) + 15,
            terms=(
                Term(name="quality", points=sum(points), because="its own worth"),
                Term(name="independent reports", points=15, because="three in six hours"),
            ),
        ),
        verdict=Verdict(
            article=article_id(url),
            decision=Decision.PUBLISH,
            because=f"heat {sum(points) + 15:g} ≥ 70",
            flip="5 points fewer would change it",
        ),
        story_reason="Opened the story." if original is None else "Tells the same vote, named by the same people.",
        copy=_copy(url, original),
        related=(_related(original),) if original else (),
        feeds=(f"{provider.name}: all news",),
    )


def _copy(url: str, original: Post | None) -> CopyJudgement:
    return CopyJudgement(
        beat=BEAT,
        article=article_id(url),
        judge="dedupe/1",
        judged_at=NOW,
        kind=CopyKind.NEAR if original else CopyKind.ORIGINAL,
        copy_of=original.article.id if original else None,
        proof="“The board voted four to one.”" if original else "",
    )


def _related(post: Post) -> RelatedPost:
    return RelatedPost(
        article=post.article.id,
        title=post.article.title,
        excerpt=post.article.excerpt,
        published_at=post.article.published_at,
        web_url=post.article.canonical_url,
        provider=post.article.provider,
        quality=int(post.quality.value),
    )


def _story(posts: list[Post]) -> Story:
    inside = sorted(posts, key=lambda post: (post.article.published_at or NOW, post.path))
    return Story(
        id=StoryId(story_id(BEAT, posts[0].article.id)),
        articles=tuple(post.article.id for post in inside),
        lead=max(inside, key=lambda post: post.heat.value).article.id,
        independent=sum(post.copy is None or post.copy.copy_of is None for post in inside),
        first_at=min(post.article.published_at or NOW for post in inside),
        last_at=max(post.article.published_at or NOW for post in inside),
        title=posts[0].article.title,
    )
