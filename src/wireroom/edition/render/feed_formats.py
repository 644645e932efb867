"""How is a feed written in RSS 2.0, Atom 1.0 and JSON Feed 1.1?

Excerpt and link only, never the text of an article. Built as text, for an edition has thousands of feeds and a tree for
each would take ten times as long; every value goes through `markup.text`, which escapes and drops what XML cannot hold.
"""

from collections.abc import Callable
from datetime import datetime
from html import escape, unescape
from typing import Any

import msgspec
from msgspec import Struct

from wireroom.edition.render import addresses
from wireroom.edition.render.markup import clean, text
from wireroom.edition.render.wording import iso, posted
from wireroom.records.editions import Masthead, Post

ATOM = "http://www.w3.org/2005/Atom"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'


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
    """Newest first."""

    def address(self, path: str) -> str:
        """Return the absolute address of a file of the edition."""
        return f"{self.masthead.address}{path}"

    @property
    def changed_at(self) -> datetime:
        """Return when the newest post changed: a feed of unchanged posts keeps its bytes in the next edition."""
        return max((_changed(post) for post in self.posts), default=self.made_at)


def rss(channel: Channel) -> bytes:
    """Write RSS 2.0."""
    own = text(channel.address(f"{channel.folder}rss.xml"))
    hub = f'    <atom:link href="{text(channel.masthead.hub)}" rel="hub"/>\n' if channel.masthead.hub else ""
    head = (
        f'{_DECLARED}<rss xmlns:atom="{ATOM}" xmlns:dc="{DUBLIN_CORE}" version="2.0">\n  <channel>\n'
        f"    <title>{text(channel.title)}</title>\n    <link>{text(channel.address(channel.page))}</link>\n"
        f"    <description>{_as_html(channel.masthead.description)}</description>\n"
        f"    <language>{text(channel.masthead.locale)}</language>\n"
        f"    <lastBuildDate>{posted(channel.changed_at)}</lastBuildDate>\n"
        f'    <atom:link href="{own}" rel="self" type="application/rss+xml"/>\n{hub}'
    )
    items = "".join(_rss_item(channel, post) for post in channel.posts)
    return f"{head}{items}  </channel>\n</rss>\n".encode()


def _rss_item(channel: Channel, post: Post) -> str:
    article = post.article
    categories = "".join(f"      <category>{text(topic.name)}</category>\n" for topic in post.topics)
    dated = f"      <pubDate>{posted(article.published_at)}</pubDate>\n" if article.published_at else ""
    return (
        f"    <item>\n      <title>{text(article.title)}</title>\n      <link>{text(_link(channel, post))}</link>\n"
        f"      <description>{_as_html(article.excerpt)}</description>\n{categories}"
        f'      <guid isPermaLink="false">{text(_tag(channel, post))}</guid>\n{dated}'
        f"      <dc:creator>{text(_credit(post))}</dc:creator>\n    </item>\n"
    )


def _as_html(said: str) -> str:
    """Return a text for where RSS says that readers find HTML: what would be taken for markup is escaped twice."""
    return text(escape(said, quote=False) if "<" in said or ("&" in said and unescape(said) != said) else said)


def atom(channel: Channel) -> bytes:
    """Write Atom 1.0."""
    hub = f'  <link href="{text(channel.masthead.hub)}" rel="hub"/>\n' if channel.masthead.hub else ""
    page = text(channel.address(channel.page))
    head = (
        f'{_DECLARED}<feed xmlns="{ATOM}">\n  <title>{text(channel.title)}</title>\n'
        f"  <subtitle>{text(channel.masthead.description)}</subtitle>\n"
        f"  <id>{text(channel.address(channel.page))}</id>\n  <updated>{iso(channel.changed_at)}</updated>\n"
        f'  <link href="{page}" rel="alternate" type="text/html"/>\n'
        f'  <link href="{text(channel.address(f"{channel.folder}atom.xml"))}" rel="self"/>\n{hub}'
        f"  <author>\n    <name>{text(channel.masthead.name)}</name>\n  </author>\n"
    )
    return f"{head}{''.join(_atom_entry(channel, post) for post in channel.posts)}</feed>\n".encode()


def _atom_entry(channel: Channel, post: Post) -> str:
    article = post.article
    categories = "".join(
        f'    <category term="{text(topic.id)}" label="{text(topic.name)}"/>\n' for topic in post.topics
    )
    dated = f"    <published>{iso(article.published_at)}</published>\n" if article.published_at else ""
    return (
        f'  <entry>\n    <title type="text">{text(article.title)}</title>\n    <id>{text(_tag(channel, post))}</id>\n'
        f"    <updated>{iso(_changed(post))}</updated>\n{dated}"
        f'    <link href="{text(_link(channel, post))}" rel="alternate" type="text/html"/>\n'
        f"    <author>\n      <name>{text(_credit(post))}</name>\n    </author>\n{categories}"
        f'    <summary type="text">{text(article.excerpt)}</summary>\n  </entry>\n'
    )


def json_feed(channel: Channel) -> bytes:
    """Write JSON Feed 1.1."""
    hub = channel.masthead.hub
    content: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": clean(channel.title),
        "home_page_url": channel.address(channel.page),
        "feed_url": channel.address(f"{channel.folder}feed.json"),
        "description": clean(channel.masthead.description),
        "language": channel.masthead.locale,
        **({"hubs": [{"type": "WebSub", "url": hub}]} if hub else {}),
        "items": [_json_item(channel, post) for post in channel.posts],
    }
    return msgspec.json.format(msgspec.json.encode(content), indent=2)


def _json_item(channel: Channel, post: Post) -> dict[str, Any]:
    article = post.article
    return {
        "id": _tag(channel, post),
        "url": _link(channel, post),
        "title": clean(article.title),
        "content_text": clean(article.excerpt),
        **({"date_published": iso(article.published_at)} if article.published_at else {}),
        **({"date_modified": iso(article.updated_at)} if article.updated_at else {}),
        "authors": [{"name": clean(_credit(post))}],
        "tags": [clean(topic.name) for topic in post.topics],
    }


FORMATS: dict[str, Callable[[Channel], bytes]] = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}
"""What a channel is written as, by file name."""


def _link(channel: Channel, post: Post) -> str:
    """Return the publisher's address; the record's page when that is not one a reader could open."""
    return addresses.web_only(post.article.canonical_url) or channel.address(addresses.article(post))


def _tag(channel: Channel, post: Post) -> str:
    """Name a post for life: its path never changes."""
    return channel.address(post.path)


def _credit(post: Post) -> str:
    """Name the publisher; formats want a name that can be read, whatever the publisher calls itself."""
    return post.article.provider.name if clean(post.article.provider.name).strip() else "unnamed"


def _changed(post: Post) -> datetime:
    article = post.article
    return article.updated_at or article.published_at or article.read_at
