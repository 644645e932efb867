"""How does a publisher report? What it had before others, whose texts it carries, when it publishes, what we read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from wireroom.edition.render.addresses import provider_key
from wireroom.edition.render.marks import packed
from wireroom.edition.render.portal.site import Site
from wireroom.records.editions import Post, SourceLine
from wireroom.records.stories import Story

SCOOPS = 6
"""Stories that a publisher had first, as its page lists them."""
CARRIED = 3
"""Publishers and agencies whose texts it carries most."""
ENOUGH = 10
"""Dated reports below which a rhythm is chance."""


class Scoop(Struct, frozen=True, kw_only=True):
    """A story that one publisher had before all others that tell it for themselves."""

    story: Story
    post: Post
    others: int
    """Publishers that followed with reports of their own."""
    ahead: timedelta
    """Until the first of them did."""


class Habits(Struct, frozen=True, kw_only=True):
    """What the page of a publisher says besides its reports."""

    read: int
    """Its reports, those on hold too: copies mostly are."""
    published: int
    led: int
    copied: int
    carried: tuple[tuple[str, int], ...]
    """Whose texts its copies carry, most first."""
    scoops: tuple[Scoop, ...]
    """Newest first."""
    sources: tuple[SourceLine, ...]
    hours: tuple[int, int] | None
    """The shortest span of hours, UTC, in which half of its reports come; None when that would be chance."""


class Ledger(Struct, frozen=True, kw_only=True):
    """What is known of all publishers of an edition, by their keys."""

    read: dict[str, list[Post]]
    scoops: dict[str, list[Scoop]]
    sources: dict[str, list[SourceLine]]

    def numbers(self, site: Site, key: str) -> tuple[int, int, int, int]:
        """Return how many reports we read, how many of them are copies, and the stories it had first and leads."""
        read = self.read.get(key, ())
        return len(read), sum(post.copied for post in read), len(self.scoops.get(key, ())), site.led.get(key, 0)

    def mark(self, site: Site, key: str) -> str:
        """Name what a page says of a publisher besides its published reports."""
        read = self.read.get(key, ())
        scoops = [(one.story.id, one.others, one.ahead) for one in self.scoops.get(key, ())]
        told = packed((site.led.get(key, 0), scoops, self.sources.get(key, ())))
        texts = site.marks.of([site.posts[post.repeats] for post in read if post.repeats in site.posts])
        return site.marks.key("habits", told.hex(), site.marks.of(read), texts)

    def habits(self, site: Site, key: str) -> Habits:
        """Say how a publisher reports."""
        read, copied, _, led = self.numbers(site, key)
        posts = self.read.get(key, [])
        return Habits(
            read=read,
            published=sum(post.published for post in posts),
            led=led,
            copied=copied,
            carried=tuple(Counter(_texts(site, posts)).most_common(CARRIED)),
            scoops=tuple(self.scoops.get(key, ())),
            sources=tuple(self.sources.get(key, ())),
            hours=hours_of(posts),
        )


def twins(sources: Iterable[SourceLine]) -> frozenset[str]:
    """Return the names that several sources have: only their addresses tell those apart."""
    return frozenset(name for name, number in Counter(one.title for one in sources).items() if number > 1)


def ledger(site: Site) -> Ledger:
    """Look at all posts, stories and sources once."""
    read = {key: list(posts) for key, posts in site.by_provider.items()}
    for post in site.held:
        read.setdefault(provider_key(post.article.provider), []).append(post)
    scoops: dict[str, list[Scoop]] = {}
    for story in site.stories:
        if scoop := _scoop(site, story):
            scoops.setdefault(provider_key(scoop.post.article.provider), []).append(scoop)
    for found in scoops.values():
        found.sort(key=lambda one: (one.story.first_at, one.story.id), reverse=True)
    sources: dict[str, list[SourceLine]] = {}
    for source in site.edition.sources:
        for key in dict.fromkeys(_owners(source)):
            sources.setdefault(key, []).append(source)
    return Ledger(read=read, scoops=scoops, sources=sources)


def _scoop(site: Site, story: Story) -> Scoop | None:
    """Return who had a story first; nobody when it is told once, or by two in the same minute."""
    own = [one for one in site.members(story) if one.published and not one.copied and one.article.published_at]
    if len(own) < 2:
        return None
    first, name = own[0], provider_key(own[0].article.provider)
    others = [one for one in own if provider_key(one.article.provider) != name]
    if not others or not first.article.published_at or not others[0].article.published_at:
        return None
    ahead = others[0].article.published_at - first.article.published_at
    number = len({provider_key(one.article.provider) for one in others})
    return Scoop(story=story, post=first, others=number, ahead=ahead) if ahead >= timedelta(minutes=1) else None


def _owners(source: SourceLine) -> Iterator[str]:
    """Name every domain that a source's addresses lie in: publishers go by theirs."""
    for address in (source.site_url, source.url):
        try:
            labels = (urlsplit(address or "").hostname or "").split(".")
        except ValueError:
            continue
        yield from (".".join(labels[number:]) for number in range(len(labels)))


def _texts(site: Site, posts: Iterable[Post]) -> Iterator[str]:
    """Name whose text each copy carries: the agency's it names, else that of the publisher it repeats."""
    for post in posts:
        if post.copied and post.copy:
            original = site.original(post)
            name = post.copy.agency or (original.article.provider.name if original else "")
            if name:
                yield name


def hours_of(posts: Iterable[Post]) -> tuple[int, int] | None:
    """Return the shortest span of hours that holds half of the dated posts, as its first and last hour, UTC."""
    dates = [post.article.published_at for post in posts if post.article.published_at]
    if len(dates) < ENOUGH:
        return None
    per_hour = Counter(date.astimezone(UTC).hour for date in dates)
    spans = ((start, width) for width in range(1, 25) for start in range(24))
    start, width = next(
        (start, width)
        for start, width in spans
        if 2 * sum(per_hour[(start + hour) % 24] for hour in range(width)) >= len(dates)
    )
    return start, (start + width) % 24
