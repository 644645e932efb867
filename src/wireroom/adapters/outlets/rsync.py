"""How does rsync carry an edition? Over SSH, only the files that it is told, all of them put in place at the end."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from wireroom.adapters.outlets.programs import ask
from wireroom.adapters.outlets.sent import Gap


class RsyncCarrier(Struct, frozen=True, kw_only=True):
    """Carries to `user@host:/folder/`, or to a folder that is mounted here."""

    target: str

    def carry(self, folder: Path, gap: Gap) -> None:
        """Send, then remove."""
        if gap.send:
            # What is sent is known to differ; two editions in one second may have files of one size and time.
            self._rsync(folder, gap.send, "--ignore-times", "--delay-updates", "--perms", "--chmod=D755,F644")
        if gap.remove:
            self._remove(gap.remove)

    def _remove(self, paths: Iterable[str]) -> None:
        """Remove: what is listed and missing here goes there (rsync 3.1), if only its folder is here."""
        with TemporaryDirectory() as bare:
            for path in paths:
                (Path(bare) / path).parent.mkdir(parents=True, exist_ok=True)
            self._rsync(Path(bare), paths, "--delete-missing-args")

    def _rsync(self, folder: Path, paths: Iterable[str], *how: str) -> None:
        words = ("rsync", "--times", *how, "--files-from=-", "--from0", "--", "./", self.target)
        ask(words, folder=folder, paths=paths)
