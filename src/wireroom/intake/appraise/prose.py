"""How much substance is in the text, and does it sell something? Counts of what can be pointed at."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from wireroom.intake.appraise.tables import marks
from wireroom.records.articles import Article
from wireroom.scoring.engine import Signal
from wireroom.text.paid import paid_for
from wireroom.text.urls import host

_QUOTES = (("“", "”"), ("„", "“"), ("«", "»"))
_FIGURE = re.compile(r"\d[\d.,]*\d(?:\s?(?:%|percent|per cent|million|billion))?")
_NAME = r"((?:(?:Capt|Dr|Gov|Hon|Lt|Mr|Mrs|Ms|Prof|Rep|Sen|Sgt)\. )?+(?:[A-Z][\w'’-]++ ?){1,4})"
_NAME_BEFORE = re.compile(_NAME + r"\Z")
_NAME_AFTER = re.compile(r" (?:the |an? )?" + _NAME)
_YEAR = re.compile(r"(?:19|20)\d\d")

READ = 6_000
"""Characters of a text that are looked at, a thousand words: a long read shows what it is worth well before its end."""

ENOUGH = 4
"""Finds of one kind after which counting stops: no shipped preset's cap lies beyond."""

PAID = 2.0
"""What it counts that a piece gives itself out as paid for: enough by itself."""

NAME_SPAN = 40
"""Characters before a word of saying in which its speaker stands."""


def prose_signals(article: Article) -> dict[str, Signal]:
    """Measure substance and promotion of an article's text."""
    text = article.text[:READ]
    whole = f"{article.title}\n{article.excerpt}\n{text}"
    seen = marks().scan(whole)
    return _substance(article, text, _first(_speakers(whole, seen))) | _promotion(article, whole, seen)


def _substance(article: Article, text: str, speakers: tuple[str, ...]) -> dict[str, Signal]:
    words = article.text.count(" ") + article.text.count("\n") + 1 if article.text else 0
    quotes = len(_first(quote for quote in _quotations(text) if quote.count(" ") >= 3))
    figures = _first(found[0] for found in _FIGURE.finditer(text) if not _YEAR.fullmatch(found[0]))
    documents = tuple(link for link in article.links if marks().document.search(host(link)))
    counted = {
        "length": (words / 100, f"{words} words"),
        "quotes": (quotes, f"{quotes} quoted passages"),
        "named_sources": (len(speakers), f"attributed: {'; '.join(speakers[:3])}"),
        "figures": (len(figures), f"figures: {', '.join(figures[:4])}"),
        "document_links": (len(documents), f"links to {', '.join(documents[:2])}"),
        "thin": (_thin(article), "neither text nor excerpt says more than the title"),
    }
    return {name: Signal(value=float(value), because=because) for name, (value, because) in counted.items() if value}


def _quotations(text: str) -> Iterable[str]:
    """Find what stands between quotation marks; a mark that is not closed in its paragraph opens nothing."""
    for opening, closing in _QUOTES:
        for piece in text.split(opening)[1:]:
            inside, closed, _ = piece.partition(closing)
            if closed and "\n" not in inside:
                yield inside
    if '"' in text:
        for paragraph in text.split("\n"):
            yield from paragraph.split('"')[1::2]


def _speakers(text: str, seen: Mapping[str, Sequence[tuple[int, int]]]) -> Iterable[str]:
    """Find a name before or after each word of saying."""
    spots = sorted(spot for word in marks().saying for spot in seen.get(word, ()))
    for start, end in spots:
        before = _NAME_BEFORE.search(text, max(0, start - NAME_SPAN), start)
        if found := before or _NAME_AFTER.match(text, end):
            yield found[1].strip()


def _first(found: Iterable[str]) -> tuple[str, ...]:
    """Return the first different finds."""
    return tuple(dict.fromkeys(islice(found, ENOUGH)))


def _thin(article: Article) -> bool:
    longest = max(article.text.count(" "), article.excerpt.count(" "))
    return longest < max(12, article.title.count(" ") + 1)


def _promotion(article: Article, whole: str, seen: Mapping[str, Sequence[tuple[int, int]]]) -> dict[str, Signal]:
    """Count distinct marks of selling; a mark may have to stand in the title or the opening."""
    opening = len(article.title) + len(article.excerpt) + 600
    places = {"title": article.title, "opening": whole[:opening], "text": whole}
    wanted = (mark for mark in marks().promotion if not mark.triggers.isdisjoint(seen))
    said = [(mark, hit) for mark in wanted if (hit := mark.pattern.search(places[mark.where]))]
    found = [(mark.name, " ".join(hit[0].split()), mark.counts) for mark, hit in said]
    if paid := paid_for(article):
        found.append(("paid for", paid, PAID))
    if not found:
        return {}
    because = "; ".join(f"{name}: “{words}”" for name, words, _ in found)
    return {"promotion": Signal(value=sum(counts for _, _, counts in found), because=because)}
