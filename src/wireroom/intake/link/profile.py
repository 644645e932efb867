"""What of an article can be compared with other articles?

Bags of weighed words, telling phrases and numbers, and where and when it appeared. It must not look at other articles.
"""

import re
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, compress
from math import log, sqrt
from operator import mul
from sys import intern

from msgspec import Struct

from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId
from wireroom.text.lexicon import UNLISTED, rarity, unlisted, weighed
from wireroom.text.names import names
from wireroom.text.tokens import words

HEAD_TERMS = 40
BODY_TERMS = 100
"""Terms kept per bag, the heaviest: more cost time and memory and change no link."""
BODY_WORDS = 800
"""Words read of a body: news tells first what happened; 1 MB of text costs no more than this."""
BODY_CHARS = 6_000
BODY_LEAST = 20
"""Words from which an excerpt or text says more than a headline."""
LEAD_CHARS = 600
GIST_CHARS = 400
"""Of the lead: what a report is about is said by then."""
VOCABULARY_WORDS = 170
"""Words in whose stems another report's gist is looked for: any two long texts share some by chance that few others use
(of 131 real articles, no two about one thing, read whole a quarter joined another; docs/stories.md)."""
PROPER_TERMS = 60
NAME_LEAST, NAME_MOST = 3.0, 8.0
"""Rarity of a word that is a name: Paris and Green are in every list of English."""
OTHER_LANGUAGE = 0.5
"""Share of unlisted words from which a text is taken to be in another language: English news has .03–.3."""
PER_LETTER = 1.5
"""Rarity per letter beyond three: frequent words are short in every language (Zipf 1935)."""
SIGNS, LETTERS_A_SIGN = "\u0e00", 3
"""From Thai on in Unicode (Han, kana, Hangul): pairs of signs are our words there, of two letters none would count."""
STEM = 5
"""Letters by which words are held to be the same, without an s at their end: auditor and audits, drone and drones, in
any language (McNamee and Mayfield 2004)."""
STEMS = 1 << 14
"""Words whose stems are remembered: most words of a report were in the one before (Zipf 1935)."""
LEAST_MANY = 3
"""Letters; shorter words end in an s of their own."""
FUTURE = timedelta(days=1)
"""A date further ahead of our reading is an error of the publisher."""
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
"""14,000 and 14.000 are one number in two languages."""


class Bag(Struct, frozen=True, kw_only=True, gc=False):
    """Words with weights of Euclidean length 1, heaviest first."""

    terms: tuple[str, ...]
    packed: bytes
    """The weights in single precision; the garbage collector looks arrays through again and again, and no bytes."""

    @classmethod
    def of(cls, terms: tuple[str, ...], weights: Iterable[float]) -> "Bag":
        """Pack weights."""
        return cls(terms=terms, packed=array("f", weights).tobytes())

    @property
    def weights(self) -> Sequence[float]:
        """Unpack them."""
        return array("f", self.packed)

    def likeness(self, weight_of: Mapping[str, float]) -> float:
        """Return the cosine with another bag, given as a mapping."""
        found = list(map(weight_of.get, self.terms))
        return sum(map(mul, compress(self.weights, found), filter(None, found)), 0.0) if any(found) else 0.0

    def mapping(self) -> dict[str, float]:
        """Return word → weight."""
        return dict(zip(self.terms, self.weights, strict=True))


NOTHING = Bag(terms=(), packed=b"")
NONE: frozenset[str] = frozenset()
"""One for all profiles that lack links, as most do: an empty set takes 216 bytes."""


