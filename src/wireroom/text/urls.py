"""Which document does an address name, and whose is it?

Pure string work: nothing is resolved or fetched. Hostile input gives None, "" or itself, never an exception.
"""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus, urljoin, urlsplit

from msgspec import Struct

from wireroom.text.hosts import tidy_host

if TYPE_CHECKING:
    from tldextract import TLDExtract
    from yarl import URL

_EDGES = "".join(map(chr, range(0x21)))
_DROPPED = str.maketrans("", "", "\t\n\r")
_SPECIAL = re.compile(r"(https?):(.*)", re.IGNORECASE | re.DOTALL)
_HOSTED = r"https?://(?:[a-z0-9-]+\.)+[a-z]{2,}"
_STEPS = r"[A-Za-z0-9_.,=!:()@*+~$&'/-]*"
_PLAIN = re.compile(
    rf"{_HOSTED}/{_STEPS}(?:%(?:2[0BF]|[89A-F][0-9A-F]){_STEPS})*"
    r"(?:\?[A-Za-z0-9_=&.,:;/?@!$'()*+~-]+)?(?:#[A-Za-z0-9_-]+)?"
)
"""Addresses that resolve to themselves unless a step of the path begins with a dot: most of them, and recognised in a
twentieth of the time that resolving takes."""
_ORIGIN = re.compile(r"(?P<scheme>https?:)//[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?=/)")
_BARE_PATH = re.compile(
    _HOSTED + r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.,=!:()@*-]*/)*(?:[A-Za-z0-9_-][A-Za-z0-9_.,=!:()@*-]*)?"
)
"""Addresses that a document is filed under as they stand."""
LONGEST = 2_000
"""Characters of an address worth having: servers refuse longer ones, as do the indexes of PostgreSQL (2,700 bytes)."""
_BAD_AUTHORITY = re.compile(r"[a-z]+://[^/?#]*[\x00-\x20\x7f]")
_BARE = re.compile(r"https?://((?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+)(?:[/?#][!-~]*)?")
"""Addresses whose host stands there as it is compared: nearly all of them, at a sixth of the cost of reading them."""
_IP_ADDRESS = re.compile(r"[\d.]+|.*:.*")


class Trackers(Struct, frozen=True, kw_only=True):
    """The table of query parameters that never choose content."""

    as_of: str
    prefixes: tuple[str, ...]
    names: frozenset[str]
    valued: dict[str, frozenset[str]]

    def name_one(self, pair: str) -> bool:
        """Tell whether a raw `name=value` pair is a tracker."""
        name, _, value = pair.partition("=")
        name = unquote_plus(name).lower()
        if name in self.names or name.startswith(self.prefixes):
            return True
        return unquote_plus(value).lower() in self.valued.get(name, ())


@cache
def trackers() -> Trackers:
    """Load the dated table that ships with the package."""
    table = tomllib.loads(files(__package__).joinpath("trackers.toml").read_text(encoding="utf-8"))
    return Trackers(
        as_of=table["as_of"],
        prefixes=tuple(table["prefixes"]),
        names=frozenset(table["names"]),
        valued={name: frozenset(values) for name, values in table["valued"].items()},
    )


@cache
def _suffixes() -> "TLDExtract":
    """Load the public suffix list that comes with tldextract; nothing is fetched or cached on disk."""
    from tldextract import TLDExtract  # noqa: PLC0415 - it brings an HTTP client: 0.2 s that most commands never need

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def absolute(base: str, ref: str) -> str | None:
    """Resolve a reference as a browser would; None when that gives no http(s) address with a host."""
    if _is_plain(ref):
        return ref
    if ref.startswith("/") and _is_plain(written := f"{_start(base, ref)}{ref}"):
        return written
    return _resolved(base, ref) if len(ref) > LONGEST else _remembered(base, ref)


@lru_cache(maxsize=1024)
def _remembered(base: str, ref: str) -> str | None:
    """Resolve what a page says several times, as its lead picture."""
    return _resolved(base, ref)


def _is_plain(url: str) -> bool:
    return "/." not in url and _PLAIN.fullmatch(url) is not None


def within_reach(base: str, ref: str) -> str | None:
    """Resolve a reference; None also when its address is longer than any server takes."""
    url = absolute(base, ref)
    return url if url and len(url) <= LONGEST else None


