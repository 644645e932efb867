"""What does an article have to be measured against: which pictures are cards, what speed is usual, which stories go on?

Stories are taken in one by one, and of each only a few hundred bytes are kept: so a beat can be surveyed that is larger
than the memory.
"""

from array import array
from collections.abc import Iterable
from hashlib import blake2b
from statistics import median

from msgspec import Struct

from wireroom.edition.affairs import Affairs, Register
from wireroom.edition.gather import Happening
from wireroom.edition.heat import busiest, source_of

CARD_STORIES = 3
"""Stories of one host under which a picture stands before it is that host's default card (RECORDS §10: 110 of 186)."""


class Survey(Struct, frozen=True, kw_only=True):
    """What the stories of a beat say together."""

    cards: frozenset[str]
    """Lead pictures that one host sets on several stories."""
    usual_speed: float
    """Independent reports that a story with company usually gets within its busiest 24 hours."""
    affairs: Affairs


class Surveyor:
    """Takes stories in, in any order."""

    def __init__(self) -> None:
        self._register = Register()
        self._speeds = array("L")
        self._used: dict[int, int] = {}
        self._cards: set[str] = set()

    def add(self, happening: Happening) -> None:
        """Take a story in."""
        self._register.add(happening)
        if len(happening.independent) > 1:
            self._speeds.append(busiest(happening))
        shown = {(source_of(one), picture.url) for one in happening.members for picture in one.article.images[:1]}
        for house, url in shown:
            self._count(house, url)

    def _count(self, house: str, url: str) -> None:
        # Most addresses are seen once, and they are long: they are counted by their fingerprints.
        key = int.from_bytes(blake2b(f"{house}\n{url}".encode(), digest_size=8).digest())
        self._used[key] = count = self._used.get(key, 0) + 1
        if count == CARD_STORIES:
            self._cards.add(url)

    def survey(self) -> Survey:
        """Say what the stories taken in say together."""
        return Survey(
            cards=frozenset(self._cards),
            usual_speed=float(median(self._speeds or [1])),
            affairs=self._register.affairs(),
        )


def survey(happenings: Iterable[Happening]) -> Survey:
    """Survey all stories of a snapshot."""
    surveyor = Surveyor()
    for happening in happenings:
        surveyor.add(happening)
    return surveyor.survey()
