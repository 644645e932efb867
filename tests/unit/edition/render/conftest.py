"""A realistic edition of an invented beat: a story with copies, a lonely one, held, long, undated, right-to-left."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from msgspec import Struct, structs

from wireroom.adapters.spool import Spool
from wireroom.records.articles import Article, Evidence, Image
from wireroom.records.copies import CopyJudgement, CopyKind
from wireroom.records.editions import Edition, Masthead, Post, RelatedPost, SourceLine
from wireroom.records.ids import ArticleId, BeatId, EditionId, StoryId, TopicId, article_id, story_id
from wireroom.records.quality import Score, Term
from wireroom.records.rulings import Decision, Verdict
from wireroom.records.sources import Logo, Provider
from wireroom.records.stories import Story
from wireroom.records.topics import Topic, TopicMatch
from wireroom.records.versions import Change, Version
from wireroom.runner.making import Shelves

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
BEAT = BeatId("ai-watch")
ADDRESS = "https://watch.example/"

AI = Topic(id=TopicId("ai"), name="AI", description="Machines that learn, and what people do with them.")
FACES = Topic(id=TopicId("faces"), name="Facial Recognition", shortname="Faces", parent=AI.id, keywords=("face",))
SCHOOLS = Topic(id=TopicId("schools"), name="Schools", parent=FACES.id)
COURTS = Topic(id=TopicId("courts"), name="Courts", parent=FACES.id)
CHIPS = Topic(id=TopicId("chips"), name="AI Hardware", parent=AI.id)
QUIET = Topic(id=TopicId("quiet"), name="Quiet Corner", parent=AI.id, keywords=("hush",), services=())
TOPICS = (AI, FACES, SCHOOLS, COURTS, CHIPS, QUIET)


class Draft(Struct, frozen=True, kw_only=True):
    """What a test wants to say of a post; the rest is filled in."""

    title: str
    provider: str = "Harbor Ledger"
    hours_ago: float | None = 1
    excerpt: str = "The board voted after a hearing of three hours. Parents had asked for it since spring."
    topics: tuple[Topic, ...] = (AI,)
    quality: float = 62
    heat: float = 84
    decision: Decision = Decision.PUBLISH
    copy_of: ArticleId | None = None
    kind: CopyKind = CopyKind.ORIGINAL
    reason: str = ""
    language: str = "en"
    url: str | None = None


def domain(provider: str) -> str:
    """Invent the domain of an outlet."""
    return f"{provider.lower().replace(' ', '-')}.example"


def address(draft: Draft) -> str:
    """Invent the address of a piece."""
    return draft.url or f"https://www.{domain(draft.provider)}/{slug(draft.title)}"


def slug(title: str) -> str:
    """Make a file name, good enough for samples."""
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in title.lower())
    return "-".join(filter(None, kept.split("-")))[:80].rstrip("-") or "untitled"


def post_of(draft: Draft) -> Post:
    """Fill in a post."""
    url = address(draft)
    published = NOW - timedelta(hours=draft.hours_ago) if draft.hours_ago is not None else None
    article = Article(
        id=article_id(url),
        extractor="extract/1",
        read_at=published + timedelta(minutes=4) if published else NOW,
        canonical_url=url,
        original_url=f"{url}?utm_source=feed",
        title=draft.title,
        excerpt=draft.excerpt,
        text="The text of the article, which stays with its publisher.",
        published_at=published,
        date_method="json-ld" if published else None,
        date_confidence=0.95 if published else 0.0,
        authors=("Ada Merrow",),
        provider=Provider(
            name=draft.provider,
            domain=domain(draft.provider),
            logos=(Logo(url=f"{ADDRESS}logos/{domain(draft.provider)}-50x50.png", width=50, height=50),),
        ),
        images=(Image(url=f"https://img.{domain(draft.provider)}/lead.jpg", width=1200, height=675),),
        language=draft.language,
        evidence=(
            Evidence(field="title", value=draft.title, source="json-ld", confidence=0.9, chosen=True),
            Evidence(field="title", value=f"{draft.title} | {draft.provider}", source="heading", confidence=0.6),
            Evidence(field="author", value="Ada Merrow", source="byline", confidence=0.8, chosen=True),
        ),
    )
    copy = CopyJudgement(
        beat=BEAT,
        article=article.id,
        judge="dedupe/1",
        judged_at=NOW,
        kind=draft.kind,
        copy_of=draft.copy_of,
        proof="“The board voted four to one after a hearing of three hours.”" if draft.copy_of else "",
        agency="Northern Wire" if draft.copy_of else None,
    )
    day = f"{published or NOW:%Y-%m-%d}"
    return Post(
        path=f"_news/{day}-{slug(draft.title)}-{slug(draft.provider)}.md",
        article=article,
        topics=draft.topics,
        matches=tuple(TopicMatch(topic=one.id, score=1, because=f"“{one.name}” in the title") for one in draft.topics),
        quality=Score(
            preset="modern",
            value=draft.quality,
            terms=(
                Term(name="standing", points=40, because=f"{domain(draft.provider)} is a known publisher"),
                Term(name="picture", points=20, because="1200 × 675, seen once on this host"),
                Term(name="length of title", points=draft.quality - 60, because=f"{len(draft.title)} characters"),
            ),
        ),
        heat=Score(
            preset="modern",
            value=draft.heat,
            terms=(
                Term(name="quality", points=draft.quality, because="its own worth"),
                Term(name="independent reports", points=draft.heat - draft.quality, because="three in six hours"),
            ),
        ),
        verdict=Verdict(
            article=article.id,
            decision=draft.decision,
            because=f"heat {draft.heat:g} {'≥' if draft.decision is Decision.PUBLISH else '<'} 70",
            flip=f"{abs(draft.heat - 70):g} points {'fewer' if draft.heat >= 70 else 'more'} would change it",
        ),
        story_reason=draft.reason,
        copy=copy,
        feeds=(f"{draft.provider}: all news",),
    )


def story_of(posts: list[Post], *, title: str = "") -> Story:
    """Make a story of posts that are in order of publication."""
    times = [one.article.published_at or NOW for one in posts]
    return Story(
        id=StoryId(story_id(BEAT, posts[0].article.id)),
        articles=tuple(one.article.id for one in posts),
        lead=max(posts, key=lambda one: one.heat.value).article.id,
        independent=sum(one.copy is None or one.copy.kind is CopyKind.ORIGINAL for one in posts),
        first_at=min(times),
        last_at=max(times),
        title=title or posts[0].article.title,
    )


def edition_of(posts: list[Post], stories: list[Story], *, masthead: Masthead | None = None) -> Edition:
    """Bind posts and stories into an edition."""
    order = sorted(posts, key=lambda one: (-_seconds(one.article.published_at), one.path))
    return Edition(
        id=EditionId("sample"),
        masthead=masthead or MASTHEAD,
        made_at=NOW,
        topics=TOPICS,
        posts=tuple(order),
        stories=tuple(stories),
        sources=SOURCES,
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0


MASTHEAD = Masthead(
    beat=BEAT,
    name="AI Watch",
    description="Who looks at whom with what machine, and who decides about it.",
    address=ADDRESS,
    main_topic="AI",
    contact="desk@watch.example",
    notes=(
        "Each host is asked at most once every two seconds, with our name and address in the request.",
        "A page that its publisher closes to robots is not read; the feed’s own summary is all we show.",
    ),
)
SOURCES = (
    SourceLine(
        title="Harbor Ledger",
        url="https://harbor-ledger.example/rss",
        site_url="https://harbor-ledger.example/",
        state="active",
    ),
    SourceLine(
        title="Civic Wire", url="https://civic-wire.example/atom", site_url=None, state="active", note="moved once"
    ),
    SourceLine(
        title="The Closed Door",
        url="https://closed-door.example/feed",
        site_url=None,
        state="blocked",
        note="robots.txt refuses us; not worked around",
    ),
    SourceLine(
        title="Old Gazette",
        url="https://old-gazette.example/rss",
        site_url=None,
        state="retired",
        note="answered 410 on 2 November",
    ),
)
LONG_TITLE = (
    "Regional appeals court hears four hours of argument on whether a county may keep, share and sell the face prints "
    "of every visitor who walked into its library, its pool and its bus station since spring"
)


def hearing() -> list[Post]:
    """Tell one story by twelve reports, nine of which are copies of the agency's."""
    ledger = Draft(
        title="State board tells district to switch off its cameras",
        provider="Harbor Ledger",
        hours_ago=7.1,
        topics=(AI, FACES, SCHOOLS),
        quality=71,
        heat=128,
        excerpt="The education board voted four to one to end the face-matching trial at six schools by Friday. "
        "The district had 417 cameras, not the 300 it had reported.",
    )
    first = post_of(ledger)
    first = structs.replace(
        first,
        versions=(
            Version(
                article=first.article.id,
                number=2,
                seen_at=NOW - timedelta(hours=4),
                changes=(
                    Change(
                        field="title",
                        before="State board asks district to pause 300 cameras",
                        after="State board tells district to switch off its cameras",
                    ),
                ),
            ),
        ),
    )
    wire = post_of(
        Draft(
            title="Board ends face-matching trial at six schools",
            provider="Northern Wire",
            hours_ago=6.7,
            topics=(AI, FACES, SCHOOLS),
            reason="Names the same board and the same vote; 41 rare words in common with the first report.",
        )
    )
    outlets = (
        "Mill Town News",
        "Quarry Post",
        "Lakeside Times",
        "Evening Star of Tarn",
        "Orchard County Sun",
        "Delta Mail",
        "Pine Ridge Record",
        "Southgate Herald",
        "Ferry Point Journal",
    )
    copies = [
        post_of(
            Draft(
                title="Board ends face-matching trial at six schools",
                provider=outlet,
                hours_ago=6.2 - 0.55 * number,
                topics=(AI, FACES, SCHOOLS),
                heat=-1 if number > 6 else 74,
                copy_of=wire.article.id,
                kind=CopyKind.SYNDICATED if number % 2 else CopyKind.EXACT,
            )
        )
        for number, outlet in enumerate(outlets)
    ]
    civic = post_of(
        Draft(
            title="The vote was 4–1, and the one was the chair",
            provider="Civic Wire",
            hours_ago=1.7,
            topics=(AI, FACES, SCHOOLS),
            quality=66,
            heat=97,
            reason="Quotes the first report and adds the roll call.",
        )
    )
    return sorted([first, wire, *copies, civic], key=lambda one: one.article.published_at or NOW)


