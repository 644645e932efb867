"""Which files does an edition become? Names the renderers in order; each is pure and knows only the edition."""

from collections.abc import Iterator

from wireroom.edition.render import api, api_v2, calendar, feeds, notices, portal, posts, sitemaps, tables
from wireroom.records.editions import Edition, File


def render(edition: Edition) -> Iterator[File]:
    """Write every file of an edition; the same edition gives the same bytes, in the same order."""
    for product in (posts, api, api_v2, feeds, calendar, sitemaps, tables, notices, portal):
        yield from product.render(edition)
    yield from edition.carried
