"""How is a link explained to a reader?"""

import re
from collections.abc import Sequence
from itertools import pairwise

from wireroom.intake.link.profile import Profile
from wireroom.records.copies import CopyJudgement
from wireroom.text.lexicon import rarities, rarity
from wireroom.text.tokens import words

RARE = 4.0


def joined(article: Profile, nearest: Profile) -> str:
    """Say what two reports have in common and how far apart they are."""
    shared = sorted(filter({*_told(nearest)}.__contains__, dict.fromkeys(_told(article))), key=rarity, reverse=True)
    parts = [_shared(_chosen(_pairs(article.title) & _pairs(nearest.title), shared), article, nearest)]
    if rare := sum(rarity(word) > RARE for word in shared):
        parts.append(f"{rare} rare word{'s' if rare > 1 else ''}")
    if numbers := sorted(article.numbers & nearest.numbers)[:2]:
        parts.append(f"the same numbers ({', '.join(numbers)})")
    return "; ".join([*parts, _apart(abs(article.hour - nearest.hour))])


def copied(copy: CopyJudgement, original: Profile) -> str:
    """Say whose copy an article is."""
    return f"{copy.kind} copy of “{original.title}” at {original.site}"


def _told(article: Profile) -> Sequence[str]:
    """Return the words of head and body; an excerpt is both."""
    head, body = article.head, article.body
    return head.terms if body is None or body is head else (*head.terms, *body.terms)


def _pairs(title: str) -> set[str]:
    """Return neighbouring words of a headline that are rare together: `zac efron`, `flappy bird`."""
    told = words(title)
    weighed = zip(told, rarities(told), strict=True)
    return {f"{one} {two}" for (one, first), (two, second) in pairwise(weighed) if first > 1 and second > 1}


def _chosen(phrases: set[str], shared: list[str]) -> list[str]:
    """Choose two phrases or, after them, the rarest words that they do not hold already."""
    chosen = sorted(phrases, key=lambda phrase: (-sum(map(rarity, phrase.split())), phrase))[:2]
    more = [word for word in shared if not any(word in phrase.split() for phrase in chosen)]
    return [*chosen, *more][:2]


def _shared(chosen: list[str], article: Profile, nearest: Profile) -> str:
    """Say which of the chosen words are names, as they are written; quote words that are none."""
    proper = {*article.proper.terms, *nearest.proper.terms}
    titles = f"{article.title}\n{nearest.title}"
    named = [_written(phrase, titles) for phrase in chosen if proper.issuperset(phrase.split())]
    if named:
        return f"both name {' and '.join(named)}"
    return f"both say {' and '.join(f'“{phrase}”' for phrase in chosen)}" if chosen else "similar wording"


def _written(name: str, titles: str) -> str:
    """Return a name as a headline writes it, or with capitals when it stands in the texts alone."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", titles, re.IGNORECASE)
    return found[0] if found and found[0] != name else name.title()


def _apart(hours: float) -> str:
    """Say a span of time."""
    if hours < 1:
        return "within the hour"
    if hours < 1.5:
        return "an hour apart"
    return f"{hours:.0f} hours apart" if hours < 48 else f"{hours / 24:.0f} days apart"