def _start(base: str, ref: str) -> str:
    """Return what stands before a reference that begins with a slash; "" when the base has to be read for it."""
    found = _ORIGIN.match(base)
    if found is None:
        return ""
    return found["scheme"] if ref.startswith("//") else found[0]


def _resolved(base: str, ref: str) -> str | None:
    try:
        relative = _tidy(ref, base_scheme=base.lstrip(_EDGES).partition(":")[0].lower())
        joined = urljoin(_tidy(base), relative)
        if _BAD_AUTHORITY.match(joined) or relative in {"http://", "https://"}:
            return None
        url = _read(joined)
        name = tidy_host(url.raw_host or "")
        if name is None or url.scheme not in {"http", "https"}:
            return None
        if name != url.raw_host:
            url = url.with_host(name)
            # Full-width signs become forbidden ones only now that the host was folded.
            if tidy_host(url.raw_host or "") != url.raw_host:
                return None
        return str(url if url.raw_path != "/" else url.with_path("/", keep_query=True, keep_fragment=True))
    except ValueError:
        return None


def _read(url: str) -> "URL":
    """Take an address apart; raise ValueError."""
    from yarl import URL  # noqa: PLC0415 - 5 ms that a poll of plain addresses never needs

    return URL(url)


def _tidy(ref: str, base_scheme: str = "") -> str:
    """Undo what browsers forgive (WHATWG URL §4.4): stray white space, backslashes, too few or many slashes."""
    ref = ref.strip(_EDGES).translate(_DROPPED)
    if special := _SPECIAL.fullmatch(ref):
        scheme, rest = special[1].lower(), _slashes(special[2])
        if scheme == base_scheme and not rest.startswith("/"):
            return rest
        return f"{scheme}://{rest.lstrip('/')}" if scheme != base_scheme or rest.startswith("//") else rest
    if base_scheme in {"http", "https"}:
        ref = _slashes(ref)
        return f"//{ref.lstrip('/')}" if ref.startswith("//") else ref
    return ref


def _slashes(ref: str) -> str:
    """Read backslashes before the query as slashes."""
    end = min((at for at in (ref.find("?"), ref.find("#")) if at >= 0), default=len(ref))
    return ref[:end].replace("\\", "/") + ref[end:]


def canonical(url: str) -> str:
    """Return the address a document is filed under: lower host, no credentials, fragment or trackers, sorted query.

    What is no http(s) address comes back stripped. Doing it twice changes nothing.
    """
    url = url.strip()
    if _BARE_PATH.fullmatch(url):
        return url
    return _filed(url) if len(url) > LONGEST else _remembered_filed(url)


@lru_cache(maxsize=1024)
def _remembered_filed(url: str) -> str:
    """Clean what a page says several times, as its own address."""
    return _filed(url)


def _filed(url: str) -> str:
    resolved = absolute("", url)
    if resolved is None:
        return url
    parts = urlsplit(resolved)
    port = f":{parts.port}" if parts.port not in {None, 80 if parts.scheme == "http" else 443} else ""
    name = (parts.hostname or "").rstrip(".")
    netloc = f"[{name}]" if ":" in name else name
    table = trackers()
    kept = sorted(pair for pair in parts.query.split("&") if pair and not table.name_one(pair))
    query = f"?{'&'.join(kept)}" if kept else ""
    return f"{parts.scheme}://{netloc}{port}{parts.path or '/'}{query}"


@lru_cache(maxsize=1 << 14)
def host(url: str) -> str:
    """Return the host of an address in lower case and ASCII form, without port; "" when there is none."""
    if bare := _BARE.fullmatch(url):
        return bare[1]
    try:
        return (_read(url.strip(_EDGES)).raw_host or "").rstrip(".").lower()
    except ValueError:
        return ""


def domain(url_or_host: str) -> str:
    """Return the registrable domain by the bundled public suffix list; "" for a suffix, an IP address or no host."""
    return _domain(host(url_or_host if "//" in url_or_host else f"//{url_or_host}"))


@lru_cache(maxsize=1 << 14)
def _domain(name: str) -> str:
    if not name or name.startswith(".") or _IP_ADDRESS.fullmatch(name):
        return ""
    found = _suffixes()(name)
    if found.suffix:
        return found.top_domain_under_public_suffix
    # The list's own default rule: an unlisted last label (.example, .test) is a suffix.
    return ".".join(name.split(".")[-2:]) if "." in name else ""
