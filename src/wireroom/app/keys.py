"""Which keys does this user hold, and how does a new one come into being? Keys come from the environment or one file.

Never prints a key but the one that `keygen` was asked for, and never puts one into an error.
"""

import os
import secrets
import stat
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from wireroom.errors import UsageError
from wireroom.text.seals import KeyRing, read_ring, written_key

KEYS_VARIABLE = "WIREROOM_KEYS"
FILE_VARIABLE = "WIREROOM_KEY_FILE"
MODE = 0o600
SECRET_BYTES = 64
"""AES-256 in SIV mode takes two keys of 32 bytes."""


def held_keys(environment: Mapping[str, str] | None = None) -> KeyRing:
    """Return the user's keys; a ring without keys when none are named.

    In the environment keys stand apart by white space or commas, in the file one a line; the last one is the newest.
    """
    named = os.environ if environment is None else environment
    written, file = named.get(KEYS_VARIABLE), named.get(FILE_VARIABLE)
    if written and file:
        raise UsageError(f"{KEYS_VARIABLE} and {FILE_VARIABLE} are both set; keep one of them")
    if file:
        return read_ring(_private_lines(Path(file)))
    return read_ring((written or "").replace(",", " ").split())


def make_key(name: str | None, now: datetime, file: Path | None = None) -> str:
    """Make a key and return it as a key ring holds it; with a file, append it there and return only its id."""
    lines = _private_lines(file) if file and file.exists() else []
    taken = {key for key, _ in read_ring(lines).keys}
    name = name or _free_name(f"{now:%Y-%m-%d}", taken)
    line = written_key(name, secrets.token_bytes(SECRET_BYTES))
    read_ring([*lines, line])
    if file is None:
        return line
    _append(file, line)
    return name


def _free_name(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _private_lines(file: Path) -> list[str]:
    """Read a key file; refuse one that others may read. The open file is looked at, not whatever has its name next."""
    try:
        with file.open(encoding="utf-8") as lines:
            mode = os.fstat(lines.fileno()).st_mode
            if not stat.S_ISREG(mode) or stat.S_IMODE(mode) != MODE:
                raise UsageError(f"{file} must be a file with mode 0600, for your eyes only: chmod 600 {file}")
            return lines.read().splitlines()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file} is no key file; it holds one id:key a line") from None


def _append(file: Path, line: str) -> None:
    """Append a line to a file that nobody else can read from its first byte on."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, MODE)
        with os.fdopen(handle, "w", encoding="utf-8") as lines:
            lines.write(f"{line}\n")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from None
