"""What can come of asking the web for a document? One type for success, nothing new, and failure alike."""

from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise

from msgspec import Struct


class Request(Struct, frozen=True, kw_only=True):
    """One document we want; validators make the request conditional."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    accept: str = "*/*"
    max_bytes: int = 5_000_000
    """Decoded bytes after which reading stops."""
    first_bytes: int | None = None
    """Stop quietly after this many decoded bytes: enough for an image's header."""
    follow_robots: bool = True
    form: tuple[tuple[str, str], ...] = ()
    """Sent as a form by POST; empty = a GET."""


class Redirect(Struct, frozen=True, kw_only=True):
    """One step of a redirect chain."""

    status: int
    url: str
    """Absolute address the step led to."""


class Fetched(Struct, frozen=True, kw_only=True, tag="fetched"):
    """A body arrived; headers have lower-case names."""

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    redirects: tuple[Redirect, ...] = ()
    truncated: bool = False
    """Reading stopped at first_bytes."""
    reserved_at: str | None = None
    """The location under which the site's tdmrep.json reserves the analysis of this address."""
    parts: "tuple[Outcome, ...]" = ()
    """What came of the documents that this one, an index of sitemaps, led us to ask for."""

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name."""
        return first_header(self.headers, name)

    @property
    def left_https(self) -> bool:
        """Tell whether a redirect led from an encrypted address to a plain one."""
        chain = (self.url, *(step.url for step in self.redirects))
        return any(one.startswith("https:") and two.startswith("http:") for one, two in pairwise(chain))


class NotModified(Struct, frozen=True, kw_only=True, tag="not_modified"):
    """304: what we hold is current; validators may still be new."""

    url: str
    final_url: str
    headers: tuple[tuple[str, str], ...] = ()
    redirects: tuple[Redirect, ...] = ()

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name."""
        return first_header(self.headers, name)


class Gone(Struct, frozen=True, kw_only=True, tag="gone"):
    """404 or 410: nothing lives there (any more)."""

    url: str
    final_url: str
    status: int


class Throttled(Struct, frozen=True, kw_only=True, tag="throttled"):
    """429 or 503: come back later."""

    url: str
    status: int
    retry_at: datetime | None = None
    """When the server asked us to return (Retry-After), when it said so."""


class Refused(Struct, frozen=True, kw_only=True, tag="refused"):
    """We may not: robots.txt, 401/403/451, or an address we do not visit. Shown to the editor, never worked around."""

    url: str
    reason: str
    by: str
    """`robots`, `publisher` or `guard`."""
    status: int | None = None


class Failed(Struct, frozen=True, kw_only=True, tag="failed"):
    """No usable answer: time-out, broken connection, endless body, redirect loop, 5xx."""

    url: str
    reason: str
    status: int | None = None


Outcome = Fetched | NotModified | Gone | Throttled | Refused | Failed


def first_header(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first of the headers that has a lower-case name."""
    return next((value for key, value in headers if key == name), None)
