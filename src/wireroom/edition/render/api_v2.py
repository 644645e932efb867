"""What does the static JSON API, version 2, serve? Everything an edition knows, by day, with the reasons.

A day's file holds its posts whole, so a changed post touches one file, and a reader that follows days never pages.
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain

import msgspec
from msgspec import Struct

from wireroom.edition.render import addresses
from wireroom.edition.render import api_v2_shape as shape
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.markup import clean
from wireroom.edition.shelf import whole
from wireroom.records.articles import Image
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File, Post
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.quality import Score
from wireroom.records.sources import Provider
from wireroom.records.stories import Story

ROOT = "api/v2/"


def render(edition: Edition, marks: Marks | None = None) -> Iterator[File | Draft]:
    """Plan the index, the schema, a file per day, and the lists of stories, topics and sources."""
    marks = marks or marks_of(edition)
    home = {one: story.id for story in edition.stories for one in story.articles}
    days: dict[str, list[Post]] = {}
    for post in edition.posts:
        days.setdefault(addresses.day_of(post), []).append(post)
    address = edition.masthead.address
    yield Draft(path=f"{ROOT}schema.json", key=marks.key("schema"), make=lambda: _encoded(shape.schema(address)))
    yield _file(f"{ROOT}index.json", _index(edition, days))
    pages = {addresses.provider_key(post.article.provider) for post in edition.posts if post.published}
    for day, posts in days.items():
        homes = (home.get(post.article.id, "") for post in posts)
        paged = ("1" if addresses.provider_key(post.article.provider) in pages else "0" for post in posts)
        key = marks.key("api v2", day, marks.of(posts), "".join(paged), *homes)
        yield Draft(path=f"{ROOT}days/{day}.json", key=key, make=partial(_day, edition, day, posts, home, pages))
    stories = tuple(_story(edition, story) for story in edition.stories)
    yield _file(f"{ROOT}stories.json", shape.StoryList(version=shape.VERSION, stories=stories))
    yield _file(f"{ROOT}topics.json", _topics(edition))
    yield _file(f"{ROOT}sources.json", _sources(edition))


def _day(edition: Edition, day: str, posts: list[Post], home: dict[ArticleId, StoryId], pages: set[str]) -> bytes:
    items = tuple(_post(edition, whole(post), home.get(post.article.id), pages) for post in posts)
    return _encoded(shape.PostList(version=shape.VERSION, day=day, posts=items))


def _index(edition: Edition, days: dict[str, list[Post]]) -> shape.Index:
    masthead, base = edition.masthead, edition.masthead.address + ROOT
    return shape.Index(
        version=shape.VERSION,
        beat=masthead.beat,
        name=masthead.name,
        description=masthead.description,
        locale=masthead.locale,
        preset=masthead.preset,
        threshold=masthead.threshold,
        posts=sum(post.published for post in edition.posts),
        stories=len(edition.stories),
        schema=f"{base}schema.json",
        topics_url=f"{base}topics.json",
        sources_url=f"{base}sources.json",
        stories_url=f"{base}stories.json",
        days=tuple(
            shape.DayLink(day=day, posts=len(days[day]), url=f"{base}days/{day}.json")
            for day in sorted(days, reverse=True)
        ),
    )


def _post(edition: Edition, post: Post, story: str | None, pages: set[str]) -> shape.PostItem:
    article, base = post.article, edition.masthead.address
    return shape.PostItem(
        id=article.id,
        path=post.path,
        page=f"{base}{addresses.article(post)}",
        url=article.canonical_url,
        original_url=article.original_url,
        amp_url=article.amp_url,
        type=article.type,
        title=article.title,
        excerpt=article.excerpt,
        published_at=article.published_at,
        published_by=article.date_method,
        published_confidence=article.date_confidence,
        updated_at=article.updated_at,
        read_at=article.read_at,
        authors=article.authors,
        agencies=article.agencies,
        provider=_provider(article.provider, base, pages),
        language=article.language,
        paywalled=article.paywalled,
        images=tuple(_image(image, base) for image in article.images),
        topics=tuple(shape.TopicMatchItem(id=m.topic, score=m.score, because=m.because) for m in post.matches),
        quality=_score(post.quality),
        heat=_score(post.heat),
        verdict=shape.VerdictItem(decision=post.verdict.decision, because=post.verdict.because, flip=post.verdict.flip),
        story=story or (post.story.id if post.story else None),
        story_because=post.story_reason,
        copy=_copy(post),
        related=tuple(shape.RelatedItem(id=one.article, title=one.title, url=one.web_url) for one in post.related),
        versions=_versions(post),
        feeds=post.feeds,
    )


def _provider(provider: Provider, base: str, pages: set[str]) -> shape.ProviderItem:
    key = addresses.provider_key(provider)
    url = f"{base}{addresses.provider(key)}" if key in pages else None
    return shape.ProviderItem(name=provider.name, domain=provider.domain, url=url)


def _image(image: Image, base: str) -> shape.ImageItem:
    copies = tuple(f"{base}{addresses.media(one)}" for one in image.renditions)
    return shape.ImageItem(url=image.url, width=image.width, height=image.height, title=image.title, copies=copies)


def _score(score: Score) -> shape.ScoreItem:
    terms = tuple(shape.TermItem(name=t.name, points=t.points, because=t.because) for t in score.terms)
    return shape.ScoreItem(preset=score.preset, value=score.value, terms=terms)


def _copy(post: Post) -> shape.CopyItem | None:
    copy = post.copy
    if copy is None:
        return None
    return shape.CopyItem(kind=copy.kind, of=copy.copy_of, proof=copy.proof, agency=copy.agency)


def _versions(post: Post) -> tuple[shape.VersionItem, ...]:
    return tuple(
        shape.VersionItem(
            number=version.number,
            seen_at=version.seen_at,
            changes=tuple(shape.ChangeItem(field=c.field, before=c.before, after=c.after) for c in version.changes),
        )
        for version in post.versions
    )


def _story(edition: Edition, story: Story) -> shape.StoryItem:
    return shape.StoryItem(
        id=story.id,
        page=f"{edition.masthead.address}{addresses.story(story.id)}",
        title=story.title,
        lead=story.lead,
        independent=story.independent,
        articles=story.articles,
        first_at=story.first_at,
        last_at=story.last_at,
        thread=story.thread,
    )


def _topics(edition: Edition) -> shape.TopicList:
    numbers: dict[str, int] = {}
    for topic in chain.from_iterable(post.topics for post in edition.posts if post.published):
        numbers[topic.id] = numbers.get(topic.id, 0) + 1
    items = tuple(
        shape.TopicItem(
            id=topic.id,
            name=topic.name,
            parent=topic.parent,
            description=topic.description,
            page=f"{edition.masthead.address}{addresses.topic(topic.id)}",
            published=numbers.get(topic.id, 0),
        )
        for topic in edition.topics
    )
    return shape.TopicList(version=shape.VERSION, topics=items)


def _sources(edition: Edition) -> shape.SourceList:
    items = tuple(
        shape.SourceItem(title=s.title, url=s.url, site_url=s.site_url, state=s.state, note=s.note)
        for s in edition.sources
    )
    return shape.SourceList(version=shape.VERSION, sources=items)


def _file(path: str, content: Struct | dict[str, object]) -> File:
    return File(path=path, body=_encoded(content))


def _encoded(content: Struct | dict[str, object]) -> bytes:
    """Encode; a lone surrogate, which UTF-8 cannot hold, is dropped like what XML cannot hold."""
    try:
        return msgspec.json.encode(content)
    except UnicodeEncodeError:
        return msgspec.json.encode(_cleaned(msgspec.to_builtins(content)))


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, list | tuple) else value
