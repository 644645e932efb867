"""Why did no answer come, in words that a user understands?"""

import errno
import re
from collections.abc import Collection

import pycurl
from msgspec import Struct

from wireroom.adapters.web.bodies import TooLarge, Undecodable
from wireroom.adapters.web.guard import refusal_of
from wireroom.adapters.web.heads import ImproperHead
from wireroom.adapters.web.names import NoSuchHost
from wireroom.adapters.web.settings import GatewaySettings
from wireroom.adapters.web.transfer import Broken, Silence

_ERRNO = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "the server broke the connection",
    errno.EPIPE: "the server broke the connection",
    errno.EHOSTUNREACH: "no way to the host",
    errno.ENETUNREACH: "no way to the network of the host",
    errno.ETIMEDOUT: "the host did not answer",
    errno.EMFILE: "this computer has no more open files to give",
}
_VERIFIED = re.compile(r"(?:verify result|certificate problem): (.+?)(?: \(\d+\))?$")
_WEIRD_REPLY, _HTTP2_STREAM, _TOO_LARGE = 8, 92, 100
"""Codes that pycurl has no names for: curl.se/libcurl/c/libcurl-errors.html."""
_BROKEN = "the server broke the connection"
_IMPROPER = "the answer is not proper HTTP"
_INSECURE = "no secure connection with {host}"
_SENTENCES: dict[int | type[Exception], str] = {
    # By the code of libcurl, or the kind of our own trouble.
    TooLarge: "body larger than {most}",
    Undecodable: "{told}",
    ImproperHead: _IMPROPER,
    NoSuchHost: "no such host: {host}",
    Silence: "nothing arrived for {idle:g} s",
    TimeoutError: "took longer than {all:g} s",
    pycurl.E_URL_MALFORMAT: "the address cannot be asked",
    pycurl.E_COULDNT_RESOLVE_HOST: "no such host: {host}",
    pycurl.E_OPERATION_TIMEDOUT: "took longer than {all:g} s",
    pycurl.E_PEER_FAILED_VERIFICATION: "the certificate of {host} is not valid: {certificate}",
    pycurl.E_SSL_CACERT_BADFILE: "the certificates of this computer, by which it knows servers, cannot be read",
    pycurl.E_SSL_CONNECT_ERROR: _INSECURE,
    pycurl.E_SSL_CIPHER: _INSECURE,
    pycurl.E_PARTIAL_FILE: "the answer ended early",
    pycurl.E_GOT_NOTHING: "the server hung up without an answer",
    pycurl.E_SEND_ERROR: _BROKEN,
    pycurl.E_RECV_ERROR: _BROKEN,
    pycurl.E_UNSUPPORTED_PROTOCOL: _IMPROPER,
    pycurl.E_BAD_CONTENT_ENCODING: _IMPROPER,
    _WEIRD_REPLY: _IMPROPER,
    pycurl.E_HTTP2: _IMPROPER,
    _HTTP2_STREAM: _BROKEN,
    _TOO_LARGE: _IMPROPER,
}


class Failure(Struct, frozen=True, kw_only=True):
    """No answer; `refused` when it was we who would not go there."""

    reason: str
    refused: bool = False


class Asked(Struct, frozen=True, kw_only=True):
    """What was asked when it went wrong: the host, the cap on the body in bytes, and how patient we are."""

    host: str
    most: int
    settings: GatewaySettings


def failure_of(error: Exception, asked: Asked, refused: Collection[str] = ()) -> Failure:
    """Name what went wrong in an exchange that did not connect to these addresses because the guard forbade it."""
    code = error.code if isinstance(error, Broken) else 0
    if refused and code == pycurl.E_COULDNT_CONNECT:
        return Failure(reason=refusal_of(refused), refused=True)
    sentence = _by_errno(error) or _SENTENCES.get(code or type(error)) or "connection failed: {told}"
    words = {
        "host": asked.host,
        "most": _size(asked.most),
        "idle": asked.settings.idle_s,
        "all": asked.settings.timeout_s,
        "told": str(error) or type(error).__name__,
        "certificate": _certificate(str(error)),
    }
    return Failure(reason=sentence.format(**words))


def _by_errno(error: Exception) -> str | None:
    """Return what the system says; behind other codes than this one, libcurl holds the number of some earlier try."""
    if isinstance(error, Broken):
        return _ERRNO.get(error.number) if error.code == pycurl.E_COULDNT_CONNECT else None
    return _ERRNO.get(error.errno or 0) if isinstance(error, OSError) else None


def _certificate(told: str) -> str:
    """Return what is wrong with a certificate, as OpenSSL says it within libcurl's words."""
    found = _VERIFIED.search(told)
    return found[1] if found else "it names another host"


def _size(count: int) -> str:
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= step:
            return f"{count / step:g} {unit}"
    return f"{count} bytes"
