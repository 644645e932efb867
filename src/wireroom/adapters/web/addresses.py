"""What are the parts of an address that `text.urls.absolute` gave?"""

from urllib.parse import urlsplit

from msgspec import Struct

_USUAL_PORTS = {"http": 80, "https": 443}


class Address(Struct, frozen=True, kw_only=True):
    """An absolute http(s) address; `host` has no brackets, `authority` is host and port as they are written."""

    url: str
    scheme: str
    authority: str
    host: str
    port: int
    target: str
    """Path and query."""


def address_of(url: str) -> Address:
    """Take an address apart."""
    parts = urlsplit(url)
    return Address(
        url=url,
        scheme=parts.scheme,
        authority=parts.netloc,
        host=parts.hostname or "",
        port=_USUAL_PORTS[parts.scheme] if parts.port is None else parts.port,
        target=f"{parts.path}?{parts.query}" if parts.query else parts.path,
    )
