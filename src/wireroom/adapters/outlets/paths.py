"""Does a path of an edition stay inside the outlet?"""

import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from wireroom.errors import DeliveryError

OURS = ".wireroom-"
"""Names at the top of an outlet that begin so are the outlet's own."""


def check_path(path: str) -> None:
    """Raise DeliveryError unless the path is relative, plain and not one of the outlet's own."""
    parts = path.split("/")
    if any(part in {"", ".", ".."} for part in parts) or "\\" in path or "\0" in path or parts[0].startswith(OURS):
        raise DeliveryError(f"{path!r} is not a path that an edition may have; nothing was written")


def check_family(paths: AbstractSet[str]) -> None:
    """Raise DeliveryError when one path is a folder on the way to another."""
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent:
            if parent in paths:
                raise DeliveryError(
                    f"the edition has a file {parent} and, for {path}, a folder of that name; nothing was written"
                )
            parent = parent.rpartition("/")[0]


def check_room(folder: Path, written: Iterable[str], removed: AbstractSet[str]) -> None:
    """Raise DeliveryError when something of somebody else's stands in the way of a folder or a file."""
    parents: set[str] = set()
    for path in written:
        place = folder / path
        if place.is_dir() and not place.is_symlink():
            _check_leaving(folder, place, removed)
        while (path := path.rpartition("/")[0]) and path not in parents:
            parents.add(path)
    for parent in sorted(parents - removed):
        place = folder / parent
        if os.path.lexists(place) and not place.is_dir():
            raise DeliveryError(f"{place} is in the way: the edition needs a folder there; nothing was written")


def _check_leaving(folder: Path, place: Path, removed: AbstractSet[str]) -> None:
    """Raise DeliveryError unless all that a folder holds leaves with this change."""
    for held in place.rglob("*"):
        if not held.is_dir() and held.relative_to(folder).as_posix() not in removed:
            raise DeliveryError(f"{held} is in the way: the edition needs a file at {place}; nothing was written")


def check_inside(folder: Path, paths: Iterable[str]) -> None:
    """Raise DeliveryError when a symbolic link leads one of these paths out of the folder."""
    root = os.path.realpath(folder)
    for parent in sorted({path.rpartition("/")[0] for path in paths}):
        real = os.path.realpath(folder / parent)
        if real != root and not real.startswith(root.rstrip("/") + "/"):
            raise DeliveryError(f"{folder / parent} leads out of the outlet to {real}; nothing was written")
