"""How is a link explained to a reader?"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from wireroom.intake.link.profile import SIGNS, STEM, Profile
from wireroom.records.copies import CopyJudgement
from wireroom.text.lexicon import rarities, rarity
from wireroom.text.tokens import words

RARE = 4.0
TELLING = 2.0
"""Rarity from which a word is worth quoting: not `first`, not `doesn't`."""
LEAST_LETTERS = 4
SHOWN_NAME = 5
"""Letters of a name that stands in no headline, from which it is surely no abbreviation: texts are compared folded."""
MOST = 2
"""Names, words and numbers shown."""


def joined(article: Profile, nearest: Profile) -> str:
    """Say what two reports have in common and how far apart they are."""
    shared = sorted(filter({*_told(nearest)}.__contains__, dict.fromkeys(_told(article))), key=rarity, reverse=True)
    parts = [_shared(article, nearest, shared)]
    if rare := sum(rarity(word) > RARE for word in shared):
        parts.append(f"{rare} rare word{'s' if rare > 1 else ''}")
    if numbers := sorted(filter(_is_count, {*article.numbers}.intersection(nearest.numbers)))[:MOST]:
        parts.append(f"the same numbers ({' and '.join(map(_grouped, numbers))})")
    if article.dated and nearest.dated:
        parts.append(_apart(abs(article.hour - nearest.hour)))
    return "; ".join(parts)


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


def _shared(article: Profile, nearest: Profile, shared: Sequence[str]) -> str:
    """Say which names both use, the fullest first; quote words where they share none."""
    titles = f"{article.title}\n{nearest.title}"
    both = _pairs(article.title) & _pairs(nearest.title)
    proper = {*article.proper.terms} & {*nearest.proper.terms}
    phrases = sorted(both, key=lambda phrase: (-sum(map(rarity, phrase.split())), phrase))
    either = {*article.proper.terms, *nearest.proper.terms}
    named = [
        *(phrase for phrase in phrases if _has_case(phrase) and either.issuperset(phrase.split())),
        *_by_worth(proper, titles),
        *_by_worth(either.intersection(shared), titles),  # names in the running text of one, in the headline of another
    ]
    if chosen := _chosen(named):
        return f"both name {' and '.join(_written(name, titles) for name in chosen)}"
    words = (
        word
        for word in shared
        if rarity(word) > TELLING and len(word) >= LEAST_LETTERS and not any(map(str.isdigit, word))
    )
    chosen = _chosen([*(phrase for phrase in phrases if phrase.replace(" ", "").isalpha() and phrase < SIGNS), *words])
    return f"both say {' and '.join(f'“{word}”' for word in chosen)}" if chosen else "similar wording"


def _by_worth(proper: Iterable[str], titles: str) -> list[str]:
    """Order names: those with a capital in a headline, then those of two words, then the rarest."""
    headed = {name for name in proper if _in(titles, name) not in ("", name)}
    shown = [(name in headed, " " in name, rarity(name), name) for name in proper]
    fit = [one for one in shown if one[0] or (_has_case(one[3]) and (one[1] or len(one[3]) >= SHOWN_NAME))]
    return [one[3] for one in sorted(fit, key=lambda one: (not one[0], not one[1], -one[2], one[3]))]


def _has_case(name: str) -> bool:
    """Tell whether capitals can show a name: in other scripts what no list has may be any word."""
    return name.upper() != name.lower() and not any(map(str.isdigit, name))


def _chosen(phrases: Iterable[str]) -> list[str]:
    """Choose the first that say different things: `maduro` adds nothing to `nicolás maduro`, nor does `maduros`."""
    chosen: list[str] = []
    for phrase in phrases:
        stems = {word[:STEM] for one in chosen for word in one.split()}
        if len(chosen) < MOST and not stems.intersection(word[:STEM] for word in phrase.split()):
            chosen.append(phrase)
    return chosen


def _written(name: str, titles: str) -> str:
    """Return a name as a headline writes it, or with capitals when it stands in the texts alone."""
    found = _in(titles, name)
    return found if found not in ("", name) else name.title()


def _in(titles: str, name: str) -> str:
    """Return a name as a headline writes it, "" where none has it; a pattern for each takes ten times as long."""
    if not (titles.isascii() and name.isascii()):
        found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", titles, re.IGNORECASE)
        return found[0] if found else ""
    low, at = titles.lower(), -1
    while (at := low.find(name, at + 1)) >= 0:
        end = at + len(name)
        if not _is_inside(low[at - 1 : at]) and not _is_inside(low[end : end + 1]):
            return titles[at:end]
    return ""


def _is_inside(letter: str) -> bool:
    """Tell whether a word goes on with a letter."""
    return letter.isalnum() or letter == "_"


def _is_count(number: str) -> bool:
    """Tell counts and sums from dates and versions."""
    return number.count(".") < 2


def _grouped(number: str) -> str:
    """Set the thousands of a number apart again, as texts are compared without."""
    return f"{int(number):,}" if number.isascii() and number.isdigit() else number


def _apart(hours: float) -> str:
    """Say a span of time."""
    if hours < 1:
        return "within the hour"
    if hours < 1.5:
        return "an hour apart"
    return f"{hours:.0f} hours apart" if hours < 48 else f"{hours / 24:.0f} days apart"
