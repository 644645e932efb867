"""How does a folder come to hold exactly one edition?

Only changed files are written, files that left the edition go, files that are not ours stay. The folder shows the
former edition or the new one; how that survives a crash is told in `stage`.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from wireroom.adapters.outlets.manifest import Manifest, Trace, fingerprint, read_manifest, trace_of, untouched
from wireroom.adapters.outlets.paths import check_family, check_inside, check_path, check_room
from wireroom.adapters.outlets.stage import Stage
from wireroom.errors import DeliveryError
from wireroom.records.editions import Delivery, File

_UNTRACED = Trace("", -1, -1)


class Change(Struct, frozen=True, kw_only=True):
    """From the manifest that stands to the one that shall stand."""

    before: Manifest
    after: dict[str, Trace]
    written: tuple[str, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the paths that leave the outlet."""
        return tuple(sorted(self.before.files.keys() - self.after.keys()))


class FolderOutlet:
    """An outlet that is a folder; opening it finishes, or forgets, what a crash interrupted."""

    def __init__(self, folder: Path, *, adopt: bool = False) -> None:
        """Open the outlet; with `adopt`, files that stand where the edition wants to write become ours."""
        self._folder = folder
        self._adopt = adopt
        self._stage = Stage(folder)
        if folder.is_dir():
            with self._alone(), self._complaining():
                self._stage.recover()

    def deliver(self, files: Iterable[File], *, dry_run: bool = False) -> Delivery:
        """Make the folder hold exactly these files; raise DeliveryError, the former edition whole, when it cannot."""
        if dry_run:
            return self._report(self._compare(files, keep=False))
        with self._complaining():
            self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone(), self._complaining():
            try:
                self._stage.recover()
                change = self._compare(files, keep=True)
                if change.after != change.before.files:
                    self._stage.commit(change.written, change.removed, Manifest(files=change.after))
                    self._stage.apply()
            except BaseException:
                self._stage.abandon()
                raise
        return self._report(change)

    def _compare(self, files: Iterable[File], *, keep: bool) -> Change:
        """Find out which files change, putting these on the stage when they are to be kept."""
        before = read_manifest(self._folder)
        after: dict[str, Trace] = {}
        written: list[str] = []
        for file in files:
            if file.path in after:
                raise DeliveryError(f"the edition has two files {file.path}; nothing was written")
            name = fingerprint(file.body)
            trace = self._standing(file, name, before.files.get(file.path))
            if trace is None:
                written.append(file.path)
                trace = self._put(file, name, after) if keep else _UNTRACED
            after[file.path] = trace
        change = Change(before=before, after=after, written=tuple(sorted(written)))
        self._check(change)
        return change

    def _standing(self, file: File, name: str, known: Trace | None) -> Trace | None:
        """Return the trace of a file that already stands as wanted; raise DeliveryError for somebody else's."""
        place = f"{self._folder}/{file.path}"
        if known is not None:
            return known if known.digest == name and untouched(place, known) else None
        check_path(file.path)
        path = Path(place)
        if not os.path.lexists(path) or self._adopt or (path.is_dir() and not path.is_symlink()):
            return None
        if path.is_file() and not path.is_symlink() and path.read_bytes() == file.body:
            return trace_of(path, name)
        raise DeliveryError(f"{place} was not written by Wireroom; move it away (nothing was written)")

    def _put(self, file: File, name: str, others: Iterable[str]) -> Trace:
        try:
            return self._stage.add(file, name)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            check_family({file.path, *others})
            raise
        except OSError as error:
            place = self._folder / file.path
            todo = "make room or grant access and run again; the former edition still stands"
            raise DeliveryError(f"cannot write {place}: {error.strerror}; {todo}") from error

    def _check(self, change: Change) -> None:
        """Raise DeliveryError when the change could not be carried out to its end."""
        if change.written:
            check_family(change.after.keys())
            check_room(self._folder, change.written, frozenset(change.removed))
        for path in change.removed:
            check_path(path)
        check_inside(self._folder, (*change.written, *change.removed))

    def _report(self, change: Change) -> Delivery:
        unchanged = len(change.after) - len(change.written)
        return Delivery(written=change.written, removed=change.removed, unchanged=unchanged, where=str(self._folder))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the folder; the lock goes with the process, so a crash leaves none behind."""
        with self._complaining():
            handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError as error:
            raise DeliveryError(f"another run is delivering to {self._folder}; wait until it has ended") from error
        finally:
            os.close(handle)

    @contextmanager
    def _complaining(self) -> Iterator[None]:
        """Turn what the file system says into words."""
        try:
            yield
        except OSError as error:
            raise DeliveryError(f"cannot write {error.filename or self._folder}: {error.strerror}") from error
