"""What of an article can be compared with other articles?

Bags of weighed words, telling phrases and numbers, and where and when it appeared. It must not look at other articles.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import chain, islice
from math import log, sqrt
from operator import mul
from sys import intern

from msgspec import Struct

from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId
from wireroom.text.lexicon import UNLISTED, rarities
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
FUTURE = timedelta(days=1)
"""A date further ahead of our reading is an error of the publisher."""
_ZEROS = (0.0,) * BODY_TERMS


class Bag(Struct, frozen=True, kw_only=True):
    """Words with weights of Euclidean length 1, heaviest first."""

    terms: tuple[str, ...]
    weights: Sequence[float]

    def likeness(self, weight_of: Mapping[str, float]) -> float:
        """Return the cosine with another bag, given as a mapping."""
        return float(sum(map(mul, self.weights, map(weight_of.get, self.terms, _ZEROS))))

    def mapping(self) -> dict[str, float]:
        """Return word → weight."""
        return dict(zip(self.terms, self.weights, strict=True))


class Profile(Struct, frozen=True, kw_only=True):
    """One article as the linker sees it; `hour` counts from the epoch."""

    article: ArticleId
    hour: float
    site: str
    language: str | None
    url: str
    links: frozenset[str]
    title: str
    head: Bag
    """Title and lead."""
    body: Bag | None
    """All that is read of the text or, without one, of the excerpt; None when there is only a headline."""
    names: frozenset[str]
    """Words that no list of English has: nearly all are names, in every language."""
    numbers: frozenset[str]


def moment(article: Article) -> datetime:
    """Return when the article appeared: its own date unless there is none or it lies in the future of our reading."""
    published = article.published_at
    return article.read_at if published is None or published - article.read_at > FUTURE else published


def profile(article: Article) -> Profile:
    """Read an article once for comparing."""
    title = words(article.title[:LEAD_CHARS])
    lead = words(article.excerpt[:LEAD_CHARS] or article.text[:LEAD_CHARS])
    text = tuple(islice(words(article.text[:BODY_CHARS]), BODY_WORDS))
    head = _bag(_counted(title, lead), HEAD_TERMS)
    body = _body(title, lead, text, head)
    telling = {*head.terms, *(body.terms if body else ())}
    return Profile(
        article=article.id,
        hour=moment(article).timestamp() / 3600,
        site=article.provider.domain or article.provider.name,
        language=article.language,
        url=article.canonical_url,
        links=frozenset(article.links),
        title=article.title[:LEAD_CHARS],
        head=head,
        body=body,
        names=frozenset(word for word, weight in zip(telling, rarities(telling), strict=True) if weight >= UNLISTED),
        numbers=frozenset(word for word in telling if is_telling_number(word)),
    )


def is_telling_number(word: str) -> bool:
    """Tell counts and sums from years and small numbers, which every report has."""
    return word[0].isdigit() and (len(word) > 2 or "." in word) and not (len(word) == 4 and word[:2] in {"19", "20"})


def _counted(title: tuple[str, ...], lead: tuple[str, ...]) -> Counter[str]:
    """Count a word of the title twice where there is a lead too: headlines name what happened."""
    return Counter(chain(title, title, lead)) if lead else Counter(title)


def _body(title: tuple[str, ...], lead: tuple[str, ...], text: tuple[str, ...], head: Bag) -> Bag | None:
    """Weigh the text; an excerpt is its own body, a headline has none."""
    if len(text) > len(lead):
        return _bag(Counter(title + text), BODY_TERMS) if len(text) >= BODY_LEAST else None
    return head if len(lead) >= BODY_LEAST else None


def _bag(counts: Counter[str], size: int) -> Bag:
    """Weigh words by rarity and damped count; keep the heaviest, of equals the first in the alphabet."""
    weighed = zip(rarities(counts), counts.values(), counts, strict=True)
    kept = sorted((-rare * (1 + log(count)) if count > 1 else -rare, word) for rare, count, word in weighed if rare > 0)
    del kept[size:]
    length = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    return Bag(
        terms=tuple([intern(word) for _, word in kept]), weights=array("f", [-weight / length for weight, _ in kept])
    )