def lone_drafts() -> list[Draft]:
    """List stories with one report each."""
    return [
        Draft(title=LONG_TITLE, provider="Court Circular", hours_ago=0.2, topics=(AI, FACES, COURTS), heat=104),
        Draft(
            title="Chip maker says it will run out of neon by March",
            provider="Foundry Weekly",
            hours_ago=3,
            topics=(AI, CHIPS),
            heat=92,
        ),
        Draft(
            title="المدينة توقف نظام التعرف على الوجوه في المحطات",
            provider="Al Manara",
            hours_ago=5,
            topics=(AI, FACES),
            heat=88,
            language="ar",
            excerpt="أعلن المجلس أن النظام سيتوقف يوم الجمعة بعد اعتراض السكان.",
        ),
        Draft(
            title="Seven questions for the vendor nobody can find",
            provider="Civic Wire",
            hours_ago=26,
            heat=83,
            excerpt="",
        ),
        Draft(
            title="Undated leaflet describes a match rate that no test has shown",
            provider="Paper Trail",
            hours_ago=None,
            heat=80,
        ),
        Draft(
            title="Translators’ union and a broadcaster agree on machine dubbing",
            provider="Stage Door",
            hours_ago=30,
            heat=78,
        ),
        Draft(title="A small museum trains a model on its own letters", provider="Quarry Post", hours_ago=50, heat=76),
        Draft(
            title="Bus company drops gaze tracking after drivers object", provider="Delta Mail", hours_ago=75, heat=74
        ),
        Draft(
            title="Benchmarks drift: the same test, three answers",
            provider="Foundry Weekly",
            hours_ago=100,
            topics=(AI, CHIPS),
            heat=72,
        ),
    ]


