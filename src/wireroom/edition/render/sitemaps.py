"""Which pages should search engines and other rooms know of?

A plain sitemap of the portal, a news sitemap of the last two days, and the OPML of what the beat reads.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from wireroom.edition.render import addresses, markup
from wireroom.records.editions import Edition, File, Post

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
NEWS_AGE = timedelta(days=2)
"""Older pieces do not belong in a news sitemap (its specification)."""
MOST = 50_000
"""Addresses in one sitemap (its specification)."""
NEWS_MOST = 1_000


def render(edition: Edition) -> Iterator[File]:
    """Write the sitemaps and the list of sources."""
    yield File(path="sitemap.xml", body=_plain(edition))
    yield File(path="sitemap-news.xml", body=_news(edition))
    yield File(path="feeds/sources.opml", body=_opml(edition))
    yield File(path="robots.txt", body=_robots(edition.masthead.address))


def _plain(edition: Edition) -> bytes:
    document = markup.root(f'<urlset xmlns="{SITEMAP}"/>')
    published = {post.article.id: post for post in edition.posts if post.published}
    pages: list[tuple[str, datetime | None]] = [(addresses.FRONT, edition.made_at), (addresses.ABOUT, None)]
    pages += [(addresses.topic(topic.id), None) for topic in edition.topics]
    pages += [
        (addresses.story(story.id), story.last_at)
        for story in edition.stories
        if any(one in published for one in story.articles)
    ]
    pages += [
        (addresses.article(post), post.article.updated_at or post.article.published_at) for post in published.values()
    ]
    for path, changed in pages[:MOST]:
        url = markup.add(document, "url")
        markup.add(url, "loc", edition.masthead.address + path)
        if changed:
            markup.add(url, "lastmod", _iso(changed))
    return markup.written(document)


def _news(edition: Edition) -> bytes:
    document = markup.root(f'<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}"/>')
    for post in _recent(edition)[:NEWS_MOST]:
        url = markup.add(document, "url")
        markup.add(url, "loc", edition.masthead.address + addresses.article(post))
        news = markup.add(url, f"{{{NEWS}}}news")
        publication = markup.add(news, "publication")
        markup.add(publication, "name", edition.masthead.name)
        markup.add(publication, "language", edition.masthead.locale.partition("-")[0])
        if post.article.published_at:
            markup.add(news, "publication_date", _iso(post.article.published_at))
        markup.add(news, "title", post.article.title)
    return markup.written(document)


def _recent(edition: Edition) -> list[Post]:
    since = edition.made_at - NEWS_AGE
    return [
        post
        for post in edition.posts
        if post.published and post.article.published_at and since <= post.article.published_at <= edition.made_at
    ]


def _opml(edition: Edition) -> bytes:
    document = markup.root('<opml version="2.0"/>')
    head = markup.add(document, "head")
    markup.add(head, "title", f"{edition.masthead.name}: sources")
    body = markup.add(document, "body")
    for source in edition.sources:
        site = {"htmlUrl": source.site_url} if source.site_url else {}
        markup.add(body, "outline", text=source.title or source.url, type="rss", xmlUrl=source.url, **site)
    return markup.written(document)


def _robots(address: str) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {address}sitemap.xml\nSitemap: {address}sitemap-news.xml\n".encode()


def _iso(moment: datetime) -> str:
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