class Profile(Struct, frozen=True, kw_only=True, gc=False):
    """One article as the linker sees it; `hour` counts from the epoch."""

    article: ArticleId
    hour: float
    dated: bool
    """The publisher says when; otherwise `hour` is when we read it."""
    site: str
    language: str | None
    url: str
    links: frozenset[str]
    title: str
    head: Bag
    """Title and lead."""
    body: Bag | None
    """All that is read of the text or, without one, of the excerpt; None when there is only a headline."""
    names: tuple[str, ...]
    """Words that no list of English has: nearly all are names, in every language. Sets would be looked through by the
    garbage collector again and again, a tenth of a rebuild."""
    numbers: tuple[str, ...]
    proper: Bag
    """Names by their capitals where there is running text, otherwise the words that no list has."""
    gist: Bag
    """Title and first sentences, by stems …"""
    vocabulary: Collection[str]
    """… and the stems in which another article's gist may be found, of title and first words."""
    gist_weight: float
    """Sum of the gist's weights."""
    named: int
    """How many of the gist's stems are of names: they stand first, and what happened behind them."""
    deeds: float
    """Sum of the weights of what happened."""


def moment(article: Article) -> datetime:
    """Return when the article appeared: its own date unless there is none or it lies in the future of our reading."""
    published = article.published_at
    return article.read_at if published is None or published - article.read_at > FUTURE else published


def profile(article: Article) -> Profile:
    """Read an article once for comparing."""
    title = words(article.title[:LEAD_CHARS])
    lead = words(article.excerpt[:LEAD_CHARS] or article.text[:LEAD_CHARS])
    text = words(article.text[:BODY_CHARS])[:BODY_WORDS] if article.text else ()
    head = _bag(_counted(title, lead), HEAD_TERMS)
    body = _body(title, lead, text, head)
    telling = head.terms if body is None or body is head else {*head.terms, *body.terms}
    coined = tuple(sorted(unlisted(telling)))
    is_text = len(text) >= BODY_LEAST
    proper = _proper(names(article.text[:BODY_CHARS], listed=False) if is_text else {}, coined)
    gist, named = _parted(_gist(title, article), proper) if is_text else (head, 0)
    total = sum(gist.weights)
    return Profile(
        article=article.id,
        hour=moment(article).timestamp() / 3600,
        dated=article.published_at is not None,
        site=article.provider.domain or article.provider.name,
        language=article.language,
        url=article.canonical_url,
        links=frozenset(article.links) or NONE,
        title=article.title[:LEAD_CHARS],
        head=head,
        body=body,
        names=coined,
        numbers=_numbers({*telling, *text} if text else telling),
        proper=proper,
        gist=gist,
        gist_weight=total or 1.0,
        named=named,
        deeds=(sum(gist.weights[named:]) if named else total) or 1.0,
        vocabulary=_stems(title + text) if is_text else head.terms,
    )


def _numbers(told: Collection[str]) -> tuple[str, ...]:
    """Return the telling numbers among words, however their thousands are set."""
    digits = [word for word in told if word < ":"]  # most words are none: this is asked of every one
    return tuple(dict.fromkeys([_THOUSANDS.sub("", word) for word in digits if is_telling_number(word)]))


def is_telling_number(word: str) -> bool:
    """Tell counts and sums from years and small numbers, which every report has."""
    return word[0].isdigit() and (len(word) > 2 or "." in word) and not (len(word) == 4 and word[:2] in {"19", "20"})


def _counted(title: tuple[str, ...], lead: tuple[str, ...]) -> Counter[str]:
    """Count a word of the title twice where there is a lead too: headlines name what happened."""
    return Counter(title + title + lead) if lead else Counter(title)


def _body(title: tuple[str, ...], lead: tuple[str, ...], text: tuple[str, ...], head: Bag) -> Bag | None:
    """Weigh the text; an excerpt is its own body, a headline has none."""
    if len(text) > len(lead):
        return _bag(Counter(title + text), BODY_TERMS) if len(text) >= BODY_LEAST else None
    return head if len(lead) >= BODY_LEAST else None


