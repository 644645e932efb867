"""How is an existing archive of posts brought in? Reads its folder, makes the beat when there is none, records."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from wireroom.app.beat import BEAT_FILE, find_beat, load_beat
from wireroom.app.build import clock, opened_archive
from wireroom.app.founding import Founding, found_beat
from wireroom.desk.imports import Imported, import_files, topic_names
from wireroom.errors import UsageError
from wireroom.records.editions import File

FOLDERS = ("_news", "_newsletters", "_data/topics", "_data/organizations")
"""What of a Jekyll folder is taken over; the rest (layouts, styles, pages) is the site's, not the record's."""


class Arrival(Struct, frozen=True, kw_only=True):
    """What an import did."""

    beat: str
    made_beat: bool
    result: Imported


class Wish(Struct, frozen=True, kw_only=True):
    """What the user says of a beat that is to be made."""

    address: str | None = None
    locale: str | None = None


def beat_here() -> Path:
    """Return the beat that the current folder lies in; an empty folder may become one."""
    here = Path.cwd()
    return find_beat(here) if any(here.iterdir()) else here


def import_posts(folder: Path, beat_folder: Path, wish: Wish, now: datetime | None = None) -> Arrival:
    """Import a folder into a beat, which is made when it does not exist yet."""
    site = site_of(folder)
    files = tuple(read_site(site))
    makes = not (beat_folder / BEAT_FILE).is_file()
    if makes:
        named = tuple(topic_names(files))
        found_beat(beat_folder, Founding(site=site, named=named, address=wish.address, locale=wish.locale))
    beat = load_beat(beat_folder)
    with opened_archive(beat) as archive:
        result = import_files(archive, beat.policy, files, clock(now).now())
    return Arrival(beat=str(beat_folder), made_beat=makes, result=result)


def site_of(folder: Path) -> Path:
    """Return the folder that holds `_news`; it may be named itself, or `_news` may."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder")
    site = folder.absolute().parent if folder.resolve().name == "_news" else folder
    if not any((site / name).is_dir() for name in FOLDERS[:2]):
        raise UsageError(f"{folder} has no folder _news of posts. Name the folder of a site, which holds _news")
    return site


def read_site(site: Path) -> Iterator[File]:
    """Yield the files of the record, without what hides behind a dot or lies elsewhere."""
    for name in FOLDERS:
        for place, folders, names in os.walk(site / name):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for file in sorted(Path(place) / one for one in names if not one.startswith(".")):
                if file.is_file() and not file.is_symlink():
                    yield File(path=file.relative_to(site).as_posix(), body=file.read_bytes())
