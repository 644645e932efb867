"""What does each page of the portal show? Called only when a page is really made."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice, takewhile

from msgspec import Struct

from wireroom.edition.render import addresses, wording
from wireroom.edition.render.portal import card, structured, wire
from wireroom.edition.render.portal.habits import SCOOPS, Ledger
from wireroom.edition.render.portal.site import Site, is_copy
from wireroom.edition.shelf import whole
from wireroom.records.editions import Post
from wireroom.records.ids import ArticleId, StoryId, TopicId
from wireroom.records.portal import SavedSearch
from wireroom.records.stories import Story
from wireroom.records.topics import Topic

SECOND = 6
"""Stories told at middle size below the lead."""
BRIEF = 12
"""Stories after those, on one line each."""
LATEST = 14
SECTIONS = 12
"""Topics with their latest stories on the front page; the others are reached by the list of topics."""
EACH = 2
"""Stories in each of these."""
LISTED = 60
"""Posts on a topic's or provider's page; older ones are reached by day."""
WAITING = 300
"""Records on hold that are listed: 150 kB. After a year there are tens of thousands, each with a page of its own."""
CHART_DAYS = 28
NEAR = 6
"""Related stories beside a story."""

Shown = dict[str, object]


class Bar(Struct, frozen=True, kw_only=True):
    """One day of attention: how many reports, and how tall that is next to the busiest day (0–100)."""

    day: str
    number: int
    height: int


def front(site: Site) -> Shown:
    """Show the front page: heat sets size in three steps."""
    told = [wire.tell(site, story) for story in site.stories[: 1 + SECOND + BRIEF]]
    repeated = wire.repeated(site)
    return {
        "lead": told[0] if told else None,
        "second": told[1 : 1 + SECOND],
        "brief": told[1 + SECOND :],
        "latest": list(islice((post for post in site.published if post.article.id not in repeated), LATEST)),
        "repeats": Counter(repeated.values()),
        "sections": _sections(site, {telling.story.id for telling in told}),
        "corrected": list(islice((post for post in site.published if post.versions and wire.corrections(post)), 5)),
        "copies": sum(is_copy(post) for post in site.published + site.held),
        "structured": structured.of_stories(site, site.stories[: 1 + SECOND], addresses.FRONT, site.masthead.name),
    }


def story(site: Site, told: Story) -> Shown:
    """Show a story: the wire."""
    telling = wire.tell(site, told)
    return {
        "telling": telling,
        "thread": thread(site, told),
        "threads": threads(site, told),
        "card": telling.card or site.card,
        "structured": structured.of_story(site, telling, addresses.story(told.id)),
    }


def article(site: Site, post: Post) -> Shown:
    """Show a record card."""
    post = whole(post)
    home = site.home.get(post.article.id)
    telling = wire.tell(site, home) if home else None
    return {
        "post": post,
        "facts": card.facts(post),
        "names": site.topic_names,
        "original": site.original(post),
        "telling": telling,
        "card": (telling.card if telling else None) or site.card,
        "structured": structured.of_article(site, post, addresses.article(post)),
    }


def topic(site: Site, one: Topic, own: tuple[Post, ...], repeats: Counter[ArticleId]) -> Shown:
    """Show a topic; `own` are its posts that repeat no other, and copies are counted with the report they repeat."""
    return {
        "topic": one,
        "parent": site.topics.get(one.parent) if one.parent else None,
        "told": [wire.tell(site, story) for story in site.about.get(one.id, ())[:SECOND]],
        "posts": own[:LISTED],
        "more": max(0, len(own) - LISTED),
        "repeats": repeats,
        "bars": _attention(site, site.by_topic.get(one.id, ())),
        "structured": structured.of_posts(site, own[:LISTED], addresses.topic(one.id), one.name),
    }


def provider(site: Site, key: str, posts: tuple[Post, ...], known: Ledger) -> Shown:
    """Show a publisher."""
    shown = posts[0].article.provider
    return {
        "key": key,
        "provider": shown,
        "scoops": SCOOPS,
        "habits": known.habits(site, key),
        "posts": posts[:LISTED],
        "more": max(0, len(posts) - LISTED),
        "bars": _attention(site, posts),
        "structured": structured.of_posts(site, posts[:LISTED], addresses.provider(key), shown.name),
    }


def months(ranked: Iterable[tuple[str, tuple[Post, ...]]]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Group the days of the archive by month, as they come; `undated` is a month of its own."""
    grouped = groupby(ranked, key=lambda pair: pair[0][: len("2026-11")])
    return [(month, [(date, len(posts)) for date, posts in days]) for month, days in grouped]


