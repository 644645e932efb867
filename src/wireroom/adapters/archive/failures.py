"""What do the words of a database's driver mean, and what is to be done? Must not load any driver."""

from wireroom.errors import ArchiveError, ArchiveLocked

# What the drivers say (lower case), what it means, what to do. SQLite 3.40 and PostgreSQL 15, November 2026.
_MEANINGS = (
    ("file is not a database", "is not a Wireroom archive; name another file, or move this one away"),
    ("disk image is malformed", "is damaged; restore a copy, or `sqlite3 FILE .recover` into a new file"),
    ("disk is full", "could not be written: the disk is full; make room and run again, nothing committed is lost"),
    ("no space left", "could not be written: the disk is full; make room and run again, nothing committed is lost"),
    ("readonly", "may not be written; check the permissions of the file and its folder"),
    ("unable to open", "could not be opened; check that the folder exists and may be written"),
    ("connection refused", "does not answer; start the PostgreSQL server or check the address"),
    ("does not exist", "lacks something it needs; check database, user and search_path of the address"),
)
_LOCKED = ("database is locked", "lock timeout", "deadlock detected")


def plain(name: str, error: BaseException | None) -> ArchiveError:
    """Say in words which archive failed, how, and what to do; `error` is the driver's."""
    said = str(error)
    low = said.lower()
    if any(word in low for word in _LOCKED):
        return ArchiveLocked(
            f"archive {name} is in use by another process; wait until it is done and run again ({said})"
        )
    for word, meaning in _MEANINGS:
        if word in low:
            return ArchiveError(f"archive {name} {meaning} ({said})")
    return ArchiveError(f"archive {name} failed: {said}")
