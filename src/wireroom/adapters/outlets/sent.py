"""What does the other side hold already? The list of what was sent there lies beside the manifest of the folder."""

from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from wireroom.adapters.outlets.manifest import read_manifest
from wireroom.adapters.outlets.paths import OURS
from wireroom.errors import DeliveryError


class Gap(Struct, frozen=True, kw_only=True):
    """What has to be sent and removed for the other side to hold what the folder holds."""

    send: tuple[str, ...]
    """Deep paths first: pages are there before the pages that link to them."""
    remove: tuple[str, ...]


class Sent:
    """Digests of the files that a target holds, by path."""

    def __init__(self, folder: Path, target: str) -> None:
        self._folder = folder
        self._file = folder / f"{OURS}sent-{sha256(target.encode()).hexdigest()[:12]}.json"

    def gap(self) -> Gap:
        """Compare the folder's manifest with what was sent."""
        held, sent = self._held(), self._read()
        changed = (path for path, digest in held.items() if sent.get(path) != digest)
        send = sorted(changed, key=lambda path: (-path.count("/"), path))
        return Gap(send=tuple(send), remove=tuple(sorted(sent.keys() - held.keys())))

    def note(self) -> None:
        """Note that the target holds what the folder holds."""
        draft = self._file.with_suffix(".new")
        draft.write_bytes(msgspec.json.encode(self._held()))
        draft.replace(self._file)

    def _held(self) -> dict[str, str]:
        return {path: trace.digest for path, trace in read_manifest(self._folder).files.items()}

    def _read(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.DecodeError) as error:
            raise DeliveryError(f"{self._file} cannot be read ({error}); delete it, and all is sent again") from error
