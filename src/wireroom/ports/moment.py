"""What do we ask of the archive about one moment, article by article?"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from wireroom.records.editions import Candidate, File
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.rulings import RulingKind


class Listed(Struct, frozen=True):
    """An article of a beat with its place among the others."""

    article: ArticleId
    story: StoryId
    """Its own when it was not linked yet."""
    at: datetime
    """When it came out: its publication, else when it was read."""
    ruling: RulingKind | None
    """The ruling in force."""


class Moment(Protocol):
    """What was known of a beat at one moment, read article by article, for what must not hold it whole."""

    def listing(self) -> Iterator[Listed]:
        """Yield every article that a snapshot would hold, by article id."""
        ...

    def candidates(self, articles: Sequence[ArticleId]) -> tuple[Candidate, ...]:
        """Return what a snapshot would hold of these articles, by article id; those it would not are left out."""
        ...

    def texts(self, articles: Sequence[ArticleId]) -> dict[ArticleId, str]:
        """Return the body texts that belong to these candidates."""
        ...

    def carried(self) -> tuple[File, ...]:
        """Return the kept files that are no posts, by path."""
        ...

    def dedicated(self, articles: Sequence[ArticleId]) -> frozenset[ArticleId]:
        """Return those that came through a feed dedicated to the main topic."""
        ...
