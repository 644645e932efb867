"""What does the record card of an article say? Facts with their sources, sums of scores, differences of versions."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from wireroom.edition.render import wording
from wireroom.records.articles import Article, Evidence
from wireroom.records.editions import Post
from wireroom.records.versions import Change

LONGEST_DIFF = 400
"""Words up to which a difference is worked out; beyond, before and after are shown whole (the cost is quadratic)."""
_NAMES = {
    "title": "Headline",
    "published_at": "Published",
    "updated_at": "Updated",
    "author": "By",
    "provider": "Publisher",
}
"""Fields that are called otherwise than their own name."""


class Fact(Struct, frozen=True, kw_only=True):
    """One field as we believe it, and what else was offered."""

    name: str
    value: str
    source: str = ""
    confidence: float | None = None
    others: tuple[Evidence, ...] = ()


class Piece(Struct, frozen=True, kw_only=True):
    """A run of words in a difference: `same`, `out` or `in`."""

    kind: str
    text: str


def facts(post: Post) -> tuple[Fact, ...]:
    """Return the card's lines: what we believe, where each came from, and how sure we are."""
    article = post.article
    offered: dict[str, list[Evidence]] = {}
    for one in article.evidence:
        offered.setdefault(one.field, []).append(one)
    return tuple([_fact(article, field, value, offered.get(field, ())) for field, value in _values(article) if value])


def _values(article: Article) -> Iterator[tuple[str, str]]:
    """Yield fields by the names that evidence has for them."""
    yield "title", article.title
    yield "published", wording.stamp(article.published_at)
    yield "updated", wording.stamp(article.updated_at) if article.updated_at else ""
    yield "author", ", ".join(article.authors)
    yield "agencies", ", ".join(article.agencies)
    yield "provider", article.provider.name
    yield "type", article.type
    yield "section", article.section or ""
    yield "language", article.language or ""
    yield "paywalled", "behind a paywall" if article.paywalled else ""
    yield "keywords", ", ".join(article.keywords)


def _fact(article: Article, field: str, value: str, offered: Sequence[Evidence]) -> Fact:
    chosen = next((one for one in offered if one.chosen), None)
    source, confidence = (chosen.source, chosen.confidence) if chosen else ("", None)
    if field == "published" and article.date_method:
        source, confidence = article.date_method, article.date_confidence
    return Fact(
        name=field_name(field),
        value=value,
        source=source,
        confidence=confidence,
        others=tuple([one for one in offered if not one.chosen]),
    )


def field_name(field: str) -> str:
    """Return how a field is called on the card."""
    return _NAMES.get(field, field.replace("_", " ").capitalize())


def difference(change: Change) -> tuple[Piece, ...]:
    """Return what was taken out and put in, word by word."""
    before, after = change.before.split(), change.after.split()
    if len(before) + len(after) > LONGEST_DIFF:
        return (Piece(kind="out", text=change.before), Piece(kind="in", text=change.after))
    pieces: list[Piece] = []
    for operation, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            pieces.append(Piece(kind="same", text=" ".join(before[a:b])))
            continue
        pieces += [Piece(kind="out", text=" ".join(before[a:b]))] if a < b else []
        pieces += [Piece(kind="in", text=" ".join(after[c:d]))] if c < d else []
    return tuple(pieces)
