"""What does the search page look words up in? An index in shards, so that a query loads a few of them and no server.

Time is cut into spans: the two newest months by week, older ones whole, so that a new article touches the shards of one
span. In a span, reports are numbered by time; each shard holds the words whose first two letters fall into it, with the
numbers of the reports that have them. Shards are scripts and not JSON, because a page that was opened from a disk may
load scripts and nothing else. `search.js` reads what is written here and must fold and shard words in the same way.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache, partial

import msgspec
from msgspec import Struct

from wireroom.edition.render import addresses
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.render.markup import clean
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post
from wireroom.records.ids import ArticleId, StoryId
from wireroom.text.tokens import words

UNDATED = "undated"
CHUNK = 12
"""Reports in a file of results: about 5 kB; ten results that lie apart are ten of these files."""
SHARDS = ((100, 1), (600, 16), (2500, 64))
"""Reports in a span up to which it has so many shards; above, 256. A shard stays below about 15 kB."""
MOST_SHARDS = 256
FACETS = ("provider", "topic", "story")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of time with its published reports, oldest first."""

    name: str
    posts: tuple[Post, ...]

    @property
    def shards(self) -> int:
        """Return over how many files its words are spread."""
        return next((number for most, number in SHARDS if len(self.posts) <= most), MOST_SHARDS)


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Plan the index: what it covers, and of each span the words, the facets and the results."""
    marks = marks or marks_of(edition)
    cut = spans(edition)
    titles = {one: story.title for story in edition.stories for one in story.articles}
    home = {one: story.id for story in edition.stories for one in story.articles}
    key = marks.key("search", *(f"{span.name} {marks.of(span.posts)}" for span in cut))
    yield Draft(path=addresses.SEARCH_INDEX, key=key, make=partial(_overview, edition, cut))
    desk = _Desk(titles, home)
    for span in cut:
        told = "".join(home.get(post.article.id, "") + titles.get(post.article.id, "") for post in span.posts)
        key = marks.key("search", span.name, marks.of(span.posts), told)
        for name in _names(span):
            path = addresses.search_data(f"{span.name}/{name}")
            yield Draft(path=path, key=key, make=partial(desk.make, span, name))


def spans(edition: Edition) -> tuple[Span, ...]:
    """Cut the published posts into spans, newest first; what has no date comes last."""
    groups: dict[str, list[Post]] = {}
    today = edition.made_at.astimezone(UTC).date()
    for post in edition.posts:
        if post.published:
            groups.setdefault(_span(post.article.published_at, today), []).append(post)
    order = sorted((name for name in groups if name != UNDATED), reverse=True)
    named = [*order, UNDATED] if UNDATED in groups else order
    return tuple(Span(name=name, posts=tuple(reversed(groups[name]))) for name in named)


def _span(published: datetime | None, today: date) -> str:
    return _span_of(published.astimezone(UTC).date(), today) if published else UNDATED


@lru_cache(1000)
def _span_of(day: date, today: date) -> str:
    return f"{day:%Y-%m}-{(day.day - 1) // 7}" if _months(today) - _months(day) < 2 else f"{day:%Y-%m}"


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _overview(edition: Edition, cut: tuple[Span, ...]) -> bytes:
    """Write what the page needs before any query: the spans with their days, names of topics and providers."""
    published = [post for post in edition.posts if post.published]
    providers = {addresses.provider_key(one.article.provider): one.article.provider.name for one in published}
    used = {topic.id for post in published for topic in post.topics}
    content = {
        "spans": [[span.name, len(span.posts), span.shards, _days(span)] for span in cut],
        "topics": {topic.id: clean(topic.name) for topic in edition.topics if topic.id in used},
        "providers": {clean(key): clean(providers[key]) for key in sorted(providers)},
        "chunk": CHUNK,
    }
    return _script("index", content)


def _days(span: Span) -> list[tuple[str, int]]:
    """Return each day of a span with the number of its first report."""
    first: dict[str, int] = {}
    for number, post in enumerate(span.posts):
        first.setdefault(addresses.day_of(post), number)
    return list(first.items())


def _names(span: Span) -> Iterator[str]:
    yield from (f"w{number}" for number in range(span.shards))
    yield from FACETS
    yield from (f"r{number}" for number in range(-(-len(span.posts) // CHUNK)))


class _Desk:
    """Makes the files of one span after the other; the index of a span is built once, and only one is kept."""

    def __init__(self, titles: dict[ArticleId, str], home: dict[ArticleId, StoryId]) -> None:
        self._titles = titles
        self._home = home
        self._name = ""
        self._shards: list[dict[str, str]] = []

    def make(self, span: Span, name: str) -> bytes:
        """Write one file of a span."""
        kind, number = name[0], name[1:]
        if name in FACETS:
            return _script(f"{span.name}/{name}", _facet(span, name, self._home))
        if kind == "r":
            start = int(number) * CHUNK
            rows = [_row(post, self._titles) for post in span.posts[start : start + CHUNK]]
            return _script(f"{span.name}/{name}", rows)
        if self._name != span.name:
            self._name, self._shards = span.name, _sharded(span, self._titles)
        return _script(f"{span.name}/{name}", self._shards[int(number)])


def _sharded(span: Span, titles: dict[ArticleId, str]) -> list[dict[str, str]]:
    """Return the shards of a span: word → numbers of the reports that have it."""
    found: dict[str, list[str]] = {}
    last: dict[str, int] = {}
    for number, post in enumerate(span.posts):
        heads = frozenset(words(post.article.title))
        for word in heads | _body(post, titles.get(post.article.id, "")):
            step = number - last.get(word, 0)
            found.setdefault(word, []).append(f"{_figure(step)}{'!' if word in heads else ''}")
            last[word] = number
    shards: list[dict[str, str]] = [{} for _ in range(span.shards)]
    for word in sorted(found):
        shards[shard_of(word, span.shards)][clean(word)] = ",".join(found[word])
    return shards


def _body(post: Post, story: str) -> set[str]:
    article = post.article
    texts = (article.excerpt, article.provider.name, story, *(topic.name for topic in post.topics))
    return set(words("\n".join(texts)))


def shard_of(word: str, shards: int) -> int:
    """Return the shard of a folded word; it depends on the first two letters only, so beginnings are found, too."""
    first, second = (*map(ord, word[:2]), 0)[:2]
    return (first * 31 + second) % shards


def _facet(span: Span, name: str, home: dict[ArticleId, StoryId]) -> dict[str, str]:
    """Return which reports each provider, each topic or each story has; loaded only when a query names one."""
    groups: dict[str, list[int]] = {}
    for number, post in enumerate(span.posts):
        for key in _keys(post, name, home):
            groups.setdefault(key, []).append(number)
    return _numbers(groups)


def _keys(post: Post, name: str, home: dict[ArticleId, StoryId]) -> Iterator[str]:
    match name:
        case "provider":
            yield addresses.provider_key(post.article.provider)
        case "topic":
            yield from (topic.id for topic in post.topics)
        case _ if post.article.id in home:
            yield home[post.article.id]


def _numbers(groups: dict[str, list[int]]) -> dict[str, str]:
    return {clean(name): ",".join(_steps(groups[name])) for name in sorted(groups)}


def _steps(numbers: Iterable[int]) -> Iterator[str]:
    last = 0
    for number in numbers:
        yield _figure(number - last)
        last = number


def _figure(number: int) -> str:
    """Write a number to the base of 36, as JavaScript reads it."""
    out = ""
    while True:
        number, rest = divmod(number, 36)
        out = _DIGITS[rest] + out
        if not number:
            return out


def _row(post: Post, titles: dict[ArticleId, str]) -> list[object]:
    """Return what a result shows: page, headline, excerpt, provider, day; and what phrases are also looked for in."""
    article = post.article
    story = titles.get(article.id, "")
    return [
        addresses.article(post),
        clean(article.title),
        clean(article.excerpt),
        clean(article.provider.name),
        addresses.day_of(post),
        clean(story) if story != article.title else "",
        [topic.id for topic in post.topics],
    ]


def _script(name: str, content: object) -> bytes:
    return b"wireroom.data(%s,%s);\n" % (msgspec.json.encode(name), msgspec.json.encode(content))
