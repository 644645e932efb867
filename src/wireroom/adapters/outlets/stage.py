"""How does a folder change from one edition to the next without a reader, or a crash, seeing half of each?

Everything new is written into `.wireroom-next/` and flushed; then a journal is renamed into it: from there on the
change will happen. Applying it is renames and removals, each of which may be done twice. So whoever finds a stage with
a journal carries it out, and whoever finds one without throws it away.
"""

import os
import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from wireroom.adapters.outlets.manifest import NAME, Manifest, Trace, write_manifest

_STAGE = ".wireroom-next"
_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
FEW = 200
"""Files up to which each is flushed by itself; one flush of everything is cheaper for more (1,000 files: 60 times)."""


class Journal(Struct, frozen=True, kw_only=True):
    """What is still to be removed when a journal is found; what is to be written lies beside it."""

    removed: tuple[str, ...]


class Stage:
    """The next edition's changed files, on their way into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder / _STAGE
        self._files = self._root / "files"
        self._journal = self._root / "journal.json"
        self._last = ""
        """The folder that was opened last."""

    def add(self, path: str, body: bytes, wanted: Trace) -> Trace:
        """Write one file into the stage; return its trace."""
        place = f"{self._files}/{path}"
        self._open(place.rpartition("/")[0])
        # By the system's own calls: a file object asks three times what it deals with, a tenth of the cost of a file.
        handle = os.open(place, _NEW, 0o666)
        try:
            left = memoryview(body)
            while left:
                left = left[os.write(handle, left) :]
            found = os.fstat(handle)
        finally:
            os.close(handle)
        return Trace(wanted.digest, found.st_size, found.st_mtime_ns, wanted.key)

    def _open(self, parent: str) -> None:
        """Make a folder, unless the file before went there too; most files have a folder of their own."""
        if parent == self._last:
            return
        try:
            os.mkdir(parent)  # noqa: PTH102 - a path object is as dear as the call
        except FileExistsError:
            pass
        except FileNotFoundError:
            Path(parent).mkdir(parents=True, exist_ok=True)
        self._last = parent

    def commit(self, written: Sequence[str], removed: Iterable[str], manifest: Manifest, *, first: bool) -> None:
        """Make the change certain: after this it happens, now or when the outlet is opened again.

        A first edition has no former one to keep whole, so it does not wait for the disk: what a power cut takes of it
        shows by its size, and the next delivery makes it again.
        """
        self._root.mkdir(parents=True, exist_ok=True)
        write_manifest(self._root / NAME, manifest)
        draft = self._root / "journal.draft"
        draft.write_bytes(msgspec.json.encode(Journal(removed=tuple(removed))))
        self._flush_all(() if first else written)
        draft.replace(self._journal)
        _flush(self._root)

    def recover(self) -> None:
        """Carry out a change that was certain, discard one that was not."""
        if self._journal.exists():
            self.apply()
        elif self._root.exists():
            self.discard()

    def apply(self) -> None:
        """Carry out the journal; doing so again after a crash goes on where it stopped."""
        journal = msgspec.json.decode(self._journal.read_bytes(), type=Journal)
        for path in journal.removed:
            # When this is done again, a folder or file of the new edition may already stand there.
            with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
                (self._folder / path).unlink()
            self._prune(Path(path).parent)
        if self._files.exists():
            _lift(str(self._files), str(self._folder))
        with suppress(FileNotFoundError):
            (self._root / NAME).replace(self._folder / NAME)
        self._journal.unlink()
        self.discard()

    def abandon(self) -> None:
        """Throw away a change that is not yet certain."""
        if not self._journal.exists():
            self.discard()

    def discard(self) -> None:
        """Throw the stage away."""
        self._last = ""
        shutil.rmtree(self._root, ignore_errors=True)

    def _flush_all(self, written: Sequence[str]) -> None:
        if len(written) > FEW:
            os.sync()
            return
        staged = [self._files / path for path in written]
        for place in (*staged, self._root / NAME, self._root / "journal.draft", *{one.parent for one in staged}):
            _flush(place)

    def _prune(self, parent: Path) -> None:
        """Remove folders that became empty, up to the outlet itself."""
        while parent.parts:
            try:
                (self._folder / parent).rmdir()
            except OSError:
                return
            parent = parent.parent


def _lift(source: str, target: str) -> None:
    """Move what lies in one folder into another; a folder that is new there moves whole, in one step."""
    with os.scandir(source) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        there = f"{target}/{entry.name}"
        try:
            Path(entry.path).rename(there)
        except OSError:
            if not entry.is_dir() or not Path(there).is_dir():
                raise
            _lift(entry.path, there)


def _flush(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
