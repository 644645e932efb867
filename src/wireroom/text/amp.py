"""Where does the AMP cache keep an AMP page?

String arithmetic only; whether the cache holds the page is not asked. The rules are those of
https://developers.google.com/amp/cache/overview as the project's toolbox carries them out.
"""

import re
from base64 import b32encode
from hashlib import sha256
from unicodedata import bidirectional

from wireroom.text.hosts import tidy_host

_CACHE = "cdn.ampproject.org"
_LABEL = 63  # octets, RFC 1035
_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<rest>(?P<host>[^/?#\s]+)(?P<path>[^?#\s]*)\S*)", re.IGNORECASE)
_IMAGE = frozenset({"bmp", "gif", "ico", "jpeg", "jpg", "png", "svg", "webp", "tif", "tiff", "avif"})
_FONT = frozenset({"eot", "otf", "ttf", "ttc", "woff", "woff2"})


def cache_url(amp_url: str) -> str | None:
    """Return the cache's address of an absolute http(s) AMP address; None when it has none (user info, port)."""
    found = _ADDRESS.fullmatch(amp_url.strip())
    if found is None or tidy_host(found["host"]) is None or ":" in found["host"]:
        return None
    subdomain = cache_subdomain(found["host"])
    if subdomain is None:
        return None
    secure = "s/" if found["scheme"].lower() == "https" else ""
    return f"https://{subdomain}.{_CACHE}/{_kind(found['path'])}/{secure}{found['rest']}"


def uncached(url: str) -> str:
    """Return the publisher's address of a page that the AMP cache or Google's viewer shows; others as they are."""
    found = _CACHED.match(url) if "amp" in url.lower() else None
    return f"http{'s' if found['secure'] else ''}://{found['rest']}" if found else url


_CACHED = re.compile(
    r"https?://(?:[^/?#]+\.cdn\.ampproject\.org/[cv]/|cdn\.ampproject\.org/[cv]/|(?:www\.)?google\.[a-z.]{2,6}/amp/)"
    r"(?P<secure>s/)?(?P<rest>[^/?#\s]+\.[^/?#\s]+\S*)",
    re.IGNORECASE,
)


def cache_subdomain(host: str) -> str | None:
    """Return the label under which the cache serves a host; None when the host is not a name."""
    try:
        ascii_host = ".".join(map(_to_ascii, host.lower().split(".")))
        shown = ".".join(map(_to_unicode, ascii_host.split(".")))
    except UnicodeError:
        return None
    return _readable(ascii_host, shown) or _hashed(ascii_host)


def _readable(ascii_host: str, shown: str) -> str | None:
    """Return the readable label, or None where the rules ask for the hashed one."""
    if len(ascii_host) > _LABEL or "." not in ascii_host or _reserved(ascii_host) or _mixes_directions(shown):
        return None
    label = _to_ascii(shown.replace("-", "--").replace(".", "-")).lower()
    if _reserved(label):
        label = f"0-{label}-0"
    return label if len(label) <= _LABEL else None


def _reserved(label: str) -> bool:
    """Tell whether hyphens stand where RFC 5891 reserves them."""
    return label[2:4] == "--" and not label.startswith("xn")


def _mixes_directions(text: str) -> bool:
    if text.isascii():
        return False
    directions = {bidirectional(char) for char in text}
    return "L" in directions and bool(directions & {"R", "AL"})


def _hashed(ascii_host: str) -> str:
    return b32encode(sha256(ascii_host.encode("ascii")).digest()).decode("ascii").rstrip("=").lower()


def _to_ascii(label: str) -> str:
    # The label made of a whole host is longer and odder than IDNA allows, so Punycode itself is applied.
    return label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}"


def _to_unicode(label: str) -> str:
    return label[4:].encode("ascii").decode("punycode") if label.startswith("xn--") else label


def _kind(path: str) -> str:
    extension = path.rpartition("/")[2].rpartition(".")[2].lower()
    return "i" if extension in _IMAGE else "r" if extension in _FONT else "c"
