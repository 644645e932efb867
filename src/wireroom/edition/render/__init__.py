"""Which files does an edition become? Names the renderers in order; each is pure and knows only the edition."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

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
    return chain.from_iterable(plans(edition))


def plans(edition: Edition) -> Iterator[Iterable[File | Draft]]:
    """Yield what each renderer writes; none looks at the edition before it is asked for its first file."""
    marks = marks_of(edition)
    yield portal.render(edition, marks)
    yield posts.render(edition, marks)
    yield api.render(edition, marks)
    yield api_v2.render(edition, marks)
    yield feeds.render(edition, marks)
    yield calendar.render(edition, marks)
    yield sitemaps.render(edition, marks)
    yield tables.render(edition, marks)
    yield notices.render(edition)
    yield redirects.render(edition)
    searched = search_index.render(edition, marks)
    yield islice(searched, 1)  # what it covers, which is found by a look at all posts; then the words
    yield searched
    yield cards.render(edition)
    yield edition.carried
