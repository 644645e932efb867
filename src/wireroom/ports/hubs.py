"""How do we ask a hub to tell us of news?"""

from collections.abc import Mapping
from typing import Protocol


class Hubs(Protocol):
    """Posts forms to hubs, to public addresses only."""

    def ask(self, hub: str, form: Mapping[str, str]) -> str | None:
        """Post a form; return None when the hub takes it, else in words why not."""
        ...
