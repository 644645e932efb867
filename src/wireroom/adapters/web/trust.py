"""Whose word do we take for who a server is? That of the certificates which Python's ssl module would go by."""

import re
import ssl
from pathlib import Path

from msgspec import Struct

_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")


class Trust(Struct, frozen=True, kw_only=True):
    """A file of certificates, a folder of them, or both."""

    file: str | None = None
    folder: str | None = None


def trusted() -> Trust:
    """Find what SSL_CERT_FILE and SSL_CERT_DIR name, else the system's own; where nothing is, those of certifi."""
    places = ssl.get_default_verify_paths()
    if places.cafile or (places.capath and _holds_some(Path(places.capath))):
        return Trust(file=places.cafile, folder=places.capath)
    from certifi import where  # noqa: PLC0415 - rarely needed

    return Trust(file=where())


def _holds_some(folder: Path) -> bool:
    """Tell whether OpenSSL finds anything in a folder: it looks for names that are hashes of subjects."""
    return any(_HASHED.fullmatch(path.name) for path in folder.iterdir())
