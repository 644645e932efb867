"""How does a folder change from one edition to the next without a reader, or a crash, seeing half of each?

Everything new is written into `.wireroom-next/` and flushed; then a journal is renamed into it: from there on the
change will happen. Applying it is renames and removals, each of which may be done twice. So whoever finds a stage with
a journal carries it out, and whoever finds one without throws it away.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from wireroom.adapters.outlets.manifest import NAME, Manifest, Trace, trace_of, write_manifest
from wireroom.records.editions import File

_STAGE = ".wireroom-next"


class Journal(Struct, frozen=True, kw_only=True):
    """What is still to be done when a journal is found."""

    written: tuple[str, ...]
    removed: tuple[str, ...]


class Stage:
    """The next edition's changed files, on their way into the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder / _STAGE
        self._files = self._root / "files"
        self._journal = self._root / "journal.json"

    def add(self, file: File, digest: str) -> Trace:
        """Write one file into the stage."""
        place = self._files / file.path
        try:
            place.write_bytes(file.body)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.body)
        return trace_of(place, digest)

    def commit(self, written: Iterable[str], removed: Iterable[str], manifest: Manifest) -> None:
        """Make the change certain: after this it happens, now or when the outlet is opened again."""
        self._root.mkdir(parents=True, exist_ok=True)
        write_manifest(self._root / NAME, manifest)
        draft = self._root / "journal.draft"
        draft.write_bytes(msgspec.json.encode(Journal(written=tuple(written), removed=tuple(removed))))
        # One flush of everything: a thousand changed files each flushed on its own took 60 times as long.
        os.sync()
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
        for path in journal.written:
            self._move(self._files / path, self._folder / path)
        self._move(self._root / NAME, self._folder / NAME)
        self._journal.unlink()
        self.discard()

    def abandon(self) -> None:
        """Throw away a change that is not yet certain."""
        if not self._journal.exists():
            self.discard()

    def discard(self) -> None:
        """Throw the stage away."""
        shutil.rmtree(self._root, ignore_errors=True)

    @staticmethod
    def _move(source: Path, target: Path) -> None:
        try:
            source.replace(target)
        except FileNotFoundError:
            if source.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                source.replace(target)

    def _prune(self, parent: Path) -> None:
        """Remove folders that became empty, up to the outlet itself."""
        while parent.parts:
            try:
                (self._folder / parent).rmdir()
            except OSError:
                return
            parent = parent.parent


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
