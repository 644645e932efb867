"""What does a beat decide about how its readers meet it, and what do its pages demand of browsers?"""

from msgspec import Struct

POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'self'"
"""What pages may load: nothing from elsewhere, and no script but ours."""
HEADERS = (
    ("Content-Security-Policy", f"{POLICY}; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Strict-Transport-Security", "max-age=31536000"),
)
"""What a host should send with every page."""


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
