"""What does a run need at hand?"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from wireroom.ports.archive import Archive
from wireroom.ports.blobs import Blobs
from wireroom.ports.clock import Clock
from wireroom.ports.web import Web
from wireroom.records.editions import Masthead
from wireroom.records.policy import Policy
from wireroom.records.sources import Feed
from wireroom.text.seals import KeyRing

if TYPE_CHECKING:
    from wireroom.edition.filed import Store


class Report(Protocol):
    """Hears how a run goes on; the terminal draws it, tests collect it."""

    def begin(self, stage: str, doing: str) -> None:
        """Hear that a stage begins."""
        ...

    def advance(self, done: int, total: int | None = None) -> None:
        """Hear how many items of the running stage are done, and of how many when that is known."""
        ...

    def end(self, stage: str, done: int) -> None:
        """Hear that a stage is over."""
        ...


class Silent(Report):
    """A report that nobody listens to."""

    def begin(self, stage: str, doing: str) -> None:
        """Say nothing."""

    def advance(self, done: int, total: int | None = None) -> None:
        """Say nothing."""

    def end(self, stage: str, done: int) -> None:
        """Say nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """The beat and the ports a run works with."""

    policy: Policy
    masthead: Masthead
    feeds: tuple[Feed, ...]
    archive: Archive
    web: Web
    blobs: Blobs
    clock: Clock
    report: Report
    ring: KeyRing = field(default_factory=KeyRing)
    """Keys of whom posts carry sealed desk data for."""
    helpers: int | None = 0
    """Processes besides this one that may read documents; None = as many as there are cores to spare."""
    copies_pictures: bool = False
    """Keep copies of lead pictures, so that pages can show them without asking anybody else."""
    spool: "Callable[[], Store] | None" = None
    """Opens where the posts of an edition lie while it is delivered; None = in memory."""
