"""Which recent stories might an article belong to?

An inverted index over the last days: rare words first, newest first, and a budget, so that the cost of one question
does not grow with the archive. It must not decide.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from math import sqrt
from operator import add

from msgspec import Struct

from wireroom.intake.link.index import Index
from wireroom.intake.link.profile import Bag, Profile
from wireroom.records.ids import ArticleId, StoryId

HEAD_QUERY = 14
BODY_QUERY = 10
"""Rarest words asked for, of the head and of the body."""
BODY_INDEXED = 16
PER_TERM = 60
"""Newest articles looked at per word."""
COMPARED = 32
"""Articles compared in full …"""
CANDIDATES = 24
"""… and those that speak for their stories."""


class Near(Struct, frozen=True, gc=False):
    """A recent article and how alike it is: heads, and bodies where both have one."""

    number: int
    head: float
    body: float | None
    likeness: float
    """The better of both."""


class StoryShelf:
    """A story under way: its members, how often it uses each word, and the sum of their heads.

    Counts and sums are made when they are first asked for: of a hundred thousand stories a run looks at few.
    """

    __slots__ = ("_counted", "_summed", "copies", "heads", "id", "members", "number", "square", "sums", "uses")

    def __init__(self, number: int, story: StoryId) -> None:
        self.number = number
        self.id = story
        self.members: list[int] = []
        self.copies: list[int] = []
        """Repeat what a member tells: they move with the story, and nothing is measured by them."""
        self.heads: list[Bag] = []
        self._counted = self._summed = 0
        self.uses: dict[str, int] = {}
        self.sums: dict[str, float] = {}
        self.square = 0.0

    def add(self, member: int, head: Bag) -> None:
        """Take a report in."""
        self.members.append(member)
        self.heads.append(head)

    def all(self) -> tuple[int, ...]:
        """Return its members and their copies."""
        return (*self.members, *self.copies)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many heads use each word."""
        if self._counted < len(self.heads):
            uses = self.uses
            for head in self.heads[self._counted :]:
                for term in head.terms:
                    uses[term] = uses.get(term, 0) + 1
            self._counted = len(self.heads)
        return self.uses

    def likeness(self, head: Bag) -> float:
        """Return the cosine of a head with the story's centre."""
        self.settle()
        return head.likeness(self.sums) / sqrt(self.square) if self.square > 0 else 0.0

    def resemblance(self, other: "StoryShelf") -> float:
        """Return the cosine of two stories' centres."""
        overlap = self._overlap(other)
        return overlap / sqrt(self.square * other.square) if self.square and other.square else 0.0

    def absorb(self, other: "StoryShelf") -> None:
        """Take all reports of another story in."""
        self.square += 2 * self._overlap(other) + other.square
        self.members += other.members
        self.copies += other.copies
        for term, weight in other.sums.items():
            self.sums[term] = self.sums.get(term, 0.0) + weight
        self.heads[self._summed :] = other.heads
        self._summed = len(self.heads)

    def _overlap(self, other: "StoryShelf") -> float:
        """Return the product of both centres, unscaled."""
        self.settle()
        other.settle()
        small, large = sorted((self.sums, other.sums), key=len)
        return sum(weight * large.get(term, 0.0) for term, weight in small.items())

    def settle(self) -> None:
        """Add up what was taken in since."""
        sums = self.sums
        for head in self.heads[self._summed :]:
            self.square += 2 * head.likeness(sums) + 1
            for term, weight in zip(head.terms, head.weights, strict=True):
                sums[term] = sums.get(term, 0.0) + weight
        self._summed = len(self.heads)


class Shelf:
    """Recent articles by word."""

    def __init__(self, window_h: float) -> None:
        self._window_h = window_h
        self._index = Index()
        self._unposted: Counter[str] = Counter()
        """How many more articles have a stem in their vocabulary than are found under it."""
        self.profiles: list[Profile] = []
        self.home: list[StoryShelf] = []
        """The story of each article, by number."""
        self.stories: dict[StoryId, StoryShelf] = {}
        self.number_of: dict[ArticleId, int] = {}

    def add(self, article: Profile, story: StoryId, *, hidden: bool = False, copied: bool = False) -> None:
        """Put an article and its story on the shelf.

        What is hidden is no candidate for anything and counts nowhere, nor does a copy of another report: what ten
        outlets carry in one text is told once.
        """
        number = len(self.profiles)
        home = self.stories.get(story)
        if home is None:
            home = self.stories[story] = StoryShelf(len(self.stories), story)
        self.profiles.append(article)
        self.home.append(home)
        self.number_of[article.article] = number
        is_copy = copied and bool(home.members)
        if is_copy:
            home.copies.append(number)
        else:
            home.add(number, article.head)
        is_found = not (hidden or is_copy)
        indexed = _indexed(article) if is_found else ()
        self._index.add(article.head, indexed)
        if is_found and indexed is not article.vocabulary:
            self._unposted.update(article.vocabulary)
            self._unposted.subtract(indexed)

    def merge(self, kept: StoryShelf, gone: StoryShelf) -> None:
        """Make one story of two."""
        kept.absorb(gone)
        for number in gone.all():
            self.home[number] = kept
        self.stories[gone.id] = kept

    def frequencies(self, terms: Iterable[str]) -> list[int]:
        """Return how many articles on the shelf use each word."""
        return self._index.frequencies(terms)

    def users(self, stems: Collection[str]) -> dict[str, int]:
        """Return how many articles on the shelf have each stem in their vocabulary, of those that any has."""
        posted, more = self._index.frequencies(stems), map(self._unposted.get, stems, repeat(0))
        return {stem: users for stem, users in zip(stems, map(add, posted, more), strict=True) if users}

    def near(self, article: Profile) -> list[Near]:
        """Return the most alike recent articles of the window, best first."""
        profiles, hour, window_h = self.profiles, article.hour, self._window_h
        sharing = self._index.sharing(_asked(article), PER_TERM, COMPARED)
        numbers = [number for number in sharing if abs(profiles[number].hour - hour) <= window_h]
        heads = self._index.likeness(article.head, numbers)
        bodies = self._bodies(article, numbers, heads)
        alike = [head if body is None or head > body else body for head, body in zip(heads, bodies, strict=True)]
        best = sorted(zip(alike, numbers, heads, bodies, strict=True), reverse=True)[:CANDIDATES]
        return [Near(number, head, body, likeness) for likeness, number, head, body in best]

    def _bodies(self, article: Profile, numbers: Sequence[int], heads: Sequence[float]) -> list[float | None]:
        """Compare bodies where both have one; an excerpt is head and body, so that its likeness is known."""
        if article.body is None:
            return [None] * len(numbers)
        body, is_excerpt = article.body.mapping(), article.body is article.head
        others = [self.profiles[number] for number in numbers]
        return [
            head if is_excerpt and other.body is other.head else other.body.likeness(body) if other.body else None
            for other, head in zip(others, heads, strict=True)
        ]


def _asked(article: Profile) -> dict[str, float]:
    """Return the rarest words of head and body with their weights."""
    asked = dict(zip(article.head.terms[:HEAD_QUERY], article.head.weights, strict=False))
    if article.body is not None and article.body is not article.head:
        asked |= dict(zip(article.body.terms[:BODY_QUERY], article.body.weights, strict=False))
    return asked


def _indexed(article: Profile) -> Collection[str]:
    """Return the words under which an article is found."""
    if article.body is None or article.body is article.head:
        return article.head.terms
    return {*article.head.terms, *article.body.terms[:BODY_INDEXED]}
