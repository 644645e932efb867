"""Where do bodies lie while a test or a demo runs?"""

from wireroom.records.ids import Digest, digest


class MemoryBlobs:
    """Blobs in a dictionary."""

    def __init__(self) -> None:
        self._bodies: dict[Digest, bytes] = {}

    def put(self, body: bytes) -> Digest:
        """Keep bytes and return their name."""
        name = Digest(digest(body))
        self._bodies[name] = body
        return name

    def get(self, name: Digest) -> bytes | None:
        """Return the bytes, or None when they are not here."""
        return self._bodies.get(name)
