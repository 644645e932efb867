"""Where do the posts of an edition lie while it is delivered? In a file without a name, gone with whoever holds it."""

import os
import tempfile
import weakref
from pathlib import Path

from wireroom.errors import ArchiveError

AT_ONCE = 1 << 20
"""Bytes that are gathered before they are written."""


class Spool:
    """Keeps bytes one after the other; forked processes may look at it, too."""

    def __init__(self, folder: Path) -> None:
        """Open an empty one on the disk of a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            self._handle = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._handle)
        self._written = 0
        self._waiting = bytearray()

    def keep(self, body: bytes) -> None:
        """Put bytes behind the others; raise ArchiveError when the disk is full."""
        self._waiting += body
        if len(self._waiting) >= AT_ONCE:
            self._write()

    def look(self, start: int, end: int) -> bytes:
        """Return the bytes between two places."""
        if end > self._written:
            self._write()
        return os.pread(self._handle, end - start, start)

    def _write(self) -> None:
        # At a place of its own: processes that were forked before may write the same once more.
        try:
            done = 0
            while done < len(self._waiting):
                done += os.pwrite(self._handle, self._waiting[done:], self._written + done)
        except OSError as error:
            raise ArchiveError(
                f"the posts of an edition find no room ({error.strerror}); make room and run again, nothing was written"
            ) from error
        self._written += len(self._waiting)
        self._waiting.clear()
