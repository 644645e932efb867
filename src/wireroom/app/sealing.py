"""What is sealed in these post files, and how do they come to the newest key? Changes one field and no other byte."""

import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from msgspec import Struct

from wireroom.edition.render import front_matter
from wireroom.errors import PostError, SealError, UsageError
from wireroom.text.seals import KeyRing, is_current, open_sealed, seal

FIELD = "secured"
SUFFIXES = frozenset({".md", ".html"})


class Opened(Struct, frozen=True, kw_only=True):
    """The line of `seal open`; `payload` is null when nothing is sealed in the record."""

    input: str
    path: str
    payload: object


class Resealed(Struct, frozen=True, kw_only=True):
    """The line of `seal reseal`."""

    input: str
    path: str
    resealed: bool


class Unopened(Struct, frozen=True, kw_only=True):
    """A file that failed, and why."""

    input: str
    error: str


def record_path(file: Path) -> str:
    """Return the path a record has in its site: from its last folder with a leading `_` on, else its name alone."""
    parts = PurePosixPath(file.absolute().as_posix()).parts
    starts = [number for number, part in enumerate(parts[:-1]) if part.startswith("_")]
    return "/".join(parts[starts[-1] :]) if starts else parts[-1]


def posts_in(places: Iterable[Path]) -> Iterator[Path]:
    """Yield files, and the posts and issues in folders, in order."""
    for place in places:
        if place.is_dir():
            yield from sorted(path for path in place.rglob("*") if path.suffix in SUFFIXES and path.is_file())
        else:
            yield place


def open_file(file: Path, path: str | None, ring: KeyRing) -> Opened | Unopened:
    """Open what is sealed in a file."""
    name = path or record_path(file)
    try:
        value = front_matter.read(file.read_bytes()).fields.get(FIELD)
        payload = open_sealed(str(value), name, ring) if value is not None else None
    except (PostError, SealError, OSError) as error:
        return Unopened(input=str(file), error=_words(error))
    return Opened(input=str(file), path=name, payload=payload)


def reseal_file(file: Path, ring: KeyRing) -> Resealed | Unopened:
    """Seal a file's payload with the newest key, unless it is already; a file without one stays as it is."""
    if ring.newest is None:
        raise UsageError("there is no key to seal with. Make one: wireroom seal keygen")
    name = record_path(file)
    try:
        front = front_matter.read(file.read_bytes())
        value = front.fields.get(FIELD)
        changes = value is not None and not is_current(str(value), ring)
        if changes:
            sealed = seal(open_sealed(str(value), name, ring), name, ring)
            _replace(file, front_matter.write(front_matter.with_field(front, FIELD, sealed)))
    except (PostError, SealError, OSError) as error:
        return Unopened(input=str(file), error=_words(error))
    return Resealed(input=str(file), path=name, resealed=changes)


def _replace(file: Path, body: bytes) -> None:
    """Write a file whole or not at all."""
    beside = file.with_name(f".{file.name}.new")
    beside.write_bytes(body)
    shutil.copymode(file, beside)
    beside.replace(file)


def _words(error: Exception) -> str:
    return f"cannot be used: {error.strerror}" if isinstance(error, OSError) else str(error)