def _proper(found: Mapping[str, int], coined: tuple[str, ...]) -> Bag:
    """Weigh names: each of their words, and the last two together, as `nadia castell` tells more than either."""
    if not found:
        return _equal(coined)
    counts: Counter[str] = Counter()
    for name, count in found.items():
        told = words(name)
        for word in told if len(told) < 2 else (*told, " ".join(told[-2:])):
            counts[word] += count
    ranked = sorted((-_name_rarity(word) * (1 + log(count)), intern(word)) for word, count in counts.items())
    return _scaled(ranked[:PROPER_TERMS]) if counts else _equal(coined)


def _equal(told: tuple[str, ...]) -> Bag:
    """Make a bag of words that weigh the same."""
    return Bag.of(told, [1 / sqrt(len(told))] * len(told)) if told else NOTHING


def _name_rarity(word: str) -> float:
    """Weigh a word that is a name here, however common it is elsewhere."""
    return NAME_MOST if " " in word else max(NAME_LEAST, min(NAME_MOST, rarity(word)))


def _gist(title: tuple[str, ...], article: Article) -> Bag:
    """Weigh the stems of title and first sentences."""
    counts = Counter(chain(title, title, words((article.excerpt or article.text)[:GIST_CHARS])))
    stems: dict[str, tuple[float, int]] = {}
    for (lightness, word), count in zip(_weights(counts), counts.values(), strict=True):
        if (rare := -lightness) > 0:
            least, known = stems.get(stem(word), (rare, 0))
            stems[stem(word)] = (min(least, rare), known + count)
    return _scaled(sorted((-rare * (1 + log(count)), intern(kept)) for kept, (rare, count) in stems.items()))


def _parted(gist: Bag, proper: Bag) -> tuple[Bag, int]:
    """Put the names of a gist first, and tell how many there are."""
    of_names = {stem(word) for word in proper.terms if " " not in word}
    pairs = sorted(zip(gist.terms, gist.weights, strict=True), key=lambda pair: pair[0] not in of_names)
    terms = tuple([term for term, _ in pairs])
    return Bag.of(terms, [weight for _, weight in pairs]), sum([term in of_names for term in terms])


def _stems(told: tuple[str, ...]) -> frozenset[str]:
    """Return the stems of the words that a text begins with, but those that every text has."""
    return frozenset([intern(stem(word)) for rare, word in weighed(set(told[:VOCABULARY_WORDS])) if rare < 0])


@lru_cache(STEMS)
def stem(word: str) -> str:
    """Return what a word is compared by; numbers are whole."""
    if not word.isalpha():
        return word
    # Not of "business", "virus".
    is_many = len(word) > LEAST_MANY and word[-1] == "s" and word[-2] not in "su"
    return (word[:-1] if is_many else word)[:STEM]


def _bag(counts: Counter[str], size: int) -> Bag:
    """Weigh words by rarity and damped count; keep the heaviest, of equals the first in the alphabet."""
    pairs = zip(_weights(counts), counts.values(), strict=True)
    kept = [pair if count == 1 else (pair[0] * (1 + log(count)), pair[1]) for pair, count in pairs if pair[0] < 0]
    kept.sort()
    del kept[size:]
    return _scaled(kept)


def _weights(told: Collection[str]) -> list[tuple[float, str]]:
    """Return rarities; where the list knows few of the words, it is of another language and length must do."""
    pairs = weighed(told)
    if [rare for rare, _ in pairs].count(-UNLISTED) <= OTHER_LANGUAGE * len(pairs):
        return pairs
    return [(max(rare, min(0.0, PER_LETTER * (3 - _letters(word)))), word) for rare, word in pairs]


def _letters(word: str) -> int:
    """Return how long a word is; a sign of a script without letters or without spaces says as much as several."""
    return len(word) if word < SIGNS else LETTERS_A_SIGN * len(word)


def _scaled(ranked: Sequence[tuple[float, str]]) -> Bag:
    """Make a bag of length 1 of words with their weights, given negative so that the heaviest sort first."""
    if not ranked:
        return NOTHING
    weights, terms = zip(*ranked, strict=True)
    length = -sqrt(sum(map(mul, weights, weights)))
    return Bag.of(terms, [weight / length for weight in weights])
