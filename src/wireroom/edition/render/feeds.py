"""Which feeds does an edition offer to readers' programs?

For the beat, and per topic, provider, story and saved search: the newest published posts, in three formats each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import islice

from wireroom.edition.render import addresses
from wireroom.edition.render.feed_formats import FORMATS, Channel
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.searching import found
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post
from wireroom.records.stories import Story

NEWEST = 50
"""Posts in a feed."""
FOLLOWED = timedelta(days=30)
"""How long after its last report a story has feeds: nobody waits for news of one that ended."""


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Write three feeds for each channel."""
    marks = marks or marks_of(edition)
    for channel in channels(edition):
        said = marks.of(channel.posts) or edition.made_at.isoformat()
        key = marks.key("feed", channel.folder, channel.title, channel.page, said)
        for name, write in FORMATS.items():
            yield Draft(path=f"{channel.folder}{name}", key=key, make=partial(write, channel))


def channels(edition: Edition) -> Iterator[Channel]:
    """Return the feeds of an edition, one at a time; those of topics only where something is published."""
    published = tuple(post for post in edition.posts if post.published)
    yield _channel(edition, addresses.FEEDS, "", addresses.FRONT, published)
    yield from _of_topics(edition, published)
    yield from _of_providers(edition, published)
    yield from _of_stories(edition, published)
    for search in edition.masthead.searches:
        folder, page = addresses.search_feeds(search.id), addresses.search(search.id)
        yield _channel(edition, folder, search.title, page, found(search, published))


def followed(story: Story, edition: Edition) -> bool:
    """Tell whether a story still has feeds."""
    return edition.made_at - story.last_at <= FOLLOWED


def _of_topics(edition: Edition, published: tuple[Post, ...]) -> Iterator[Channel]:
    by_topic = defaultdict[str, list[Post]](list)
    for post in published:
        for topic in post.topics:
            by_topic[topic.id].append(post)
    for topic in edition.topics:
        if posts := by_topic.get(topic.id):
            yield _channel(edition, addresses.topic_feeds(topic.id), topic.name, addresses.topic(topic.id), posts)


def _of_providers(edition: Edition, published: tuple[Post, ...]) -> Iterator[Channel]:
    by_provider: dict[str, list[Post]] = {}
    for post in published:
        by_provider.setdefault(addresses.provider_key(post.article.provider), []).append(post)
    for key in sorted(by_provider):
        name = by_provider[key][0].article.provider.name
        yield _channel(edition, addresses.provider_feeds(key), name, addresses.provider(key), by_provider[key])


def _of_stories(edition: Edition, published: tuple[Post, ...]) -> Iterator[Channel]:
    told = [story for story in edition.stories if followed(story, edition)]
    home = {one: story.id for story in told for one in story.articles}
    by_story = defaultdict[str, list[Post]](list)
    for post in published:
        if name := home.get(post.article.id):
            by_story[name].append(post)
    for story in told:
        if story.id in by_story:
            folder, page = addresses.story_feeds(story.id), addresses.story(story.id)
            yield _channel(edition, folder, story.title, page, by_story[story.id])


def _channel(edition: Edition, folder: str, name: str, page: str, posts: Iterable[Post]) -> Channel:
    masthead = edition.masthead
    return Channel(
        masthead=masthead,
        made_at=edition.made_at,
        folder=folder,
        title=f"{masthead.name}: {name}" if name else masthead.name,
        page=page,
        posts=tuple(islice(posts, NEWEST)),
    )
