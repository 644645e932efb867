"""What came of fetching an article's page?"""

from datetime import datetime

from msgspec import Struct

from wireroom.records.entries import Entry
from wireroom.records.ids import Digest, PageId
from wireroom.records.outcomes import Redirect


class Page(Struct, frozen=True, kw_only=True):
    """One fetch of one address. The body, when there is one, lies in the blob store under `body`."""

    id: PageId
    url: str
    """As the entry's link named it."""
    final_url: str
    fetched_at: datetime
    outcome: str
    """Tag of records.outcomes."""
    status: int | None = None
    content_type: str | None = None
    body: Digest | None = None
    redirects: tuple[Redirect, ...] = ()
    reason: str | None = None
    retry_at: datetime | None = None
    """When it is worth asking again; None = never by itself."""
    attempts: int = 1
    robots_tag: str | None = None
    """X-Robots-Tag / TDM reservation, as sent."""


class Target(Struct, frozen=True, kw_only=True):
    """A page worth fetching: the entry that links to it and the last try, if any."""

    url: str
    entry: Entry
    last: Page | None = None
