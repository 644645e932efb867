"""What does a card say? Known to those who name cards and to those who draw them."""

from msgspec import Struct


class Face(Struct, frozen=True, kw_only=True):
    """What a card says."""

    name: str
    headline: str
    line: str
    host: str
    """Address of the edition; its host stands in for names that cannot be drawn."""
    mark: bool = False
    """With the red rule of a story."""
