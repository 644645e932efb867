"""Whose word do we take for who a server is? That of the certificates which Python's ssl module would go by."""

import os
import re
import ssl
from pathlib import Path

from msgspec import Struct

_HASHED = re.compile(r"[0-9a-f]{8}\.\d+")


class Trust(Struct, frozen=True, kw_only=True):
    """A file of certificates or a folder of them; one of the two is "".

    Not both: with a folder libcurl reads the file again for every connection, 10 ms of computing each.
    """

    file: str = ""
    folder: str = ""


def trusted() -> Trust:
    """Find the certificates: what SSL_CERT_FILE or SSL_CERT_DIR names, else the system's, else those of certifi."""
    places = ssl.get_default_verify_paths()
    folder = places.capath if places.capath and _is_hashed(Path(places.capath)) else None
    if folder and places.openssl_capath_env in os.environ and places.openssl_cafile_env not in os.environ:
        return Trust(folder=folder)
    if places.cafile:
        return Trust(file=places.cafile)
    return Trust(folder=folder) if folder else Trust(file=_bundled())


def _is_hashed(folder: Path) -> bool:
    """Tell whether OpenSSL finds anything in a folder: it looks for names that are hashes of subjects."""
    return any(_HASHED.fullmatch(path.name) for path in folder.iterdir())


def _bundled() -> str:
    from certifi import where  # noqa: PLC0415 - rarely needed

    return where()
