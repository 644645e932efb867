"""What time is it? The only place of the package that asks the machine."""

from datetime import UTC, datetime

from wireroom.ports.clock import Clock


class SystemClock(Clock):
    """The machine's clock, in whole seconds: what we write must compare equal after a round trip."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC).replace(microsecond=0)


class FixedClock(Clock):
    """A clock that stands still: makes every clock-dependent command repeatable."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self._at
