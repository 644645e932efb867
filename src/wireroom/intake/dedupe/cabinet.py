"""Which texts on file may share passages with a new one?

Exact hashes, MinHash bands and rare words lead to a few candidates; it must not judge them.
"""

from collections import defaultdict

from msgspec import Struct

from wireroom.intake.dedupe.credit import Credit
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId
from wireroom.text.fingerprints import NearIndex, shingles, text_hash
from wireroom.text.lexicon import rarity
from wireroom.text.tokens import fold, words

RARE_TERMS = 12
RARE_SHARED = 4
"""Of the twelve rarest words of a text, as many must be common: a rewriter keeps the names."""
COMPARED = 8
"""Texts compared in full."""
PER_KEY = 12
LONGEST = 40_000
"""Characters read."""


class Filed(Struct, frozen=True, kw_only=True):
    """An article on file, its credit, and the first of its copies."""

    article: Article
    credit: Credit | None
    root: ArticleId


class Cabinet:
    """All texts on file, under the keys by which copies are found."""

    def __init__(self) -> None:
        self.filed: dict[ArticleId, Filed] = {}
        self._by_key: defaultdict[str, list[ArticleId]] = defaultdict(list)
        self._near = NearIndex()
        self._numbered: list[ArticleId] = []
        self._by_term: defaultdict[str, list[ArticleId]] = defaultdict(list)
        self._copies: defaultdict[ArticleId, list[ArticleId]] = defaultdict(list)

    def file(self, filed: Filed) -> None:
        """Put an article on file; a new reading or a new root replaces the old one."""
        article = filed.article
        before = self.filed.get(article.id)
        self.filed[article.id] = filed
        if before is None or before.root != filed.root:
            self._copies[filed.root].append(article.id)
        if before is None or before.article.text != article.text:
            self._by_key[_headline(article)].append(article.id)
            if name := _name(article):
                self._by_key[name].append(article.id)
                self._near.add(len(self._numbered), _runs(article))
                self._numbered.append(article.id)
            for term in _rare(article):
                self._by_term[term].append(article.id)

    def copies_of(self, root: ArticleId) -> list[Filed]:
        """Return an original and its copies, in order of filing."""
        return [one for name in dict.fromkeys(self._copies[root]) if (one := self.filed[name]).root == root]

    def same_headline(self, article: Article) -> Filed | None:
        """Find the same headline from the same publisher when there is no text to compare."""
        if len(words(article.title)) < 5 or len(words(article.text[:600])) >= 40:
            return None
        return next((self.filed[name] for name in self._by_key.get(_headline(article), ()) if name != article.id), None)

    def candidates(self, article: Article) -> list[Filed]:
        """Return articles on file that may share text, the likeliest first."""
        counts: defaultdict[ArticleId, int] = defaultdict(int)
        if name := _name(article):
            near = [self._numbered[number] for number in self._near.near(_runs(article))[:PER_KEY]]
            for other in (*self._by_key.get(name, ())[:PER_KEY], *near):
                counts[other] += RARE_SHARED
        for term in _rare(article):
            for name in self._by_term.get(term, ())[-4 * PER_KEY :]:
                counts[name] += 1
        likely = [name for name, count in counts.items() if count >= RARE_SHARED and name != article.id]
        return [self.filed[name] for name in sorted(likely, key=lambda name: (-counts[name], name))[:COMPARED]]


def site(article: Article) -> str:
    """Return what tells publishers apart."""
    return article.provider.domain or article.provider.name


def _name(article: Article) -> str:
    """Return the hash of the text, "" when it is too short to compare."""
    return article.text_hash or text_hash(article.text[:LONGEST])


def _runs(article: Article) -> set[str]:
    """Return the runs of four words of a text."""
    return shingles(words(article.text[:LONGEST]))


def _rare(article: Article) -> list[str]:
    """Return the rarest words of a text."""
    found = set(words(article.text[:6000]))
    return sorted(found, key=lambda word: (-rarity(word), word))[:RARE_TERMS] if len(found) >= 30 else []


def _headline(article: Article) -> str:
    return f"{site(article)}\n{fold(article.title)}"
