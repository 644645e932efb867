"""Does a path of an edition stay inside the outlet?"""

import os
import stat
from collections.abc import Sequence
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
    checked: set[str] = set()
    for path in paths:
        parent = path.rpartition("/")[0]
        while parent and parent not in checked:
            if parent in paths:
                raise DeliveryError(
                    f"the edition has a file {parent} and, for {path}, a folder of that name; nothing was written"
                )
            checked.add(parent)
            parent = parent.rpartition("/")[0]


def check_ground(folder: Path, written: Sequence[str], removed: Sequence[str]) -> None:
    """Raise DeliveryError when a link leads one of these paths out, or something of somebody else's is in the way."""
    ground = _Ground(folder, frozenset(removed))
    for path in removed:
        ground.block(path.rpartition("/")[0])
    for path in written:
        parent = path.rpartition("/")[0]
        if blocked := ground.block(parent):
            raise DeliveryError(f"{blocked} is in the way: the edition needs a folder there; nothing was written")
        if ground.stands(parent) and _kind(place := folder / path) == stat.S_IFDIR:
            _check_leaving(folder, place, ground.leaving)


class _Ground:
    """What stands on the way to the paths of a change; each folder is looked at once, and nothing below what is new."""

    def __init__(self, folder: Path, leaving: AbstractSet[str]) -> None:
        self.leaving = leaving
        self._folder = folder
        self._known: dict[str, tuple[bool, str]] = {"": (True, "")}

    def stands(self, parent: str) -> bool:
        """Tell whether a folder stands there."""
        return self._look(parent)[0]

    def block(self, parent: str) -> str:
        """Return what stands where a folder should be; raise DeliveryError when a link leads out."""
        return self._look(parent)[1]

    def _look(self, parent: str) -> tuple[bool, str]:
        if parent not in self._known:
            stands, blocked = self._look(parent.rpartition("/")[0])
            self._known[parent] = self._found(parent) if stands else (False, blocked)
        return self._known[parent]

    def _found(self, parent: str) -> tuple[bool, str]:
        place = self._folder / parent
        kind = _kind(place)
        if kind == stat.S_IFLNK:
            _check_link(self._folder, place)
        if kind == stat.S_IFDIR or place.is_dir():
            return True, ""
        return False, "" if kind is None or parent in self.leaving else str(place)


def _kind(place: Path) -> int | None:
    """Return what stands at a place, links being links."""
    try:
        return stat.S_IFMT(os.lstat(place).st_mode)
    except OSError:
        return None


def _check_link(folder: Path, place: Path) -> None:
    root, real = os.path.realpath(folder), os.path.realpath(place)
    if real != root and not real.startswith(root.rstrip("/") + "/"):
        raise DeliveryError(f"{place} leads out of the outlet to {real}; nothing was written")


def _check_leaving(folder: Path, place: Path, removed: AbstractSet[str]) -> None:
    """Raise DeliveryError unless all that a folder holds leaves with this change."""
    for held in place.rglob("*"):
        if not held.is_dir() and held.relative_to(folder).as_posix() not in removed:
            raise DeliveryError(f"{held} is in the way: the edition needs a file at {place}; nothing was written")
