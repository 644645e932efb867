"""Where do bodies of pages lie?"""

from typing import Protocol

from wireroom.records.ids import Digest


class Blobs(Protocol):
    """Keeps bytes under the digest of their content."""

    def put(self, body: bytes) -> Digest:
        """Keep bytes and return their name; the same bytes are kept once."""
        ...

    def get(self, name: Digest) -> bytes | None:
        """Return the bytes, or None when they are not (any longer) here."""
        ...
