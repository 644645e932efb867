"""What does an issue of the classic newsletter hold?

RECORDS §9: the published records of the last days, by heat, at most two; front matter, then HTML. The original sent
four of five daily issues without any news, since its window never moved. Here an empty window widens, doubling, and
when even the widest one holds nothing that no earlier issue told, there is no issue and the reason is said.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from html import unescape

from msgspec import Struct

from wireroom.edition.render import addresses, front_matter
from wireroom.edition.render.markup import text
from wireroom.edition.render.yaml_text import Fields
from wireroom.records.editions import Edition, File, Masthead, Post
from wireroom.text.excerpts import excerpt

FOLDER = "_newsletters/"
MOST = 2
"""Records in the news section."""
WIDENINGS = 3
"""A week becomes eight at most, a day eight days: older reports are no news."""


class Period(StrEnum):
    """How often an issue comes out."""

    WEEKLY = "weekly"
    DAILY = "daily"

    @property
    def window(self) -> timedelta:
        """Return the span of time that an issue tells of."""
        return timedelta(days=7 if self is Period.WEEKLY else 1)


class Issue(Struct, frozen=True, kw_only=True):
    """An issue, and what it tells."""

    file: File
    posts: tuple[Post, ...]
    window: timedelta
    """As wide as it had to be."""


class NoIssue(Struct, frozen=True, kw_only=True):
    """Why there is no issue."""

    because: str


def issue_path(masthead: Masthead, at: datetime) -> str:
    """Return where an issue lies: one a day."""
    return f"{FOLDER}{masthead.beat}-{at.astimezone(UTC):%Y-%m-%d}.html"


def issue(edition: Edition, period: Period) -> Issue | NoIssue:
    """Make the issue of an edition's day."""
    path = issue_path(edition.masthead, edition.made_at)
    former = b"".join(file.body for file in edition.carried if file.path.startswith(FOLDER) and file.path != path)
    for number in range(WIDENINGS + 1):
        window = period.window * 2**number
        posts = tuple(_news(edition, window))
        if number:  # the usual window does not overlap with the one before, a wider one does
            posts = tuple(post for post in posts if not _told(post, former))
        if posts:
            return Issue(file=_file(edition, path, period, posts[:MOST]), posts=posts[:MOST], window=window)
    days = (period.window * 2**WIDENINGS).days
    return NoIssue(because=f"nothing was published in the last {days} days that no earlier issue told")


def _told(post: Post, former: bytes) -> bool:
    """Tell whether an issue before links to a post, however it escapes addresses."""
    link = _link(post)
    return any(f'"{form}"'.encode() in former for form in (link, text(link)))


def _news(edition: Edition, window: timedelta) -> Iterator[Post]:
    """Yield what was published within a window, hottest first."""
    since, until = edition.made_at - window, edition.made_at
    fresh = [
        post
        for post in edition.posts
        if post.published and post.article.published_at and since < post.article.published_at <= until
    ]
    yield from sorted(fresh, key=lambda post: -post.weight)


def _file(edition: Edition, path: str, period: Period, posts: tuple[Post, ...]) -> File:
    masthead, at = edition.masthead, edition.made_at.astimezone(UTC)
    name = path.removeprefix(FOLDER).removesuffix(".html")
    fields: Fields = {
        "title": f"{masthead.name} {period}, {at.day} {at:%B %Y}",
        "excerpt": " / ".join(post.article.title for post in posts),
        "publishedDateTime": at.replace(microsecond=0),
        "webUrl": f"{masthead.address}newsletters/{name}/",
        "type": "newsletter",
        "topics": [masthead.main_topic or masthead.name],
    }
    body = "\n".join([f"<h1>{text(str(fields['title']))}</h1>", "<h2>News</h2>", *map(_item, posts), ""])
    return File(path=path, body=front_matter.write(front_matter.compose(fields, body)))


def _item(post: Post) -> str:
    article = post.article
    title, link = text(article.title), text(_link(post))
    published = article.published_at
    day = f"{published.astimezone(UTC):%Y-%m-%d}" if published else ""
    heading = f'<h3><a href="{link}">{title}</a></h3>' if link else f"<h3>{title}</h3>"
    # Imported excerpts hold what the old system kept: entities, and line ends.
    said = excerpt(unescape(article.excerpt))
    byline = f"<p><small>{text(article.provider.name)} · {day}</small></p>"
    return "\n".join([heading, byline, *([f"<p>{text(said)}</p>"] if said else [])])


def _link(post: Post) -> str:
    """Return the article's address, when it is one for the web."""
    return addresses.web_only(post.article.canonical_url) or addresses.web_only(post.article.original_url) or ""
