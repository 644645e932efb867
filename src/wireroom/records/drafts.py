"""A file that an edition shall have and that may not need to be made."""

from collections.abc import Callable

from msgspec import Struct

from wireroom.records.editions import File


class Draft(Struct, frozen=True, kw_only=True):
    """One planned file: `key` names everything its bytes are made from, so an outlet that holds the key keeps the file.

    Where `File` is expected a draft will do: asking for `body` makes it.
    """

    path: str
    key: str
    make: Callable[[], bytes]

    @property
    def body(self) -> bytes:
        """Make the file; every call makes it again."""
        return self.make()


class Rest(Struct, frozen=True):
    """Stands between planned files where the next ones are planned by a look at everything.

    Whoever makes files in copies of the process ends them first: what is looked at meanwhile is held twice.
    """


Planned = File | Draft | Rest
"""What an edition is handed over as."""