def held_drafts() -> list[Draft]:
    """List records below the threshold."""
    return [
        Draft(
            title="Global Face Market To Reach Untold Billions, Report Says",
            provider="Market Reports Daily",
            heat=31,
            quality=31,
            decision=Decision.HOLD,
        ),
        Draft(
            title="Our ten favourite gadgets of the week",
            provider="Stage Door",
            hours_ago=9,
            heat=61,
            decision=Decision.HOLD,
        ),
    ]


def sample_edition() -> Edition:
    """Make the whole sample."""
    told = hearing()
    lone = [post_of(draft) for draft in lone_drafts()]
    held = [post_of(draft) for draft in held_drafts()]
    related = RelatedPost(
        article=lone[0].article.id,
        title=lone[0].article.title,
        published_at=lone[0].article.published_at,
        web_url=lone[0].article.canonical_url,
        provider=lone[0].article.provider,
        quality=62,
    )
    told[0] = structs.replace(told[0], related=(related,))
    stories = [story_of(told), *(story_of([post]) for post in lone)]
    home = {one: story for story in stories for one in story.articles}
    posts = [structs.replace(post, story=home.get(post.article.id)) for post in (*told, *lone, *held)]
    return edition_of(posts, stories)


@pytest.fixture(scope="session")
def sample() -> Edition:
    """Return the sample edition."""
    return sample_edition()


@pytest.fixture(scope="session")
def single() -> Callable[..., Edition]:
    """Return a maker of editions of one post and one story, from what a Draft takes."""

    def make(**said: object) -> Edition:
        post = post_of(Draft(**said))  # type: ignore[arg-type] # a test says what it wants in Draft's own words
        return edition_of([post], [story_of([post])] if post.published else [])

    return make


def shelved(edition: Edition, folder: Path) -> Edition:
    """Return an edition with its posts and stories on shelves."""
    keep = Shelves(partial(Spool, folder))
    tales = {story.id: keep.story(story) for story in edition.stories}
    told = (
        structs.replace(post, story=tales.get(post.story.id, post.story)) if post.story else post
        for post in edition.posts
    )
    return structs.replace(edition, posts=tuple(map(keep.post, told)), stories=tuple(tales.values()))
