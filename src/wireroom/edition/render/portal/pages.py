"""Which pages does the portal have, and what is each made from? What they show is in `views`."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from wireroom.edition.render import addresses
from wireroom.edition.render.marks import packed
from wireroom.edition.render.portal import press, views, wire
from wireroom.edition.render.portal.habits import ledger
from wireroom.edition.render.portal.site import Site
from wireroom.edition.searching import found
from wireroom.records.drafts import Draft
from wireroom.records.ids import StoryId

Told = dict[StoryId, str]
"""Marks of the stories."""


def front(site: Site, told: Told) -> Draft:
    """Plan the front page: the one page that is made anew whenever anything, or the clock, has moved."""
    warmth = packed((site.edition.sources, [post.warmth for post in site.edition.posts])).hex()
    key = site.marks.key("front", site.now.isoformat(), site.marks.everything, warmth, *told.values())
    return press.page(site, addresses.FRONT, "front.html", key, partial(views.front, site))


def stories(site: Site, told: Told) -> Iterator[Draft]:
    """Plan a page per story."""
    for story in site.stories:
        near = [f"{one.id} {len(one.articles)} {site.marks.of([site.lead(one)])}" for one in views.threads(site, story)]
        key = site.marks.key("story", told[story.id], *near)
        yield press.page(site, addresses.story(story.id), "story.html", key, partial(views.story, site, story))


def articles(site: Site, told: Told) -> Iterator[Draft]:
    """Plan a record card per post, for held ones too: a held record is shown as held, not hidden."""
    marks, paged = site.marks.posts, site.by_provider.keys()
    for post in site.published + site.held:
        article = post.article
        story, original = site.home.get(article.id), site.original(post)
        # A post, its story, what it repeats, and which of its neighbours have pages here.
        key = site.marks.key(
            "article",
            marks[article.id],
            told[story.id] if story else "",
            marks[original.article.id] if original else "",
            "".join(["1" if one in site.posts else "0" for one in post.relations]),
            "1" if addresses.provider_key(article.provider) in paged else "0",
        )
        yield press.page(site, addresses.article(post), "article.html", key, partial(views.article, site, post))


def topics(site: Site, told: Told) -> Iterator[Draft]:
    """Plan the list of topics and a page for each."""
    numbers = [f"{topic.id} {len(site.by_topic.get(topic.id, ()))}" for topic in site.edition.topics]
    key = site.marks.key("topics", *numbers)
    yield press.page(site, addresses.TOPICS, "topics.html", key, lambda: {"topics": site.edition.topics})
    repeated = wire.repeated(site)
    repeats = Counter(repeated.values())
    for topic in site.edition.topics:
        posts = site.by_topic.get(topic.id, ())
        own = tuple([post for post in posts if post.article.id not in repeated])
        shown = (told[story.id] for story in site.about.get(topic.id, ())[: views.SECOND])
        copies = (str(repeats[post.article.id]) for post in own[: views.LISTED])
        children = (f"{child.id} {len(site.by_topic.get(child.id, ()))}" for child in site.children(topic))
        parts = (topic.id, site.today, site.marks.of(posts), " ".join(copies), *shown, *children)
        page = addresses.topic(topic.id)
        key = site.marks.key("topic", *parts)
        yield press.page(site, page, "topic.html", key, partial(views.topic, site, topic, own, repeats))


def providers(site: Site) -> Iterator[Draft]:
    """Plan the list of publishers and a page for each."""
    ranked = sorted(site.by_provider.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    known = ledger(site)
    numbers = {key: known.numbers(site, key) for key, _ in ranked}
    parts = [f"{key} {numbers[key]} {site.marks.of(posts)}" for key, posts in ranked]
    whole = site.marks.key("providers", *parts)
    yield press.page(site, addresses.PROVIDERS, "providers.html", whole, lambda: {"ranked": ranked, "numbers": numbers})
    for (name, posts), part in zip(ranked, parts, strict=True):
        key = site.marks.key("provider", site.today, part, known.mark(site, name))
        shown = partial(views.provider, site, name, posts, known)
        yield press.page(site, addresses.provider(name), "provider.html", key, shown)


def days(site: Site) -> Iterator[Draft]:
    """Plan the archive: a list of days and a page for each."""
    ranked = sorted(site.by_day.items(), key=lambda pair: (pair[0][:1].isdigit(), pair[0]), reverse=True)
    key = site.marks.key("days", *(f"{date} {len(posts)}" for date, posts in ranked))
    yield press.page(site, addresses.DAYS, "days.html", key, lambda: {"months": views.months(ranked)})
    # What has no date is neither earlier nor later than anything.
    dated = [date for date, _ in ranked if date[:1].isdigit()]
    earlier = dict(pairwise(dated))
    later = {before: after for after, before in earlier.items()}
    for date, posts in ranked:
        beside = (later.get(date), earlier.get(date))
        key = site.marks.key("day", date, *map(str, beside), site.marks.of(posts))
        shown = partial(views.day, site, date, beside)
        yield press.page(site, addresses.day(date), "day.html", key, shown)


def desk(site: Site) -> Iterator[Draft]:
    """Plan what the desk owes its readers: what is on hold, how an edition is made, what stands where nothing is."""
    key = site.marks.key("held", site.marks.of(site.held[: views.WAITING]), str(len(site.held)))
    yield press.page(site, addresses.HELD, "held.html", key, partial(views.held, site))
    silent = [source for source in site.edition.sources if source.state != "active"]
    key = site.marks.key("about", packed(site.edition.sources).hex())
    yield press.page(site, addresses.ABOUT, "about.html", key, lambda: {"silent": silent})
    to = addresses.absolute(site.masthead.address)
    yield press.page(site, addresses.MISSING, "missing.html", site.marks.key("missing"), lambda: {"to": to})


def searches(site: Site) -> Iterator[Draft]:
    """Plan the search page, and a page for each search that the beat has saved."""
    numbers = f"{len(site.by_day)} {len(site.by_provider)}"
    yield press.page(site, addresses.SEARCH, "search.html", site.marks.key("search page", numbers), dict)
    for search in site.masthead.searches:
        posts = tuple(found(search, site.published))
        key = site.marks.key("saved search", search.id, site.marks.of(posts))
        yield press.page(site, addresses.search(search.id), "saved.html", key, partial(views.saved, search, posts))


def assets(site: Site) -> Iterator[Draft]:
    """Plan the style sheet and the scripts: the code and the theme, which they are made from, are in every key."""
    key = site.marks.key("assets")
    yield Draft(path=addresses.STYLE, key=key, make=partial(press.style, site.masthead.theme))
    for script in (addresses.SCRIPT, addresses.SEARCH_SCRIPT):
        yield Draft(path=script, key=key, make=partial(press.asset, script.rpartition("/")[2]))
