"""Which pages does the portal have, and what does each show?"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, timedelta

from msgspec import Struct

from wireroom.edition.render import addresses
from wireroom.edition.render.portal import card, press, wire
from wireroom.edition.render.portal.site import Site, is_copy
from wireroom.records.editions import File, Post
from wireroom.records.ids import TopicId
from wireroom.records.stories import Story
from wireroom.records.topics import Topic

SECOND = 6
"""Stories told at middle size below the lead."""
BRIEF = 24
"""Stories after those, on one line each."""
LATEST = 14
LISTED = 60
"""Posts on a topic's or provider's page; older ones are reached by day."""
CHART_DAYS = 28


class Bar(Struct, frozen=True, kw_only=True):
    """One day of attention: how many reports, and how tall that is next to the busiest day (0–100)."""

    day: str
    number: int
    height: int


def front(site: Site) -> File:
    """Write the front page: heat sets size in three steps."""
    told = [wire.tell(site, story) for story in site.stories[: 1 + SECOND + BRIEF]]
    sections = [(topic, _top(site, topic)) for topic in site.edition.topics if topic.id != _main(site)]
    return press.page(
        site,
        addresses.FRONT,
        "front.html",
        lead=told[0] if told else None,
        second=told[1 : 1 + SECOND],
        brief=told[1 + SECOND :],
        latest=[post for post in site.published if wire.repeated(site, post) is None][:LATEST],
        repeats=wire.repeats(site),
        sections=[(topic, stories) for topic, stories in sections if stories],
        corrected=[post for post in site.published if wire.corrections(post)][:5],
        copies=sum(is_copy(post) for post in site.published + site.held),
    )


def stories(site: Site) -> Iterator[File]:
    """Write a page per story: the wire."""
    for story in site.stories:
        telling = wire.tell(site, story)
        yield press.page(
            site, addresses.story(story.id), "story.html", telling=telling, threads=_threads(site, telling)
        )


def articles(site: Site) -> Iterator[File]:
    """Write a record card per post, for held ones too: a held record is shown as held, not hidden."""
    names = {topic.id: topic.name for topic in site.edition.topics}
    for post in site.published + site.held:
        story = site.home.get(post.article.id)
        yield press.page(
            site,
            addresses.article(post),
            "article.html",
            post=post,
            facts=card.facts(post),
            names=names,
            original=site.posts.get(post.copy.copy_of) if post.copy and post.copy.copy_of else None,
            telling=wire.tell(site, story) if story else None,
        )


def topics(site: Site) -> Iterator[File]:
    """Write the list of topics and a page for each; copies are counted with the report they repeat."""
    repeats = wire.repeats(site)
    yield press.page(site, addresses.TOPICS, "topics.html", topics=site.edition.topics)
    for topic in site.edition.topics:
        posts = site.by_topic.get(topic.id, ())
        own = [post for post in posts if wire.repeated(site, post) is None]
        yield press.page(
            site,
            addresses.topic(topic.id),
            "topic.html",
            topic=topic,
            parent=next((one for one in site.edition.topics if one.id == topic.parent), None),
            told=[wire.tell(site, story) for story in site.stories_about(topic.id)[: SECOND + 1]],
            posts=own[:LISTED],
            more=max(0, len(own) - LISTED),
            repeats=repeats,
            bars=_attention(site, posts),
        )


def providers(site: Site) -> Iterator[File]:
    """Write the list of publishers and a page for each."""
    ranked = sorted(site.by_provider.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    yield press.page(site, addresses.PROVIDERS, "providers.html", ranked=ranked)
    for key, posts in ranked:
        yield press.page(
            site,
            addresses.provider(key),
            "provider.html",
            provider=posts[0].article.provider,
            led=site.led.get(key, 0),
            copied=sum(is_copy(post) for post in posts),
            posts=posts[:LISTED],
            more=max(0, len(posts) - LISTED),
            bars=_attention(site, posts),
        )


def days(site: Site) -> Iterator[File]:
    """Write the archive: a list of days and a page for each."""
    ranked = sorted(site.by_day.items(), key=lambda pair: pair[0], reverse=True)
    yield press.page(site, addresses.DAYS, "days.html", ranked=ranked)
    for number, (date, posts) in enumerate(ranked):
        yield press.page(
            site,
            addresses.day(date),
            "day.html",
            date=date,
            posts=posts,
            later=ranked[number - 1][0] if number else None,
            earlier=ranked[number + 1][0] if number + 1 < len(ranked) else None,
        )


def desk(site: Site) -> Iterator[File]:
    """Write what the desk owes its readers: what is on hold, and how this edition is made."""
    yield press.page(site, addresses.HELD, "held.html")
    silent = [source for source in site.edition.sources if source.state != "active"]
    yield press.page(site, addresses.ABOUT, "about.html", silent=silent)


def assets(site: Site) -> Iterator[File]:
    """Hand on the style sheet and the scripts, which nothing depends on."""
    yield File(path=addresses.STYLE, body=press.style(site.masthead.theme))
    yield File(path=addresses.SCRIPT, body=press.asset(addresses.SCRIPT.rpartition("/")[2]))


def _main(site: Site) -> TopicId | None:
    named = site.masthead.main_topic
    return next((topic.id for topic in site.edition.topics if named in (topic.id, topic.name)), None)


def _top(site: Site, topic: Topic) -> tuple[Story, ...]:
    return site.stories_about(topic.id)[:3]


def _threads(site: Site, telling: wire.Telling) -> tuple[Story, ...]:
    """Return the other stories that the reports of this one are related to, in the order they are named."""
    named = (
        site.home.get(related.article)
        for report in telling.reports
        for related in report.post.related
        if related.article
    )
    found = {story.id: story for story in named if story and story.id != telling.story.id}
    return tuple(found.values())[:6]


def _attention(site: Site, posts: tuple[Post, ...]) -> tuple[Bar, ...]:
    """Count the reports of each of the last days."""
    today = site.now.astimezone(UTC).date()
    per_day = Counter(post.article.published_at.astimezone(UTC).date() for post in posts if post.article.published_at)
    span = [today - timedelta(days=back) for back in range(CHART_DAYS - 1, -1, -1)]
    most = max((per_day[day] for day in span), default=0)
    return tuple(
        Bar(day=day.isoformat(), number=per_day[day], height=round(100 * per_day[day] / most) if most else 0)
        for day in span
    )
