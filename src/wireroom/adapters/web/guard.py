"""May we talk to this address?

The deciding check runs on the address that is really connected, where its socket is made: after DNS, after every
redirect, so a name that answers differently the second time gains nothing. The check of the URL before it only spares a
lookup and gives a clearer reason.
"""

import re
import socket
from collections.abc import Collection
from errno import EACCES
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any

from wireroom.adapters.web.addresses import Address
from wireroom.adapters.web.settings import PORTS

# IANA special-purpose registries as of 2026-11; what ipaddress of Python 3.11 still calls global.
_SPECIAL = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # 6to4 relays
        "::/96",  # IPv4-compatible, among them ::127.0.0.1
        "64:ff9b:1::/48",  # local NAT64
        "2001::/23",  # protocol assignments, Teredo
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fec0::/10",  # site-local
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")
_LITERAL = re.compile(r"[0-9.]+|.*:.*")
_MARK = "not a public address: "


class ForbiddenAddress(OSError):  # noqa: N818 - named for what it met
    """A connection to an address that we do not visit was about to be made."""

    def __init__(self, address: str) -> None:
        super().__init__(EACCES, f"{_MARK}{address}")
        self.address = address


class Guard:
    """Knows which addresses are public and which are exempt."""

    def __init__(self, allow: frozenset[str]) -> None:
        self._allow = allow
        self._ports = PORTS | {int(pair.rpartition(":")[2]) for pair in allow}

    def refusal(self, asked: Address) -> str | None:
        """Return why an address is not visited, as far as its letters tell; None when it may be."""
        if "@" in asked.authority:
            return "the address contains credentials"
        if asked.port not in self._ports:
            return f"port {asked.port} is not one that publishers use"
        if not is_literal(asked.host):
            return None
        # text.urls writes every odd form of an IP address in the usual one.
        address = str(ip_address(asked.host))
        return None if self.allows(address, asked.port) else refusal_of([address])

    def allows(self, address: str, port: int) -> bool:
        """Tell whether an IP address and port may be connected."""
        if f"{address}:{port}" in self._allow or f"[{address}]:{port}" in self._allow:
            return True
        return port in PORTS and is_public(address)

    def open_socket(self, family: int, kind: int, proto: int, place: tuple[Any, ...]) -> socket.socket:
        """Make the socket for a connection to a place (address, port, …); raise ForbiddenAddress when not allowed."""
        address, port, *_ = place
        if not self.allows(address, port):
            raise ForbiddenAddress(address)
        return socket.socket(family, kind, proto)


def is_literal(host: str) -> bool:
    """Tell whether a host is an IP address, not a name."""
    return _LITERAL.fullmatch(host) is not None


def refusal_of(addresses: Collection[str]) -> str:
    """Return the reason why no connection was made when these addresses of a name were refused."""
    return f"{_MARK}{', '.join(sorted(set(addresses)))}"


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the public internet, looking into addresses that carry another one."""
    ip = _inner(ip_address(address.partition("%")[0]))
    if any(ip in block for block in _SPECIAL if block.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_unspecified or ip.is_reserved or ip.is_loopback)


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Unwrap IPv4-mapped, NAT64 and 6to4 addresses."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
