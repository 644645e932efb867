"""Which pages should search engines and other rooms know of?

An index over plain sitemaps of pages, stories and articles (articles by month of publication, so that a new one touches
one file), a news sitemap of the last two days and one of pictures; and the OPML of what the beat reads.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from wireroom.edition.pictures import lead_picture
from wireroom.edition.render import addresses
from wireroom.edition.render.marks import Marks, marks_of, packed
from wireroom.edition.render.markup import text
from wireroom.edition.render.wording import iso
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File, Post

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS_AGE = timedelta(days=2)
"""Older pieces do not belong in a news sitemap (its specification)."""
MOST = 50_000
"""Addresses in one sitemap, and sitemaps in one index (its specification)."""
NEWS_MOST = 1_000
_DECLARED = '<?xml version="1.0" encoding="UTF-8"?>\n'
Page = tuple[str, datetime | None]
"""A path and when its page changed."""


def render(edition: Edition, marks: Marks | None = None) -> Iterator[File | Draft]:
    """Plan the sitemaps, their index, and the list of sources."""
    marks = marks or marks_of(edition)
    parts: list[File | Draft] = [one for name, pages in _groups(edition) for one in _plain(edition, marks, name, pages)]
    parts += [one for month, posts in _months(edition) for one in _of_month(edition, marks, month, posts)]
    parts += [*_news(edition), *_pictures(edition)]
    yield File(path=addresses.SITEMAP, body=_index(edition, parts))
    yield from parts
    yield File(path="feeds/sources.opml", body=_opml(edition))


def _groups(edition: Edition) -> Iterator[tuple[str, list[Page]]]:
    """Group the pages that readers see by the sitemap they stand in."""
    published = [post for post in edition.posts if post.published]
    shown = {post.article.id for post in published}
    front = max([at for post in published if (at := _changed(post))], default=None)
    pages: list[Page] = [(addresses.FRONT, front), (addresses.ABOUT, None), (addresses.SEARCH, None)]
    pages += [(addresses.topic(topic.id), None) for topic in edition.topics]
    keys = sorted({addresses.provider_key(post.article.provider) for post in published})
    pages += [(addresses.provider(key), None) for key in keys]
    pages += [(addresses.search(search.id), None) for search in edition.masthead.searches]
    yield "pages", pages
    told = [story for story in edition.stories if not shown.isdisjoint(story.articles)]
    yield "stories", [(addresses.story(story.id), story.last_at) for story in sorted(told, key=lambda one: one.id)]


def _changed(post: Post) -> datetime | None:
    return post.article.updated_at or post.article.published_at


def _plain(edition: Edition, marks: Marks, name: str, pages: Sequence[Page]) -> Iterator[Draft]:
    """Plan the sitemaps of a group; one that is too long for its specification goes on in further files."""
    for path, some in _cut(name, pages):
        key = marks.key("sitemap", path, packed(some).hex())
        yield Draft(path=path, key=key, make=partial(_listed, edition.masthead.address, some))


def _months(edition: Edition) -> list[tuple[str, list[Post]]]:
    """Group the published posts by month of publication."""
    months: dict[str, list[Post]] = {}
    for post in edition.posts:
        if post.published:
            months.setdefault(addresses.day_of(post)[: len("2026-11")], []).append(post)
    return sorted(months.items())


def _of_month(edition: Edition, marks: Marks, month: str, posts: Sequence[Post]) -> Iterator[Draft]:
    """Plan the sitemaps of a month like other ones; their pages are listed only when they are made."""
    for path, some in _cut(f"articles-{month}", posts):
        yield Draft(path=path, key=marks.key("sitemap", path, marks.of(some)), make=partial(_articles, edition, some))


def _articles(edition: Edition, posts: Sequence[Post]) -> bytes:
    return _listed(edition.masthead.address, [(addresses.article(post), _changed(post)) for post in posts])


_Part = TypeVar("_Part")


def _cut(name: str, parts: Sequence[_Part]) -> Iterator[tuple[str, Sequence[_Part]]]:
    """Cut what is too long for the specification of sitemaps into several files."""
    for number, start in enumerate(range(0, len(parts), MOST)):
        yield f"sitemaps/{name}{f'-{number + 1}' if number else ''}.xml", parts[start : start + MOST]


def _listed(base: str, pages: Iterable[Page]) -> bytes:
    before = text(base)  # what comes after it needs no escaping: paths are made of harmless segments
    lines = (
        f"  <url>\n    <loc>{before}{path}</loc>\n"
        + (f"    <lastmod>{iso(changed)}</lastmod>\n" if changed else "")
        + "  </url>\n"
        for path, changed in pages
    )
    return _urls("", lines)


def _index(edition: Edition, parts: Sequence[File | Draft]) -> bytes:
    lines = (
        f"  <sitemap>\n    <loc>{text(edition.masthead.address + part.path)}</loc>\n  </sitemap>\n"
        for part in parts[:MOST]
    )
    return f'{_DECLARED}<sitemapindex xmlns="{SITEMAP}">\n{"".join(lines)}</sitemapindex>\n'.encode()


def _news(edition: Edition) -> Iterator[File]:
    """Write the sitemap of fresh news; none when there is none, for an empty one is not allowed."""
    masthead, lines = edition.masthead, []
    language = text(masthead.locale.partition("-")[0])
    for post in _recent(edition)[:NEWS_MOST]:
        at = post.article.published_at
        lines.append(
            f"  <url>\n    <loc>{text(masthead.address + addresses.article(post))}</loc>\n    <news:news>\n"
            f"      <news:publication>\n        <news:name>{text(masthead.name)}</news:name>\n"
            f"        <news:language>{language}</news:language>\n      </news:publication>\n"
            + (f"      <news:publication_date>{iso(at)}</news:publication_date>\n" if at else "")
            + f"      <news:title>{text(post.article.title)}</news:title>\n    </news:news>\n  </url>\n"
        )
    if lines:
        yield File(path="sitemap-news.xml", body=_urls(f' xmlns:news="{NEWS}"', lines))


def _pictures(edition: Edition) -> Iterator[File]:
    """Write the sitemap of the pictures we keep copies of; none when we keep none."""
    pictured = (post for post in edition.posts if post.published and post.article.pictured)
    shown = ((post, lead_picture(post.article)) for post in pictured)
    lines = [
        f"  <url>\n    <loc>{text(edition.masthead.address + addresses.article(post))}</loc>\n    <image:image>\n"
        f"      <image:loc>{text(edition.masthead.address + addresses.media(image.renditions[-1]))}</image:loc>\n"
        "    </image:image>\n  </url>\n"
        for post, image in shown
        if image and image.renditions
    ]
    if lines:
        yield File(path="sitemap-images.xml", body=_urls(f' xmlns:image="{IMAGE}"', lines[:MOST]))


def _urls(spaces: str, lines: Iterable[str]) -> bytes:
    return f'{_DECLARED}<urlset xmlns="{SITEMAP}"{spaces}>\n{"".join(lines)}</urlset>\n'.encode()


def _recent(edition: Edition) -> list[Post]:
    since = edition.made_at - NEWS_AGE
    return [
        post
        for post in edition.posts
        if (at := post.article.published_at) and since <= at <= edition.made_at and post.published
    ]


def _opml(edition: Edition) -> bytes:
    # A body without an outline is none (OPML 2.0); a comment is passed over by those who subscribe.
    outlines = "".join(_outlines(edition)) or '    <outline text="This beat reads no feeds yet." isComment="true"/>\n'
    title = text(f"{edition.masthead.name}: sources")
    head = f'{_DECLARED}<opml version="2.0">\n  <head>\n    <title>{title}</title>\n  </head>\n'
    return f"{head}  <body>\n{outlines}  </body>\n</opml>\n".encode()


def _outlines(edition: Edition) -> Iterator[str]:
    for source in edition.sources:
        url, home = addresses.web_only(source.url), addresses.web_only(source.site_url)
        if url:
            site = f' htmlUrl="{text(home)}"' if home else ""
            named = text(source.title.strip() or url)
            yield f'    <outline text="{named}" type="rss" xmlUrl="{text(url)}"{site}/>\n'
