"""How polite, how patient and how trusting is the gateway?"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from wireroom import __version__

MAX_REDIRECTS = 10
ROBOTS_REDIRECTS = 5  # RFC 9309 §2.3.1.2
ROBOTS_BYTES = 500 * 1024  # RFC 9309 §2.5
PORTS = frozenset({80, 443, 8080, 8443})
"""Where publishers serve the public; other ports belong to databases, consoles and printers."""
ROBOTS_TOKEN = "Wireroom"  # noqa: S105 - the name that robots.txt calls us by, no secret


class GatewaySettings(Struct, frozen=True, kw_only=True):
    """Limits and exemptions; times in seconds."""

    user_agent: str = f"{ROBOTS_TOKEN}/{__version__}"
    contact: str = ""
    """Address of a person or page, sent in the User-Agent so that a publisher can reach us."""
    per_host_interval_s: float = 1.0
    """Least time between the starts of two requests to one host."""
    per_host_connections: int = 2
    crawl_delay_cap_s: float = 30.0
    """Longest Crawl-delay we follow; longer ones would keep a feed from ever being read."""
    concurrency: int = 64
    timeout_s: float = 20.0
    """Budget of one exchange, from connecting to the last byte."""
    idle_s: float = 10.0
    """Longest silence within it."""
    turns: Path | None = None
    """Folder of the book that all processes of the machine share; without, each keeps its own."""
    allow: frozenset[str] = frozenset()
    """`ip:port` pairs exempt from the rule of public addresses and usual ports."""
    detour: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Host → origin such as `http://127.0.0.1:8000` that is asked in its stead; `*` stands for every host."""

    @property
    def signature(self) -> str:
        """Return the User-Agent header."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent
