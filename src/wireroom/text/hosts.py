"""Is this the host of an address, and how is it written?

Follows the WHATWG URL standard §3.5 in what it refuses and in how it reads numbers, because `http://2130706433/` and
`http://0x7f.1/` do reach 127.0.0.1 in every client. Nothing is looked up.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f#%/:<>?@\[\\\]^|\x80-\x9f]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")


def tidy_host(raw: str) -> str | None:
    """Return the host in lower case, percent-decoded, IP addresses in their one usual form; None when it cannot be one.

    Non-ASCII letters pass; an IPv6 address comes and goes without brackets.
    """
    if ":" in raw:
        return _read(IPv6Address, raw)
    name = unquote(raw, errors="replace").lower() if "%" in raw else raw.lower()
    if not name.strip(".") or "\ufffd" in name or _FORBIDDEN.search(name):
        return None
    last = name.removesuffix(".").rpartition(".")[2]
    return _ipv4(name) if _NUMBER.fullmatch(last) else name


def _read(kind: type[IPv6Address], raw: str) -> str | None:
    try:
        return str(kind(raw))
    except AddressValueError:
        return None


def _ipv4(name: str) -> str | None:
    """Read one to four decimal, octal or hexadecimal numbers; the last fills the bytes that are left."""
    parts = name.removesuffix(".").split(".")
    numbers = [_number(part) for part in parts]
    *head, tail = numbers
    if len(parts) > 4 or any(number is None for number in numbers):
        return None
    bytes_ = [number for number in head if number is not None and number < 256]
    rest = 4 - len(head)
    if len(bytes_) < len(head) or tail is None or tail >= 256**rest:
        return None
    return str(IPv4Address(bytes(bytes_) + tail.to_bytes(rest, "big")))


def _number(part: str) -> int | None:
    # int() alone would also take signs, underscores and the digits of other scripts.
    if not _NUMBER.fullmatch(part):
        return None
    try:
        if part.startswith("0x"):
            return int(part[2:] or "0", 16)
        return int(part, 8 if part.startswith("0") else 10)
    except ValueError:
        return None
