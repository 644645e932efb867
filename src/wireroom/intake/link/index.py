"""Which articles use a word, which share most with one, and how alike are their heads?

Words and articles are numbers here, so that all candidates are added up and compared at once: word by word and one by
one, that took a third of an assignment's time. Sums are added up in the order in which words are asked for or stand in
a head, as `Bag.likeness` adds them, so that both give the same to the last bit. It must not weigh words.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress, count, repeat

import numpy as np

from wireroom.intake.link.profile import HEAD_TERMS, Bag

FIRST_WORDS, FIRST_ROWS = 4096, 1024


class Index:
    """Articles by word, numbered from 0 in the order in which they were added."""

    def __init__(self) -> None:
        self._id_of: defaultdict[str, int] = defaultdict(count(1).__next__)
        self._postings = [array("I")]
        """The articles found under each word, by its id; under 0, which stands for no word, there is none."""
        self._heads: list[Bag] = []
        self._is_row = bytearray()
        self._words = np.zeros((FIRST_ROWS, HEAD_TERMS), np.int32)
        self._weights = np.zeros((FIRST_ROWS, HEAD_TERMS), np.float32)
        """A row for each article's head, filled when it is first asked for: few are ever candidates."""
        self._asked = np.zeros(FIRST_WORDS)
        """Weight of each word in the head that is asked about, 0 between questions."""
        self._shared = np.zeros(FIRST_ROWS)
        """Weight that each article shares with what is asked for, 0 between questions …"""
        self._last = np.zeros(FIRST_ROWS, np.int32)
        """… and where it was last found among all that were; of this only what was just written is read."""

    def add(self, head: Bag, indexed: Iterable[str]) -> None:
        """Take in the next article, to be found under the words given."""
        number = len(self._heads)
        self._heads.append(head)
        self._is_row.append(0)
        posted = list(map(self._id_of.__getitem__, indexed))
        while len(self._postings) <= len(self._id_of):
            self._postings.append(array("I"))
        for posting in map(self._postings.__getitem__, posted):
            posting.append(number)

    def frequencies(self, words: Iterable[str]) -> list[int]:
        """Return how many articles are found under each word."""
        return list(map(len, map(self._postings.__getitem__, map(self._id_of.get, words, repeat(0)))))

    def sharing(self, asked: Mapping[str, float], newest: int, most: int) -> list[int]:
        """Return the articles that share most weight of the words asked for, the heaviest first, of equals the newest.

        Of each word the newest articles are looked at.
        """
        self._grow()
        found = [self._postings[word][-newest:] for word in map(self._id_of.get, asked, repeat(0))]
        every = np.frombuffer(b"".join(found), np.uint32).astype(np.intp)
        np.add.at(self._shared, every, np.repeat([*asked.values()], [len(used) for used in found]))
        # Each article once, where it was last found: sorting them takes three quarters more.
        at = np.arange(len(every), dtype=np.int32)
        self._last[every] = at
        numbers = every[self._last[every] == at]
        shared = self._shared[numbers]
        self._shared[numbers] = 0.0
        if len(shared) > most:
            ahead = shared >= np.partition(shared, -most)[-most]
            numbers, shared = numbers[ahead], shared[ahead]
        chosen: list[int] = numbers[np.lexsort((numbers, shared))[: -most - 1 : -1]].tolist()
        return chosen

    def likeness(self, head: Bag, numbers: Sequence[int]) -> list[float]:
        """Return the cosine of a head with the head of each of those articles."""
        if len(self._id_of) >= len(self._asked):
            self._asked = np.zeros(2 * len(self._id_of))
        self._fill([number for number in numbers if not self._is_row[number]])
        found = list(map(self._id_of.get, head.terms))
        known = list(filter(None, found))
        self._asked[known] = list(compress(head.weights, found))
        products = self._weights.take(numbers, axis=0) * self._asked.take(self._words.take(numbers, axis=0))
        self._asked[known] = 0.0
        cosines: list[float] = np.add.accumulate(products, axis=1)[:, -1].tolist()
        return cosines

    def _fill(self, numbers: Iterable[int]) -> None:
        """Write the rows of articles that are asked for the first time."""
        self._grow()
        for number in numbers:
            head = self._heads[number]
            self._words[number, : len(head.terms)] = [self._id_of.get(term, 0) for term in head.terms]
            self._weights[number, : len(head.terms)] = np.frombuffer(head.packed, np.float32)
            self._is_row[number] = 1

    def _grow(self) -> None:
        """Make room for all articles, and as many again."""
        if len(self._words) < len(self._heads):
            more = 2 * len(self._heads) - len(self._words)
            self._words = np.concatenate([self._words, np.zeros((more, HEAD_TERMS), np.int32)])
            self._weights = np.concatenate([self._weights, np.zeros((more, HEAD_TERMS), np.float32)])
            self._shared, self._last = np.zeros(len(self._words)), np.zeros(len(self._words), np.int32)
