"""How is a newsroom kept safe and moved? One file holds the beat folder, its archive and the pages it has read.

Editions are left out: `wireroom edition` makes the same bytes from the same facts.
"""

import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from wireroom.adapters.archive.copying import copy_archive
from wireroom.app.beat import BEAT_FILE, Beat
from wireroom.app.build import STATE_FOLDER, archive_dsn, outlet_folders
from wireroom.errors import UsageError

ARCHIVE_NAME = f"{STATE_FOLDER}/archive.db"


class Kept(Struct, frozen=True, kw_only=True):
    """What a backup holds."""

    file: str
    files: int
    size: int
    """Bytes on disk, compressed."""


def back_up(beat: Beat, file: Path) -> Kept:
    """Write a backup; a run may go on meanwhile. The file is ours alone (0600): a beat may hold keys."""
    if file.exists():
        raise UsageError(f"{file} exists already; name another file")
    part = file.with_name(f".{file.name}.part")
    try:
        with TemporaryDirectory(dir=file.parent) as scratch:
            archive = Path(scratch) / "archive.db"
            copy_archive(archive_dsn(beat), archive)
            members = dict(_members(beat)) | {ARCHIVE_NAME: archive}
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            # Level 6 of gzip: the pages are compressed already, the archive shrinks to a fifth.
            with os.fdopen(handle, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as tar:
                for name, path in sorted(members.items()):
                    tar.add(path, name, recursive=False)
        part.rename(file)
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}; make room or name another place") from error
    finally:
        part.unlink(missing_ok=True)
    return Kept(file=str(file), files=len(members), size=file.stat().st_size)


def _members(beat: Beat) -> Iterator[tuple[str, Path]]:
    """Yield (name in the backup, file) of a beat folder, without editions and without the live archive."""
    editions = {folder.resolve() for folder in outlet_folders(beat)}
    for place, folders, names in os.walk(beat.folder):
        here = Path(place)
        folders[:] = [one for one in folders if (here / one).resolve() not in editions]
        for name in names:
            path = here / name
            member = path.relative_to(beat.folder).as_posix()
            if path.is_file() and not path.is_symlink() and not member.startswith(ARCHIVE_NAME):
                yield member, path


def restore(file: Path, folder: Path) -> Kept:
    """Unpack a backup into a new or empty folder; nothing in it can be written elsewhere."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} already holds something. Name an empty or a new folder")
    try:
        with tarfile.open(file, "r:gz") as tar:
            members = tar.getmembers()
            if not {BEAT_FILE, ARCHIVE_NAME} <= {member.name for member in members}:
                raise UsageError(f"{file} is no backup of Wireroom's: {BEAT_FILE} or {ARCHIVE_NAME} is missing in it")
            for member in members:
                _unpack(tar, member, folder)
    except (OSError, EOFError, tarfile.TarError) as error:
        raise UsageError(f"{file} cannot be restored: {error}") from error
    return Kept(file=str(file), files=len(members), size=file.stat().st_size)


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one plain file below the folder. A backup may come from anywhere: links, devices and `..` are refused."""
    content = tar.extractfile(member) if member.isreg() else None
    if content is None or {"", ".", ".."} & set(member.name.split("/")):
        raise tarfile.TarError(f"{member.name!r} is no plain file inside a backup")
    place = folder / member.name
    place.parent.mkdir(parents=True, exist_ok=True)
    with content, place.open("wb") as target:
        place.chmod(member.mode & 0o700)
        shutil.copyfileobj(content, target)
