"""What HTML does an outlet serve for an article or its front page? Markup only: no status codes, no sockets."""

import json
from datetime import datetime, timedelta, timezone
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from wireroom.newsstand.pieces import Piece, logo, of_outlet, thumbnail
from wireroom.newsstand.world import Outlet

MIME = {
    "rss20": "application/rss+xml",
    "rss10": "application/rdf+xml",
    "atom10": "application/atom+xml",
    "json11": "application/feed+json",
    "sitemap": "application/xml",
}
TEASED = 4
"""How many other pieces the foot of a page offers."""
BEFORE_PAYWALL = 2
"""Paragraphs a reader without subscription sees."""


@cache
def templates() -> Environment:
    """Open the templates of the package."""
    return Environment(
        loader=PackageLoader("wireroom.newsstand"), autoescape=True, undefined=StrictUndefined, trim_blocks=False
    )


def article_page(piece: Piece, stage: int) -> str:
    """Render the outlet's own page of an article."""
    return _render(f"{piece.outlet.layout}.html", piece, stage)


def amp_page(piece: Piece, stage: int) -> str:
    """Render the AMP page of an article."""
    return _render("amp.html", piece, stage)


def front_page(outlet: Outlet, stage: int) -> str:
    """Render a page of headlines that names the outlet's feeds."""
    feeds = [{"url": feed.path, "type": MIME[feed.format]} for feed in outlet.feeds if feed.format != "sitemap"]
    items = [{"url": piece.url, "title": piece.headline(stage)} for piece in of_outlet(outlet.id)[:25]]
    return templates().get_template("front.html").render(outlet=outlet, feeds=feeds, items=items, logo=logo(outlet).url)


def local(piece: Piece) -> datetime:
    """Return the time of publication on the outlet's clock."""
    return piece.published.astimezone(timezone(timedelta(hours=piece.outlet.zone_h)))


def body_html(piece: Piece) -> str:
    """Return the body as a feed with full content carries it."""
    paragraphs = "\n".join(f"<p>{Markup.escape(paragraph)}</p>" for paragraph in piece.paragraphs)
    return paragraphs + piece.report.raw_html


def _render(template: str, piece: Piece, stage: int) -> str:
    shown = piece.paragraphs[:BEFORE_PAYWALL] if piece.report.paywalled else piece.paragraphs
    return (
        templates()
        .get_template(template)
        .render(
            p=piece,
            outlet=piece.outlet,
            title=piece.headline(stage),
            shown=shown,
            paywalled=piece.report.paywalled,
            others=_others(piece),
            json_ld=Markup(_json_ld(piece, stage)),  # noqa: S704 - our own data, and `<` is escaped in it
            raw_html=Markup(piece.report.raw_html),  # noqa: S704 - the hostile page is meant to be hostile
            local_iso=local(piece).isoformat(),
            local_long=f"{local(piece):%B %-d, %Y at %H:%M}",
        )
    )


def _others(piece: Piece) -> list[dict[str, str]]:
    rest = [other for other in of_outlet(piece.outlet.id) if other.key != piece.key]
    start = next((place for place, other in enumerate(rest) if other.published < piece.published), 0)
    return [
        {"url": other.url, "title": other.title, "thumb": thumbnail(other.picture or logo(other.outlet)).url}
        for other in rest[start : start + TEASED]
    ]


def _json_ld(piece: Piece, stage: int) -> str:
    facts: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "VideoObject" if piece.report.type == "video" else "NewsArticle",
        "headline": piece.headline(stage),
        "name": piece.headline(stage),
        "description": piece.excerpt,
        "datePublished": local(piece).isoformat(),
        "dateModified": (local(piece) + timedelta(hours=26 if stage > 1 and piece.later_title else 0)).isoformat(),
        "uploadDate": local(piece).isoformat(),
        "author": [{"@type": "Person", "name": author} for author in piece.authors],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": piece.outlet.name,
            "logo": {"@type": "ImageObject", "url": logo(piece.outlet).url, "width": 320, "height": 80},
        },
        "mainEntityOfPage": piece.url,
        "isAccessibleForFree": not piece.report.paywalled,
    }
    if piece.picture:
        facts["image" if piece.report.type != "video" else "thumbnailUrl"] = [piece.picture.url]
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")
