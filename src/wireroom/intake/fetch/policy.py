"""With which request do we ask for an article's page? Pure; politeness per host is the web adapter's business."""

from wireroom.records.outcomes import Request
from wireroom.records.pages import Target

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"

MAX_BYTES = 3_000_000
"""Decoded bytes; of 181 news pages measured the largest had 1.6 MB, and text stands before the scripts that bloat."""


def plan(target: Target) -> Request:
    """Return the request for a page: always robots-abiding, never conditional, since a reading needs the body."""
    return Request(url=target.url, accept=ACCEPT, max_bytes=MAX_BYTES)
