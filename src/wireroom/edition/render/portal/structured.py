"""What does a page tell machines about itself? schema.org as JSON-LD: whose articles they are, what belongs with what.

A record card is a WebPage about a NewsArticle that lives at its publisher: we never claim to be its address.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from wireroom.edition.render import addresses
from wireroom.edition.render.markup import clean
from wireroom.edition.render.portal.site import Site
from wireroom.edition.render.portal.wire import Telling
from wireroom.edition.render.wording import iso
from wireroom.records.editions import Masthead, Post
from wireroom.records.stories import Story

Json = dict[str, Any]
LISTED = 20
"""Items of a list: enough for a search engine, little enough for the page."""
_UNSAFE = {char.encode(): b"\\u%04x" % ord(char) for char in "<>&\u2028\u2029"}


def written(data: Json) -> str:
    """Return JSON that may stand in a script element: nothing in it can end the element or a line."""
    text = msgspec.json.encode(data)
    for char, code in _UNSAFE.items():
        text = text.replace(char, code)
    return text.decode()


def of_article(site: Site, post: Post, page: str) -> Json:
    """Describe a record card."""
    return _page(site.masthead, "WebPage", page, post.article.title) | {"mainEntity": _news(post)}


def of_story(site: Site, telling: Telling, page: str) -> Json:
    """Describe a story as the list of its reports, oldest first."""
    posts = [report.post for report in telling.reports if report.post.published]
    items = [_item(number, _news(post)) for number, post in enumerate(posts[:LISTED], 1)]
    name = telling.lead.article.title
    return _page(site.masthead, "CollectionPage", page, name) | {"mainEntity": _list(items, telling.total)}


def of_stories(site: Site, stories: Iterable[Story], page: str, name: str) -> Json:
    """Describe a page that lists stories."""
    items = [
        _item(number, {"url": site.masthead.address + addresses.story(story.id), "name": clean(story.title)})
        for number, story in enumerate(stories, 1)
    ]
    return _page(site.masthead, "CollectionPage", page, name) | {"mainEntity": _list(items[:LISTED], len(items))}


def of_posts(site: Site, posts: Sequence[Post], page: str, name: str) -> Json:
    """Describe a page that lists reports."""
    items = [
        _item(number, {"url": site.masthead.address + addresses.article(post), "name": clean(post.article.title)})
        for number, post in enumerate(posts[:LISTED], 1)
    ]
    return _page(site.masthead, "CollectionPage", page, name) | {"mainEntity": _list(items, len(posts))}


def _page(masthead: Masthead, kind: str, page: str, name: str) -> Json:
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "url": masthead.address + page,
        "name": clean(name),
        "inLanguage": masthead.locale,
        "isPartOf": {"@type": "WebSite", "name": clean(masthead.name), "url": masthead.address},
    }


def _list(items: list[Json], number: int) -> Json:
    return {"@type": "ItemList", "numberOfItems": number, "itemListElement": items}


def _item(position: int, item: Json) -> Json:
    if "@type" in item:
        return {"@type": "ListItem", "position": position, "item": item}
    return {"@type": "ListItem", "position": position, **item}


def _news(post: Post) -> Json:
    article = post.article
    address = addresses.web_only(f"https://{article.provider.domain}/") if article.provider.domain else None
    home = {"url": address} if address else {}
    news: Json = {
        "@type": "NewsArticle",
        "headline": clean(article.title),
        "url": addresses.web_only(article.canonical_url),
        "description": clean(article.excerpt),
        "datePublished": iso(article.published_at),
        "dateModified": iso(article.updated_at),
        "inLanguage": article.language,
        "isAccessibleForFree": not article.paywalled,
        "author": [{"@type": "Person", "name": clean(name)} for name in article.authors],
        "publisher": {"@type": "Organization", "name": clean(article.provider.name), **home},
        "about": [{"@type": "Thing", "name": clean(topic.name)} for topic in post.topics],
    }
    return {key: value for key, value in news.items() if value not in (None, "", [])}
