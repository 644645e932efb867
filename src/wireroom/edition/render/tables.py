"""How do posts look as a table? One line per post, held ones too: as CSV always, as Parquet when the beat wants it."""

import csv
from codecs import getwriter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from io import BytesIO

from msgspec import Struct, structs

from wireroom.edition.render import addresses, parquet, wording
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.edition.shelf import whole
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula and runs it."""


class Line(Struct, frozen=True, kw_only=True):
    """A post as both tables have it; its fields are their columns, in this order."""

    id: str
    published_at: datetime | None
    updated_at: datetime | None
    decision: str
    heat: float
    quality: float
    title: str
    excerpt: str
    provider: str
    domain: str | None
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    story: str | None
    copy: str | None
    copy_of: str | None
    language: str | None
    type: str
    paywalled: bool
    url: str
    page: str


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Plan the tables of posts, newest first."""
    marks = marks or marks_of(edition)
    homes = (f"{story.id} {','.join(story.articles)}" for story in edition.stories)
    key = marks.key("table", marks.everything, *sorted(homes))
    yield Draft(path=addresses.TABLE, key=key, make=partial(_csv, edition))
    if edition.masthead.parquet:
        key = marks.key("parquet", parquet.version(), key)
        yield Draft(path=addresses.PARQUET, key=key, make=lambda: parquet.written(Line, _lines(edition)))


def _lines(edition: Edition) -> Iterator[Line]:
    home = {one: story.id for story in edition.stories for one in story.articles}
    base = edition.masthead.address
    return (_line(whole(post), home.get(post.article.id), base) for post in edition.posts)


def _line(post: Post, story: str | None, base: str) -> Line:
    article, copy = post.article, post.copy
    return Line(
        id=article.id,
        published_at=article.published_at,
        updated_at=article.updated_at,
        decision=post.verdict.decision.value,
        heat=post.heat.value,
        quality=post.quality.value,
        title=article.title,
        excerpt=article.excerpt,
        provider=article.provider.name,
        domain=article.provider.domain,
        authors=article.authors,
        topics=tuple(topic.id for topic in post.topics),
        story=story,
        copy=copy.kind.value if copy else None,
        copy_of=copy.copy_of if copy else None,
        language=article.language,
        type=article.type,
        paywalled=article.paywalled,
        url=article.canonical_url,
        page=f"{base}{addresses.article(post)}",
    )


def _csv(edition: Edition) -> bytes:
    """Write RFC 4180, for a spreadsheet or a notebook."""
    # As bytes from the first line on: held as text as well, a hundred thousand lines took three times their size.
    out = BytesIO()
    table = csv.writer(getwriter("utf-8")(out, "replace"), lineterminator="\r\n")
    table.writerow(Line.__struct_fields__)
    table.writerows([_cell(value) for value in structs.astuple(line)] for line in _lines(edition))
    return out.getvalue()


def _cell(value: object) -> str:
    """Return a value as a spreadsheet shows it and does not run it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int() | float():
            return f"{value:g}"
        case datetime():
            return wording.iso(value)
        case tuple():
            return _cell("; ".join(value))
    shown = str(value).replace("\0", "")
    return f"'{shown}" if shown.startswith(_COMMANDS) else shown
