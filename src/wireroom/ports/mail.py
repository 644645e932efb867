"""How do letters leave the house?"""

from typing import Protocol

from wireroom.records.mail import Handover, Mail


class Postman(Protocol):
    """Hands mails over, one at a time."""

    def hand_over(self, mail: Mail) -> Handover:
        """Hand one mail over and say what became of it; raise DeliveryError when no server can be reached at all."""
        ...

    def close(self) -> None:
        """End the connection."""
        ...
