"""Which files does an edition become? Names the renderers in order; each is pure and knows only the edition."""

from collections.abc import Iterator

from wireroom.edition.render import (
    api,
    api_v2,
    calendar,
    cards,
    feeds,
    notices,
    portal,
    posts,
    redirects,
    search_index,
    sitemaps,
    tables,
)
from wireroom.edition.render.marks import marks_of
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File


def render(edition: Edition) -> Iterator[File | Draft]:
    """Write every file of an edition; the same edition gives the same bytes, in the same order."""
    marks = marks_of(edition)
    yield from portal.render(edition, marks)
    yield from posts.render(edition, marks)
    yield from api.render(edition, marks)
    yield from api_v2.render(edition, marks)
    yield from feeds.render(edition, marks)
    yield from calendar.render(edition, marks)
    yield from sitemaps.render(edition, marks)
    yield from tables.render(edition, marks)
    yield from notices.render(edition)
    yield from redirects.render(edition)
    yield from search_index.render(edition, marks)
    yield from cards.render(edition)
    yield from edition.carried
