"""How do posts look as a table? CSV (RFC 4180) for a spreadsheet or a notebook: one line per post, held ones too."""

import csv
from collections.abc import Iterator
from functools import partial
from io import StringIO

from wireroom.edition.render import addresses, wording
from wireroom.edition.render.marks import Marks, marks_of
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, Post

COLUMNS = (
    "id", "published_at", "updated_at", "decision", "heat", "quality", "title", "excerpt", "provider", "domain",
    "authors", "topics", "story", "copy", "copy_of", "language", "type", "paywalled", "url", "page",
)  # fmt: skip
_COMMANDS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula and runs it."""


def render(edition: Edition, marks: Marks | None = None) -> Iterator[Draft]:
    """Plan the table of posts, newest first."""
    marks = marks or marks_of(edition)
    homes = (f"{story.id} {','.join(story.articles)}" for story in edition.stories)
    key = marks.key("table", marks.everything, *sorted(homes))
    yield Draft(path=addresses.TABLE, key=key, make=partial(_written, edition))


def _written(edition: Edition) -> bytes:
    out = StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    home = {one: story.id for story in edition.stories for one in story.articles}
    table.writerows(_row(post, home.get(post.article.id, ""), edition.masthead.address) for post in edition.posts)
    return out.getvalue().encode("utf-8", "replace")


def _row(post: Post, story: str, base: str) -> tuple[object, ...]:
    article, copy = post.article, post.copy
    return (
        article.id,
        wording.iso(article.published_at),
        wording.iso(article.updated_at),
        post.verdict.decision.value,
        f"{post.heat.value:g}",
        f"{post.quality.value:g}",
        _cell(article.title),
        _cell(article.excerpt),
        _cell(article.provider.name),
        _cell(article.provider.domain or ""),
        _cell("; ".join(article.authors)),
        _cell("; ".join(topic.id for topic in post.topics)),
        story,
        copy.kind.value if copy else "",
        (copy.copy_of or "") if copy else "",
        _cell(article.language or ""),
        _cell(article.type),
        "yes" if article.paywalled else "no",
        _cell(article.canonical_url),
        f"{base}{addresses.article(post)}",
    )


def _cell(text: str) -> str:
    """Return a text that a spreadsheet shows and does not run."""
    shown = text.replace("\0", "")
    return f"'{shown}" if shown.startswith(_COMMANDS) else shown
