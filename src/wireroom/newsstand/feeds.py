"""What does an outlet's feed or news sitemap contain? Documents only; addresses are elsewhere."""

import json
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime

from msgspec import Struct

from wireroom.newsstand.pages import body_html, local, templates
from wireroom.newsstand.pieces import Picture, Piece, in_feed
from wireroom.newsstand.world import NEWSSTAND_NOW, FeedSpec, Outlet, world


class Line(Struct, frozen=True, kw_only=True):
    """One item as a feed spells it."""

    id: str
    title: str
    link: str
    summary: str
    published: datetime
    authors: tuple[str, ...] = ()
    html: str = ""
    picture: Picture | None = None

    @property
    def iso(self) -> str:
        """Spell the time as Atom does."""
        return self.published.isoformat()

    @property
    def rfc822(self) -> str:
        """Spell the time as RSS 2.0 does."""
        return format_datetime(self.published)


def feed_url(outlet: Outlet, feed: FeedSpec) -> str:
    """Return the address of a feed."""
    return f"https://{outlet.host}{feed.path}"


def feed_document(outlet: Outlet, feed: FeedSpec, stage: int) -> bytes:
    """Render a feed in its format and encoding."""
    lines = tuple(feed_lines(outlet, feed, stage))
    if feed.format == "json11":
        return _json_feed(outlet, feed, lines)
    template = "sitemap.xml" if feed.format == "sitemap" else f"{feed.format}.xml"
    text = (
        templates()
        .get_template(template)
        .render(
            outlet=outlet,
            url=feed_url(outlet, feed),
            items=lines,
            declared=feed.declared or feed.charset,
            updated=lines[0].iso if lines else NEWSSTAND_NOW.isoformat(),
        )
    )
    return text.encode(feed.charset, "xmlcharrefreplace")


def feed_lines(outlet: Outlet, feed: FeedSpec, stage: int) -> Iterator[Line]:
    """Yield the items of a feed: the links that go wrong first, then the articles, newest first."""
    url = feed_url(outlet, feed)
    for hazard in world().hazards.pages:
        if hazard.feed == url:
            yield Line(
                id=hazard.url, title=hazard.title, link=hazard.url, summary=hazard.title, published=NEWSSTAND_NOW
            )
    starts = {chain.article: chain.hops[0] for chain in world().hazards.chains if chain.feed == url}
    for piece in in_feed(outlet, feed):
        yield _line(piece, feed, starts.get(piece.key) or with_query(piece.url, feed.query), stage)


def with_query(url: str, query: str) -> str:
    """Append tracking parameters, as feeds do."""
    return f"{url}?{query}" if query else url


def _line(piece: Piece, feed: FeedSpec, link: str, stage: int) -> Line:
    full = feed.content == "full" and not piece.report.paywalled
    return Line(
        id=f"tag:{piece.outlet.host},2026:{piece.key}",
        title=piece.headline(stage),
        link=link,
        summary=piece.excerpt,
        published=local(piece),
        authors=piece.authors,
        html=body_html(piece) if full else "",
        picture=piece.picture,
    )


def _json_feed(outlet: Outlet, feed: FeedSpec, lines: tuple[Line, ...]) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"https://{outlet.host}/",
        "feed_url": feed_url(outlet, feed),
        "language": outlet.language,
        "items": [_json_item(line) for line in lines],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _json_item(line: Line) -> dict[str, object]:
    item: dict[str, object] = {
        "id": line.id,
        "url": line.link,
        "title": line.title,
        "summary": line.summary,
        "date_published": line.iso,
        "authors": [{"name": author} for author in line.authors],
    }
    if line.html:
        item["content_html"] = line.html
    else:
        item["content_text"] = line.summary
    if line.picture:
        item["image"] = line.picture.url
    return item
