"""Where do bodies lie on disk? `ab/cdef….gz` under one folder, readable with zcat.

A blob is written beside its place and renamed into it, so a reader never meets half of one. It is not flushed: after a
power cut a damaged blob is noticed by its name, and the page is fetched again.
"""

import gzip
import logging
import re
import zlib
from pathlib import Path
from tempfile import NamedTemporaryFile

from wireroom.errors import ArchiveError
from wireroom.records.ids import Digest, digest

_NAME = re.compile(r"[0-9a-f]{32}")
_LEVEL = 3  # HTML shrinks to a fifth; level 9 gains a twentieth more for three times the time
_log = logging.getLogger(__name__)


class FolderBlobs:
    """Blobs in a folder, compressed, sharded over 256 sub-folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> Digest:
        """Keep bytes and return their name; raise ArchiveError when the folder cannot be written."""
        name = Digest(digest(body))
        place = self._place(name)
        if place.exists():
            return name
        try:
            _write(place, gzip.compress(body, _LEVEL, mtime=0))
        except OSError as error:
            problem = f"cannot keep a page in {self._folder}: {error.strerror}; make room or grant access"
            raise ArchiveError(problem) from error
        return name

    def get(self, name: Digest) -> bytes | None:
        """Return the bytes; a damaged blob is reported, set aside, and as good as absent."""
        if not _NAME.fullmatch(name):
            return None
        place = self._place(name)
        try:
            body = gzip.decompress(place.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error) as error:
            self._set_aside(place, str(error))
            return None
        if digest(body) == name:
            return body
        self._set_aside(place, "its content has another digest")
        return None

    def _place(self, name: Digest) -> Path:
        return self._folder / name[:2] / f"{name[2:]}.gz"

    @staticmethod
    def _set_aside(place: Path, why: str) -> None:
        _log.warning("blob %s is damaged (%s); set aside as .bad, the page has to be fetched again", place, why)
        # Out of the way, so that the next put of the same bytes writes them anew.
        place.replace(place.with_suffix(".bad"))


def _write(place: Path, data: bytes) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            Path(file.name).replace(place)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
