"""What time is it?"""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; `--now` replaces it by a fixed one."""

    def now(self) -> datetime:
        """Return the current time, aware, in UTC."""
        ...
