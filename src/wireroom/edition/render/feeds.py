"""Which feeds does an edition offer to readers' programs?

RSS 2.0, Atom 1.0 and JSON Feed 1.1, for the beat and per topic: the newest published posts with excerpt and link, never
the text of an article. What XML or JSON cannot hold is dropped; everything else is escaped by the libraries.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import msgspec
from msgspec import Struct

from wireroom.edition.render import addresses, markup
from wireroom.records.editions import Edition, File, Masthead, Post

NEWEST = 50
"""Posts in a feed."""
ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


class Channel(Struct, frozen=True, kw_only=True):
    """One feed to write, whatever the format."""

    masthead: Masthead
    made_at: datetime
    folder: str
    """Where its files lie, with a final slash."""
    title: str
    page: str
    """The portal page it belongs to."""
    posts: tuple[Post, ...]

    def address(self, path: str) -> str:
        """Return the absolute address of a file of the edition."""
        return f"{self.masthead.address}{path}"

    @property
    def changed_at(self) -> datetime:
        """Return when the newest post changed: a feed of unchanged posts keeps its bytes in the next edition."""
        return max((_changed(post) for post in self.posts), default=self.made_at)


def render(edition: Edition) -> Iterator[File]:
    """Write three feeds for the beat and three per topic with posts."""
    for channel in _channels(edition):
        for name, write in _FORMATS.items():
            yield File(path=f"{channel.folder}{name}", body=write(channel))


def _channels(edition: Edition) -> Iterator[Channel]:
    masthead, published = edition.masthead, tuple(post for post in edition.posts if post.published)

    def channel(folder: str, title: str, page: str, posts: tuple[Post, ...]) -> Channel:
        return Channel(
            masthead=masthead, made_at=edition.made_at, folder=folder, title=title, page=page, posts=posts[:NEWEST]
        )

    yield channel("feeds/", masthead.name, addresses.FRONT, published)
    for topic in edition.topics:
        about = tuple(post for post in published if any(one.id == topic.id for one in post.topics))
        if about:
            folder = f"feeds/{addresses.segment(topic.id)}/"
            yield channel(folder, f"{masthead.name}: {topic.name}", addresses.topic(topic.id), about)


def _rss(channel: Channel) -> bytes:
    document = markup.root(f'<rss xmlns:atom="{ATOM}" xmlns:dc="{DUBLIN_CORE}" version="2.0"/>')
    top = markup.add(document, "channel")
    markup.add(top, "title", channel.title)
    markup.add(top, "link", channel.address(channel.page))
    markup.add(top, "description", channel.masthead.description)
    markup.add(top, "language", channel.masthead.locale)
    markup.add(top, "lastBuildDate", format_datetime(channel.changed_at.astimezone(UTC), usegmt=True))
    own = channel.address(f"{channel.folder}rss.xml")
    markup.add(top, f"{{{ATOM}}}link", href=own, rel="self", type="application/rss+xml")
    for post in channel.posts:
        item = markup.add(top, "item")
        markup.add(item, "title", post.article.title)
        markup.add(item, "link", _link(channel, post))
        markup.add(item, "description", post.article.excerpt)
        for topic in post.topics:
            markup.add(item, "category", topic.name)
        markup.add(item, "guid", _tag(channel, post), isPermaLink="false")
        if post.article.published_at:
            markup.add(item, "pubDate", format_datetime(post.article.published_at.astimezone(UTC), usegmt=True))
        markup.add(item, f"{{{DUBLIN_CORE}}}creator", post.article.provider.name)
    return markup.written(document)


def _atom(channel: Channel) -> bytes:
    document = markup.root(f'<feed xmlns="{ATOM}"/>')
    markup.add(document, "title", channel.title)
    markup.add(document, "subtitle", channel.masthead.description)
    markup.add(document, "id", channel.address(channel.page))
    markup.add(document, "updated", _iso(channel.changed_at))
    markup.add(document, "link", href=channel.address(channel.page), rel="alternate", type="text/html")
    markup.add(document, "link", href=channel.address(f"{channel.folder}atom.xml"), rel="self")
    markup.add(markup.add(document, "author"), "name", channel.masthead.name)
    for post in channel.posts:
        entry = markup.add(document, "entry")
        markup.add(entry, "title", post.article.title, type="text")
        markup.add(entry, "id", _tag(channel, post))
        markup.add(entry, "updated", _iso(_changed(post)))
        if post.article.published_at:
            markup.add(entry, "published", _iso(post.article.published_at))
        markup.add(entry, "link", href=_link(channel, post), rel="alternate", type="text/html")
        markup.add(markup.add(entry, "author"), "name", post.article.provider.name)
        for topic in post.topics:
            markup.add(entry, "category", term=topic.id, label=topic.name)
        markup.add(entry, "summary", post.article.excerpt, type="text")
    return markup.written(document)


def _json(channel: Channel) -> bytes:
    content: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": markup.clean(channel.title),
        "home_page_url": channel.address(channel.page),
        "feed_url": channel.address(f"{channel.folder}feed.json"),
        "description": markup.clean(channel.masthead.description),
        "language": channel.masthead.locale,
        "items": [_json_item(channel, post) for post in channel.posts],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2)


def _json_item(channel: Channel, post: Post) -> dict[str, Any]:
    article = post.article
    return {
        "id": _tag(channel, post),
        "url": _link(channel, post),
        "title": markup.clean(article.title),
        "content_text": markup.clean(article.excerpt),
        **({"date_published": _iso(article.published_at)} if article.published_at else {}),
        **({"date_modified": _iso(article.updated_at)} if article.updated_at else {}),
        "authors": [{"name": markup.clean(article.provider.name)}],
        "tags": [markup.clean(topic.name) for topic in post.topics],
    }


_FORMATS: dict[str, Callable[[Channel], bytes]] = {"rss.xml": _rss, "atom.xml": _atom, "feed.json": _json}


def _link(channel: Channel, post: Post) -> str:
    """Return the publisher's address; the record's page when that is not one a reader could open."""
    return addresses.web_only(post.article.canonical_url) or channel.address(addresses.article(post))


def _tag(channel: Channel, post: Post) -> str:
    """Name a post for life: its path never changes."""
    return channel.address(post.path)


def _changed(post: Post) -> datetime:
    article = post.article
    return article.updated_at or article.published_at or article.read_at


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
