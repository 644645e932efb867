"""Which dates to come do the published reports name? Found in headline and excerpt; a story names a day once."""

from collections.abc import Iterator
from datetime import UTC, date

from msgspec import Struct

from wireroom.records.editions import Edition, Post
from wireroom.text.days_ahead import days_ahead
from wireroom.text.tokens import sentences


class Appointment(Struct, frozen=True, kw_only=True):
    """A day that a report looks ahead to, with the sentence that names it."""

    day: date
    post: Post
    sentence: str


def agenda(edition: Edition) -> tuple[Appointment, ...]:
    """Return the dates of an edition in their order; of several reports of a story the first that names one counts."""
    found: dict[tuple[str, date], Appointment] = {}
    for post in reversed(edition.posts):
        for one in _named(post) if post.published else ():
            found.setdefault((post.story.id if post.story else post.article.id, one.day), one)
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.post.path)))


def _named(post: Post) -> Iterator[Appointment]:
    article = post.article
    written = article.published_at or article.read_at
    # Every date has a figure; most reports have none, and cutting them into sentences is most of the cost.
    said = sentences(article.excerpt) if article.figured else ()
    for sentence in (article.title, *said):
        for day in days_ahead(sentence, written.astimezone(UTC).date()):
            yield Appointment(day=day, post=post, sentence=sentence)
