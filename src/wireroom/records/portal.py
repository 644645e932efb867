"""What does a beat decide about how its readers meet it?"""

from msgspec import Struct


class SavedSearch(Struct, frozen=True, kw_only=True):
    """A query that the beat publishes under a name, with a page and feeds of its own."""

    id: str
    """Part of addresses: `a-z 0-9 -`."""
    title: str
    query: str
    """In the syntax of text.queries."""


class Theme(Struct, frozen=True, kw_only=True):
    """How pages look: templates by file name, and one style sheet. What it lacks is taken from the shipped `wire`."""

    name: str = "wire"
    templates: tuple[tuple[str, str], ...] = ()
    style: str | None = None
