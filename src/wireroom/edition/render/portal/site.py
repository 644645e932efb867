"""What stands where in one edition? Looks up posts by article, story, topic, provider and day; shows nothing."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct

from wireroom.edition.pictures import lead_picture
from wireroom.edition.render import addresses, cards
from wireroom.edition.render.addresses import day_of, provider_key
from wireroom.edition.render.cards import Card
from wireroom.edition.render.marks import Marks
from wireroom.records.articles import Image
from wireroom.records.editions import Edition, Masthead, Post
from wireroom.records.ids import ArticleId, StoryId, TopicId
from wireroom.records.rulings import Decision
from wireroom.records.sources import Provider
from wireroom.records.stories import Story
from wireroom.records.topics import Topic


class Site(Struct, frozen=True, kw_only=True):
    """An edition with its lookups; every tuple of posts is newest first, every tuple of stories hottest first."""

    edition: Edition
    posts: dict[ArticleId, Post]
    published: tuple[Post, ...]
    held: tuple[Post, ...]
    stories: tuple[Story, ...]
    called: dict[StoryId, Story]
    """Stories by their id."""
    threads: dict[StoryId, tuple[Post, ...]]
    home: dict[ArticleId, Story]
    """The story that each post belongs to."""
    by_topic: dict[TopicId, tuple[Post, ...]]
    about: dict[TopicId, tuple[Story, ...]]
    """The stories with a published report on a topic."""
    by_provider: dict[str, tuple[Post, ...]]
    by_day: dict[str, tuple[Post, ...]]
    card: Card
    """What shared links show when a page has no card of its own."""
    led: dict[str, int]
    """How many stories each provider leads."""
    marks: Marks
    tellings: dict[StoryId, object] = {}
    """Stories that were arranged lately, by `wire.tell`."""
    kept: dict[object, str] = {}
    """Parts of pages that are the same on many, by `press.once`."""
    has_issues: bool
    """Whether letters were sent that have pages."""
    topics: dict[TopicId, Topic]
    topic_names: dict[TopicId, str]
    below: dict[TopicId, tuple[Topic, ...]]
    """Topics by what they stand under: a taxonomy may have tens of thousands."""

    @property
    def masthead(self) -> Masthead:
        """Return how the beat introduces itself."""
        return self.edition.masthead

    @property
    def now(self) -> datetime:
        """Return when the edition was made."""
        return self.edition.made_at

    @property
    def today(self) -> str:
        """Return the UTC day of the edition."""
        return self.now.astimezone(UTC).date().isoformat()

    def original(self, post: Post) -> Post | None:
        """Return what a post repeats, when that has a page here."""
        return self.posts.get(post.repeats) if post.repeats else None

    def members(self, story: Story) -> tuple[Post, ...]:
        """Return the posts of a story in order of publication, with those on hold: copies are mostly held."""
        return self.threads.get(story.id, ())

    def read_at(self, story: Story) -> datetime:
        """Return when we read what is newest of a story: a report may come to us long after it was published."""
        return max(post.article.read_at for post in self.members(story))

    def lead(self, story: Story) -> Post:
        """Return the post that leads a story; its first published one when the lead itself is not published."""
        lead = self.posts.get(story.lead)
        return lead if lead and lead.published else next(one for one in self.members(story) if one.published)

    @property
    def roots(self) -> tuple[Topic, ...]:
        """Return the topics that stand under no other one we know."""
        known = {topic.id for topic in self.edition.topics}
        return tuple(topic for topic in self.edition.topics if topic.parent not in known)

    def children(self, topic: Topic) -> tuple[Topic, ...]:
        """Return the sub-topics of a topic."""
        return self.below.get(topic.id, ())

    def kicker(self, post: Post) -> tuple[Topic, ...]:
        """Return up to three topics worth naming above a headline: the narrowest, and not the beat's main one."""
        main, wider = self.masthead.main_topic, {topic.parent for topic in post.topics}
        return tuple(one for one in post.topics if main not in (one.id, one.name) and one.id not in wider)[:3]

    def page_of(self, provider: Provider) -> str | None:
        """Return the page of a provider; one that has nothing published has none."""
        key = provider_key(provider)
        return addresses.provider(key) if key in self.by_provider else None

    def picture(self, post: Post) -> Image | None:
        """Return the lead picture of a post when we keep a copy of it; pages ask no one else for anything."""
        image = lead_picture(post.article)
        return image if image and image.renditions else None


def survey(edition: Edition, marks: Marks) -> Site:
    """Build the lookups of an edition."""
    published = tuple(post for post in edition.posts if post.published)
    posts = {post.article.id: post for post in edition.posts}
    visible = {post.article.id for post in published}
    stories = tuple([story for story in edition.stories if not visible.isdisjoint(story.articles)])
    threads = _threads(edition)
    site = Site(
        edition=edition,
        posts=posts,
        published=published,
        held=tuple(post for post in edition.posts if post.decision is Decision.HOLD),
        stories=stories,
        called={story.id: story for story in stories},
        threads=threads,
        home={post.article.id: story for story in stories for post in threads.get(story.id, ())},
        by_topic=_grouped((topic.id, post) for post in published for topic in post.topics),
        about=_grouped((topic, story) for story in stories for topic in _topics(story, posts)),
        by_provider=_grouped((provider_key(post.article.provider), post) for post in published),
        by_day=_grouped((day_of(post), post) for post in published),
        card=cards.general(edition),
        led={},
        marks=marks,
        has_issues=any(file.path.startswith("_newsletters/") for file in edition.carried),
        topics={topic.id: topic for topic in edition.topics},
        topic_names={topic.id: topic.name for topic in edition.topics},
        below=_grouped((topic.parent, topic) for topic in edition.topics if topic.parent),
    )
    for story in stories:
        key = provider_key(site.lead(story).article.provider)
        site.led[key] = site.led.get(key, 0) + 1
    return site


def is_copy(post: Post) -> bool:
    """Tell whether the post repeats another article."""
    return post.copied


def out(post: Post) -> str | None:
    """Return the publisher's address when it is one a reader could open."""
    return addresses.web_only(post.article.canonical_url) or addresses.web_only(post.article.original_url)


def _topics(story: Story, posts: dict[ArticleId, Post]) -> set[TopicId]:
    """Return what the published reports of a story are about."""
    told = (posts.get(one) for one in story.articles)
    return {topic.id for post in told if post and post.published for topic in post.topics}


def _threads(edition: Edition) -> dict[StoryId, tuple[Post, ...]]:
    """Gather the posts of each story: those it names and those that name it."""
    named = {one: story.id for story in edition.stories for one in story.articles}
    told = (post for post in edition.posts if post.decision is not Decision.SPIKE)
    homes = ((named.get(post.article.id) or (post.story.id if post.story else None), post) for post in told)
    groups = _grouped((home, post) for home, post in homes if home)
    return {home: tuple(sorted(posts, key=_age)) for home, posts in groups.items()}


def _age(post: Post) -> tuple[datetime, str]:
    return post.article.published_at or post.article.read_at, post.path


_K = TypeVar("_K")
_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups = defaultdict[_K, list[_V]](list)
    for key, one in pairs:
        groups[key].append(one)
    return {key: tuple(group) for key, group in groups.items()}
