"""How does a folder come to hold exactly one edition?

Only changed files are made and written, files that left the edition go, files that are not ours stay. The folder shows
the former edition or the new one; how that survives a crash is told in `stage`.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from wireroom.adapters.outlets.comparing import Change, Comparison
from wireroom.adapters.outlets.manifest import Manifest, read_manifest, touched
from wireroom.adapters.outlets.paths import check_family, check_ground, check_path
from wireroom.adapters.outlets.stage import Stage
from wireroom.errors import DeliveryError
from wireroom.records.drafts import Planned
from wireroom.records.editions import Delivery


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

    def deliver(self, files: Iterable[Planned], *, whole: str = "", dry_run: bool = False) -> Delivery:
        """Make the folder hold exactly these files; raise DeliveryError, the former edition whole, when it cannot."""
        if dry_run:
            return self._report(self._compare(files, whole, None))
        with self._complaining():
            self._folder.mkdir(parents=True, exist_ok=True)
        with self._alone(), self._complaining():
            try:
                self._stage.recover()
                change = self._compare(files, whole, self._stage)
                if change.after != change.before.files or whole != change.before.whole:
                    manifest = Manifest(whole=whole, files=change.after)
                    self._stage.commit(change.written, change.removed, manifest, first=not change.before.files)
                    self._stage.apply()
            except BaseException:
                self._stage.abandon()
                raise
        return self._report(change)

    def _compare(self, files: Iterable[Planned], whole: str, stage: Stage | None) -> Change:
        """Find out which files change, putting these on the stage, if there is one."""
        before = read_manifest(self._folder)
        differing = touched(self._folder, before)
        if whole and whole == before.whole and not differing:
            return Change(before=before, after=before.files, written=())
        comparison = Comparison(self._folder, before, differing, stage, adopt=self._adopt)
        try:
            change = comparison.of(files)
        finally:
            comparison.close()
        self._check(change)
        return change

    def _check(self, change: Change) -> None:
        """Raise DeliveryError when the change could not be carried out to its end."""
        if change.after.keys() != change.before.files.keys():
            check_family(change.after.keys())
        for path in change.removed:
            check_path(path)
        check_ground(self._folder, change.written, change.removed)

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
