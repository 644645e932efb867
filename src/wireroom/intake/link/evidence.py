"""What speaks for and against an article telling the same happening as a story?

Measures only; `decide` turns them into a probability.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from math import fsum, log1p

from msgspec import Struct

from wireroom.intake.link.beside import Asked, Beside
from wireroom.intake.link.measures import BY_HEAD
from wireroom.intake.link.profile import Profile
from wireroom.intake.link.shelf import Shelf, StoryShelf
from wireroom.text.lexicon import UNLISTED

UNDATED = 1.5
"""Days that stand for a gap that nobody knows: nearer would make one story of all that has no date."""
MARKS = 5
SAME_TEXT, WHOLE = 0.8, 0.9
"""Likeness of bodies from which is asked whether one repeats the other, and the share of words that does."""
_UNASKED = (0.0,) * len(BY_HEAD)


class Evidence(Struct, frozen=True, kw_only=True, gc=False):
    """Measures of an article against a story, in the order of FEATURES, and the member nearest to it."""

    nearest: int
    values: tuple[float, ...]
    textual: bool
    """One of both is more than a headline."""
    foreign: bool = False
    """The languages are known and differ."""


def weigh(asked: Asked, near: Beside, shelf: Shelf, best: float, ahead: float) -> Evidence:
    """Measure an article against one story, whose cover is so far ahead of the others'."""
    article, story, rows, company, asks = asked.article, near.story, near.rows, near.company, near.asks
    others = [shelf.profiles[row.number] for row in rows]
    bodies = sorted([row.body for row in rows if row.body is not None], reverse=True)
    values = (
        *(_UNASKED if BY_HEAD.isdisjoint(asks) else _heads(asked, near, others)),
        log1p(max([len(asked.numbers.intersection(other.numbers)) for other in others])) if article.numbers else 0.0,
        float(bool([other for other in others if _linked(article, other)])),
        bodies[0] if bodies else 0.0,
        bodies[1] if len(bodies) > 1 else 0.7 * bodies[0] if bodies else 0.0,
        rows[0].likeness - best,
        log1p(min([abs(article.hour - other.hour) for other in others]) / 24) if "days" in asks else 0.0,
        log1p(len(story.members)),
        near.cover,
        *_company(asked, company),
        *_marks(asked, near.held),
        _repeats(asked, others[0], rows[0].body),
        log1p(len(article.vocabulary)) - log1p(min([len(member.vocabulary) for member in company])),
        float(not (article.dated and all(member.dated for member in company))),
        log1p(_gap(article, [shelf.profiles[story.members[0]]])),
        ahead,
    )
    return Evidence(nearest=rows[0].number, values=values, textual=near.textual, foreign=near.foreign)


def _heads(asked: Asked, near: Beside, others: Sequence[Profile]) -> tuple[float, ...]:
    """Hold the article's head against the story's: all that is measured word by word, or name by name."""
    article, story, asks = asked.article, near.story, near.asks
    heads = sorted([row.head for row in near.rows], reverse=True)
    common = _rarities(asked, others[0])
    return (
        heads[0],
        heads[1] if len(heads) > 1 else 0.7 * heads[0],
        heads[2] if len(heads) > 2 else 0.5 * heads[0],
        story.likeness(article.head) if "centre" in asks else 0.0,
        *_belonging(asked, story),
        sum(common) / 20,
        max(common, default=0.0) / UNLISTED,
        log1p(max([len(asked.names.intersection(other.names)) for other in others])),
        max([_share(asked.names, other.names) for other in others]),
    )


def _rarities(asked: Asked, other: Profile) -> list[float]:
    """Return the rarity of each word that both heads use."""
    return [asked.rarity_of[term] for term in other.head.terms if term in asked.rarity_of]


def _company(asked: Asked, members: Sequence[Profile]) -> tuple[float, float, float]:
    """Hold an article against a story's newest members: proper, soon, housed."""
    article = asked.article
    return (
        sum([member.proper.likeness(asked.proper) for member in members]) / len(members) if asked.proper else 0.0,
        1 / (1 + _gap(article, members)),
        1.0 if article.site and article.site in [member.site for member in members] else 0.0,
    )


def _gap(one: Profile, others: Sequence[Profile]) -> float:
    """Return how many days lie between a report and the nearest of others."""
    if not one.dated:
        return UNDATED
    return min([abs(one.hour - other.hour) / 24 if other.dated else UNDATED for other in others])


def _marks(asked: Asked, held: Sequence[Iterable[str]]) -> tuple[float, float, float]:
    """Measure by the article's stems that each of a story's newest members uses: marks, figures, plain."""
    uses: dict[str, int] = {}
    for stem in chain.from_iterable(held):
        uses[stem] = uses.get(stem, 0) + 1
    if not uses:
        return 0.0, 0.0, 0.0
    users_of, spare = asked.users_of, asked.spare
    belonging = sorted([count * count / (users_of[stem] + spare) for stem, count in uses.items()], reverse=True)[:MARKS]
    figures = [uses[stem] / (users_of[stem] + 1) for stem in asked.counted & uses.keys()] if asked.counted else []
    told = uses if asked.is_gist_all else uses.keys() & asked.gist.keys()
    plain = len(told) / max(1, len(asked.gist))
    return sum(belonging) / (MARKS * len(held)), fsum(figures), plain


def _repeats(asked: Asked, other: Profile, body: float | None) -> float:
    """Tell whether one of two texts holds the other; a form filled in twice has other names and numbers."""
    if body is None or body < SAME_TEXT:
        return 0.0
    least = min(len(asked.vocabulary), len(other.vocabulary))
    return float(len(asked.vocabulary.intersection(other.vocabulary)) >= WHOLE * least)


def _belonging(asked: Asked, story: StoryShelf) -> tuple[float, float, float, float]:
    """Measure how much the words of the article are the story's own: core, core2, owned, owned_most."""
    core, core2, owned, most = 0.0, 0.0, 0.0, 0.0
    counts, size = story.counts, len(story.members) + 1
    for term, square, rare, users in asked.words:
        if count := counts.get(term):
            heart, share = rare * count / size, count / users
            owned += square * share
            most = max(most, share * rare)
            if heart > core:
                core, core2 = heart, core
            elif heart > core2:
                core2 = heart
    return core, core2, owned, most


def _share(one: frozenset[str], other: Collection[str]) -> float:
    """Return the common members among those of the smaller set; one name alone proves little, hence + 1."""
    return len(one.intersection(other)) / (min(len(one), len(other)) + 1)


def _linked(one: Profile, other: Profile) -> bool:
    """Tell whether one article links to the other."""
    return bool(one.url and one.url in other.links) or bool(other.url and other.url in one.links)
