"""Which files of an edition differ from what a folder holds? Those are made, and put on the stage when there is one."""

import os
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from msgspec import Struct, msgpack

from wireroom.adapters.outlets.hands import Done, Hands
from wireroom.adapters.outlets.manifest import Manifest, Trace, fingerprint, trace_of
from wireroom.adapters.outlets.paths import check_family, check_path
from wireroom.adapters.outlets.stage import Stage
from wireroom.errors import DeliveryError
from wireroom.records.drafts import Draft, Planned, Rest
from wireroom.records.editions import File

_UNTRACED = Trace("", -1, -1)
_traces = msgpack.Decoder(list[Trace])


class Change(Struct, frozen=True, kw_only=True, dict=True):
    """From the manifest that stands to the one that shall stand."""

    before: Manifest
    after: dict[str, Trace]
    written: tuple[str, ...]

    @cached_property
    def removed(self) -> tuple[str, ...]:
        """Return the paths that leave the outlet."""
        return tuple(sorted(self.before.files.keys() - self.after.keys()))


class Comparison:
    """One look at a folder: a planned file whose key it holds is not made, one whose bytes it holds is not written."""

    def __init__(
        self, folder: Path, before: Manifest, touched: frozenset[str], stage: Stage | None, *, adopt: bool
    ) -> None:
        """Take what stands, and which files of it are no longer as they were written."""
        self._folder = str(folder)
        self._before = before
        self._touched = touched
        self._stage = stage
        self._adopt = adopt
        self._after: dict[str, Trace] = {}
        self._made: list[tuple[list[str], bytes]] = []
        self._written: list[str] = []
        self._hands = Hands(self._take)

    def of(self, files: Iterable[Planned]) -> Change:
        """Compare a whole edition."""
        after, before, touched = self._after, self._before.files, self._touched
        for file in files:
            if isinstance(file, Rest):
                self._note(self._hands.rest())
                continue
            path = file.path
            if path in after:
                raise DeliveryError(f"the edition has two files {path}; nothing was written")
            known = before.get(path)
            if known and isinstance(file, Draft) and known.key == file.key and path not in touched:
                after[path] = known
            else:
                after[path] = _UNTRACED
                self._note(self._hands.give(file) if isinstance(file, Draft) else [self._take(file)])
        self._note(self._hands.finish())
        for paths, packed in self._made:
            after.update(zip(paths, _traces.decode(packed), strict=True))
        return Change(before=self._before, after=after, written=tuple(sorted(self._written)))

    def close(self) -> None:
        """Let go of the hands, also of those that still work."""
        self._hands.close()

    def _note(self, taken: list[Done]) -> None:
        if taken:
            # Packed, they take a third of the memory until all are there: an edition may have 200,000 files.
            self._made.append(([one.path for one in taken], msgpack.encode([one.trace for one in taken])))
            self._written += [one.path for one in taken if one.written]

    def _take(self, file: File | Draft) -> Done:
        """Make a file, and stage it unless the folder holds its bytes already."""
        body, key = file.body, file.key if isinstance(file, Draft) else ""
        name = fingerprint(body)
        trace = self._standing(file.path, body, Trace(name, len(body), 0, key))
        if trace is None and self._stage is not None:
            return Done(file.path, self._put(self._stage, file.path, body, Trace(name, 0, 0, key)), written=True)
        return Done(file.path, trace or _UNTRACED, written=trace is None)

    def _standing(self, path: str, body: bytes, wanted: Trace) -> Trace | None:
        """Return the trace of a file that already stands as wanted; raise DeliveryError for somebody else's."""
        place, known = f"{self._folder}/{path}", self._before.files.get(path)
        if known is not None:
            same = known.digest == wanted.digest and path not in self._touched
            return Trace(known.digest, known.size, known.mtime_ns, wanted.key) if same else None
        check_path(path)
        if not os.path.lexists(place) or self._adopt:
            return None
        found = Path(place)
        if found.is_dir() and not found.is_symlink():
            return None
        if found.is_file() and not found.is_symlink() and found.read_bytes() == body:
            return trace_of(place, wanted.digest, wanted.key)
        raise DeliveryError(f"{place} was not written by Wireroom; move it away (nothing was written)")

    def _put(self, stage: Stage, path: str, body: bytes, wanted: Trace) -> Trace:
        try:
            return stage.add(path, body, wanted)
        except (FileExistsError, IsADirectoryError, NotADirectoryError):
            check_family({path, *self._after})
            raise
        except OSError as error:
            place = f"{self._folder}/{path}"
            todo = "make room or grant access and run again; the former edition still stands"
            raise DeliveryError(f"cannot write {place}: {error.strerror}; {todo}") from error
