"""How do we ask the web for documents?"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from wireroom.records.outcomes import Outcome, Request


class Web(Protocol):
    """Fetches documents politely: robots, spacing per host, limits and address checks are its own business."""

    def fetch_all(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Outcome]]:
        """Fetch all, several at once, yielding each as it is done; never raises for what a server does."""
        ...

    def close(self) -> None:
        """Release connections."""
        ...
