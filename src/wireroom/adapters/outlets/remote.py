"""How does an edition reach a place that is no folder here?

It is kept in a folder first, whole or not at all; then what the other side lacks is sent, and what left is removed
there. What was sent is noted only after it arrived, so a transfer that failed is made up for by the next run. Files at
the target that are not of the edition are left alone.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from msgspec import structs

from wireroom.adapters.outlets.folder import FolderOutlet
from wireroom.adapters.outlets.sent import Gap, Sent
from wireroom.records.drafts import Planned
from wireroom.records.editions import Delivery


class Carrier(Protocol):
    """Brings files of a folder to a target."""

    @property
    def target(self) -> str:
        """Name the target, as people know it."""
        ...

    def carry(self, folder: Path, gap: Gap) -> None:
        """Send and remove; raise DeliveryError when that fails, after which all of it may be asked for again."""
        ...


class RemoteOutlet:
    """An outlet that is a folder, carried to a target."""

    def __init__(self, folder: Path, carrier: Carrier) -> None:
        self._folder = folder
        self._carrier = carrier
        self._inner = FolderOutlet(folder)

    def deliver(self, files: Iterable[Planned], *, whole: str = "", dry_run: bool = False) -> Delivery:
        """Make folder and target hold exactly these files."""
        delivery = self._inner.deliver(files, whole=whole, dry_run=dry_run)
        sent = Sent(self._folder, self._carrier.target)
        gap = sent.gap()
        if not dry_run and (gap.send or gap.remove):
            self._carrier.carry(self._folder, gap)
            sent.note()
        return structs.replace(_with(delivery, gap), where=self._carrier.target)


def _with(delivery: Delivery, gap: Gap) -> Delivery:
    """Return a delivery together with what an earlier one still owed to the target."""
    removed = {*delivery.removed, *gap.remove}
    written = {*delivery.written, *gap.send} - removed
    total = delivery.unchanged + len(delivery.written)
    return structs.replace(
        delivery,
        written=tuple(sorted(written)),
        removed=tuple(sorted(removed)),
        unchanged=max(0, total - len(written)),
    )
