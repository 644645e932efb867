"""Where does an edition go?"""

from collections.abc import Iterable
from typing import Protocol

from wireroom.records.drafts import Planned
from wireroom.records.editions import Delivery


class Outlet(Protocol):
    """Takes a whole edition; afterwards the outlet holds exactly its files, or, after a failure, the former ones."""

    def deliver(self, files: Iterable[Planned], *, whole: str = "", dry_run: bool = False) -> Delivery:
        """Make the outlet hold exactly these files; raise DeliveryError when it cannot.

        A draft whose key the outlet holds already need not be made: the same key means the same bytes.
        `whole` is such a key of all of them together; without one, each file is looked at.
        """
        ...
