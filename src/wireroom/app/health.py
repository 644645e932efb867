"""Is everything in order, and which settings are in force? Answers in sentences; mends nothing."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct

from wireroom.app.beat import BEAT_FILE, Beat, load_beat, read_toml
from wireroom.app.build import ARCHIVE_VARIABLE, archive_dsn, opened_archive, outlet_folders
from wireroom.app.complaints import checked
from wireroom.app.settings import BeatFile
from wireroom.errors import WireroomError

LOW_DISK = 200_000_000
"""Bytes under which an edition with its pages may no longer fit."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing looked at."""

    ok: bool
    what: str


class Setting(Struct, frozen=True, kw_only=True):
    """A value and the place it comes from."""

    key: str
    value: Any
    """As the file would hold it; None = not set."""
    origin: str


def examine(folder: Path) -> tuple[Finding, ...]:
    """Look at the beat, its archive, its outlets and the disk."""
    try:
        beat = load_beat(folder)
    except WireroomError as error:
        return (Finding(ok=False, what=str(error)),)
    told = f"{beat.folder}: {len(beat.feeds)} feeds, {len(beat.policy.topics)} topics, preset {beat.policy.preset.name}"
    return (Finding(ok=True, what=told), *_archive(beat), *_places(beat))


def _archive(beat: Beat) -> Iterator[Finding]:
    try:
        with opened_archive(beat) as archive:
            problems, totals = archive.check(), archive.totals(beat.policy.beat)
    except WireroomError as error:
        yield Finding(ok=False, what=str(error))
        return
    yield from (Finding(ok=False, what=problem) for problem in problems)
    yield Finding(
        ok=True, what=f"archive: {totals.entries} discovered, {totals.articles} stored, {totals.visits} visits"
    )


def _places(beat: Beat) -> Iterator[Finding]:
    for folder in outlet_folders(beat):
        there = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if os.access(there, os.W_OK):
            yield Finding(ok=True, what=f"outlet {folder} can be written")
        else:
            yield Finding(
                ok=False, what=f"outlet {folder} cannot be written; give yourself the right to write in {there}"
            )
    free = shutil.disk_usage(beat.folder).free
    yield Finding(ok=free > LOW_DISK, what=f"{free / 1e9:.1f} GB free under {beat.folder}")


def settings_in_force(folder: Path) -> tuple[Setting, ...]:
    """List every setting with its value and whether the file, the environment or a default gave it."""
    path = folder / BEAT_FILE
    written = read_toml(path)
    file = checked(BeatFile, written, path)
    beat = load_beat(folder)
    origin = f"environment {ARCHIVE_VARIABLE}" if os.environ.get(ARCHIVE_VARIABLE) else "default"
    rows = [Setting(key="archive", value=_without_password(archive_dsn(beat)), origin=origin)]
    return (*rows, *_rows(file.model_dump(), written, BEAT_FILE))


def _rows(values: dict[str, Any], written: dict[str, Any], name: str, prefix: str = "") -> Iterator[Setting]:
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from _rows(value, written.get(key, {}), name, f"{prefix}{key}.")
        else:
            yield Setting(key=prefix + key, value=value, origin=name if key in written else "default")


def _without_password(dsn: str) -> str:
    """Hide the password of a server's address."""
    scheme, mark, rest = dsn.partition("://")
    if not mark or "@" not in rest:
        return dsn
    login, _, place = rest.rpartition("@")
    return f"{scheme}://{login.split(':')[0]}:***@{place}"
