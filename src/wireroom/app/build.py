"""Which adapter fulfils which port? Opens everything a command works with, and closes it again."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from wireroom.adapters.archive import open_archive
from wireroom.adapters.blobs import FolderBlobs
from wireroom.adapters.clock import FixedClock, SystemClock
from wireroom.adapters.outlets import BucketCarrier, FolderOutlet, GitOutlet, RemoteOutlet, RsyncCarrier
from wireroom.adapters.spool import Spool
from wireroom.adapters.templates import CompiledTemplates
from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.app.beat import Beat
from wireroom.app.keys import held_keys
from wireroom.app.settings import OutletTable
from wireroom.edition.render.portal.press import remember
from wireroom.errors import BeatError
from wireroom.ports.archive import Archive
from wireroom.ports.clock import Clock
from wireroom.ports.outlets import Outlet
from wireroom.ports.web import Web
from wireroom.runner.room import Report, Room, Silent

ARCHIVE_VARIABLE = "WIREROOM_ARCHIVE"
STATE_FOLDER = ".wireroom"


def cache_folder() -> Path:
    """Return where this user's beats keep what they share."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "wireroom"


def clock(now: datetime | None) -> Clock:
    """Return a clock that stands at `now`, or the machine's."""
    return FixedClock(now) if now else SystemClock()


def archive_dsn(beat: Beat) -> str:
    """Say where the archive lies: the environment names one for many beats, else the beat keeps its own."""
    return os.environ.get(ARCHIVE_VARIABLE) or str(beat.folder / STATE_FOLDER / "archive.db")


@contextmanager
def opened_archive(beat: Beat) -> Iterator[Archive]:
    """Open the beat's archive, making or migrating it when needed."""
    (beat.folder / STATE_FOLDER).mkdir(parents=True, exist_ok=True)
    archive = open_archive(archive_dsn(beat))
    try:
        yield archive
    finally:
        archive.close()


def spools(beat: Beat) -> Callable[[], Spool]:
    """Return what opens a file where the parts of an edition lie while it is made and delivered."""
    return partial(Spool, beat.folder / STATE_FOLDER)


@contextmanager
def opened_room(
    beat: Beat,
    *,
    now: datetime | None = None,
    report: Report | None = None,
    detour: Mapping[str, str] | None = None,
) -> Iterator[Room]:
    """Open all that a run needs; `detour` sends requests for a host to a server on loopback instead."""
    timekeeper = clock(now)
    remember(CompiledTemplates(beat.folder / STATE_FOLDER / "templates"))
    with opened_web(beat, timekeeper, detour) as web, opened_archive(beat) as archive:
        yield Room(
            policy=beat.policy,
            masthead=beat.masthead,
            feeds=beat.feeds,
            archive=archive,
            web=web,
            blobs=FolderBlobs(beat.folder / STATE_FOLDER / "pages"),
            clock=timekeeper,
            report=report or Silent(),
            ring=held_keys(),
            helpers=None,
            copies_pictures=beat.cache_images,
            spool=spools(beat),
        )


@contextmanager
def opened_web(beat: Beat, timekeeper: Clock | None = None, detour: Mapping[str, str] | None = None) -> Iterator[Web]:
    """Open the polite way to the web."""
    web = Gateway(_gateway_settings(beat, detour or {}), now=(timekeeper or SystemClock()).now)
    try:
        yield web
    finally:
        web.close()


def _gateway_settings(beat: Beat, detour: Mapping[str, str]) -> GatewaySettings:
    return GatewaySettings(
        contact=beat.masthead.contact or beat.masthead.address,
        per_host_interval_s=0.0 if detour else beat.fetch.per_host_interval_s,
        concurrency=beat.fetch.concurrency,
        timeout_s=beat.fetch.timeout_s,
        turns=None if detour else cache_folder() / "hosts",
        detour=dict(detour),
    )


def outlets(beat: Beat, out: Path | None = None) -> tuple[Outlet, ...]:
    """Return where editions go: the folder asked for, else the beat's own."""
    if out:
        return (FolderOutlet(out),)
    named = tuple(_outlet(_inside(beat.folder, name, table.path), table) for name, table in beat.outlets)
    return named or (FolderOutlet(beat.folder / "site"),)


def _outlet(folder: Path, table: OutletTable) -> Outlet:
    match table.kind:
        case "git":
            return GitOutlet(folder, remote=table.remote or "", branch=table.branch)
        case "rsync":
            return RemoteOutlet(folder, RsyncCarrier(target=table.target or ""))
        case "s3":
            to = BucketCarrier(
                bucket=table.bucket or "", prefix=table.prefix, endpoint=table.endpoint, region=table.region
            )
            return RemoteOutlet(folder, to)
    return FolderOutlet(folder)


def outlet_folders(beat: Beat) -> tuple[Path, ...]:
    """Return the folders of the beat's outlets, else its `site` folder."""
    named = tuple(_inside(beat.folder, name, table.path) for name, table in beat.outlets)
    return named or (beat.folder / "site",)


def _inside(folder: Path, name: str, path: str) -> Path:
    """Resolve an outlet's path against the beat; refuse the beat folder itself, which an edition would tidy away."""
    target = (folder / path).resolve()
    if target == folder.resolve() or target in folder.resolve().parents:
        raise BeatError(
            f"{folder / 'beat.toml'}: outlets.{name}.path '{path}' holds the beat itself; name a folder of its own"
        )
    return target