def day(site: Site, date: str, beside: tuple[str | None, str | None]) -> Shown:
    """Show a day; `beside` are the later and the earlier day with reports."""
    posts, (later, earlier) = site.by_day[date], beside
    described = structured.of_posts(site, posts, addresses.day(date), date)
    return {"date": date, "posts": posts, "later": later, "earlier": earlier, "structured": described}


def held(site: Site) -> Shown:
    """Show what waits, the newest of it."""
    return {"posts": site.held[:WAITING], "more": max(0, len(site.held) - WAITING)}


def saved(search: SavedSearch, posts: tuple[Post, ...]) -> Shown:
    """Show what a saved search finds."""
    return {"search": search, "posts": posts[:LISTED], "more": max(0, len(posts) - LISTED)}


def threads(site: Site, told: Story) -> tuple[Story, ...]:
    """Return the other stories near to this one: of its thread, then what touches it or is named as related."""
    listed = [*thread(site, told), *(site.called[one] for one in told.near if one in site.called)]
    named = (site.home.get(one) for post in site.members(told) for one in post.relations)
    found = {story.id: story for story in (*listed, *named) if story and story.id != told.id}
    return tuple(found.values())[: len(listed) + NEAR]


def thread(site: Site, told: Story) -> tuple[Story, ...]:
    """Return the published stories of the affair that a story belongs to, oldest first; none when it stands alone."""
    found = tuple(site.called[one] for one in told.thread if one in site.called)
    return found if len(found) > 1 else ()


def _named(day: date) -> str:
    """Write a day of a chart without its year, but the last one of a year."""
    at = datetime.combine(day, time.min, UTC)
    return wording.short(at, at + timedelta(days=1))


def _main(site: Site) -> TopicId | None:
    named = site.masthead.main_topic
    return next((topic.id for topic in site.edition.topics if named in (topic.id, topic.name)), None)


def _sections(site: Site, seen: set[StoryId]) -> list[tuple[Topic, list[Story]]]:
    """Share out what the page has not told yet, each story once: small topics choose first, wide ones have plenty."""
    main = _main(site)
    topics = list(islice((one for one in site.edition.topics if one.id != main and one.id in site.by_topic), SECTIONS))
    widest = sorted(topics, key=lambda one: len(site.by_topic[one.id]), reverse=True)
    chosen = {one.id: _newest(site, one, seen) for one in reversed(widest)}
    return [(one, chosen[one.id]) for one in topics]


def _newest(site: Site, topic: Topic, seen: set[StoryId]) -> list[Story]:
    """Take the stories of a topic's newest reports that are not in `seen`, and put them there."""
    taken: list[Story] = []
    for post in site.by_topic[topic.id]:
        story = site.home.get(post.article.id)
        if story and story.id not in seen:
            seen.add(story.id)
            taken.append(story)
        if len(taken) == EACH:
            break
    return sorted(taken, key=lambda story: _date(site.lead(story)), reverse=True)


def _date(post: Post) -> float:
    return post.article.published_at.timestamp() if post.article.published_at else 0.0


def _attention(site: Site, posts: tuple[Post, ...]) -> tuple[Bar, ...]:
    """Count the reports of each of the last days; `posts` are newest first."""
    today = site.now.astimezone(UTC).date()
    span = [today - timedelta(days=back) for back in range(CHART_DAYS - 1, -1, -1)]
    start = datetime.combine(span[0], time.min, UTC)
    dates = (post.article.published_at for post in posts if post.article.published_at)
    per_day = Counter(date.astimezone(UTC).date() for date in takewhile(lambda date: date >= start, dates))
    most = max((per_day[day] for day in span), default=0)
    return tuple(
        Bar(day=_named(day), number=per_day[day], height=round(100 * per_day[day] / most) if most else 0)
        for day in span
    )
