"""Why did no answer come, in words that a user understands?"""

import errno
import ssl

import aiohttp
from msgspec import Struct

from wireroom.adapters.web.bodies import TooLarge, Undecodable
from wireroom.adapters.web.guard import refused_addresses
from wireroom.adapters.web.settings import GatewaySettings

_ERRNO = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: "the server broke the connection",
    errno.EPIPE: "the server broke the connection",
    errno.EHOSTUNREACH: "no way to the host",
    errno.ENETUNREACH: "no way to the network of the host",
    errno.ETIMEDOUT: "the host did not answer",
    errno.EMFILE: "this computer has no more open files to give",
}

_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    # The first kind that fits: aiohttp's errors are kinds of each other, the narrow ones stand first.
    (TooLarge, "body larger than {most}"),
    (aiohttp.ClientConnectorDNSError, "no such host: {host}"),
    (aiohttp.ClientConnectorCertificateError, "the certificate of {host} is not valid: {why}"),
    (aiohttp.ClientSSLError, "no secure connection with {host}"),
    (aiohttp.SocketTimeoutError, "nothing arrived for {idle:g} s"),
    (TimeoutError, "took longer than {all:g} s"),
    (aiohttp.ClientPayloadError, "the answer ended early"),
    (aiohttp.ServerDisconnectedError, "the server hung up without an answer"),
    (aiohttp.ClientResponseError, "the answer is not proper HTTP"),
    (OSError, "{why}"),
    (ValueError, "the address cannot be asked"),
)


class Failure(Struct, frozen=True, kw_only=True):
    """No answer; `refused` when it was we who would not go there."""

    reason: str
    refused: bool = False


def failure_of(error: Exception, most: int, settings: GatewaySettings) -> Failure:
    """Name what went wrong in an exchange; `most` is the cap on its body in bytes."""
    if isinstance(error, OSError) and (reason := refused_addresses(error)):
        return Failure(reason=reason, refused=True)
    return Failure(reason=_reason(error, most, settings))


def _reason(error: Exception, most: int, settings: GatewaySettings) -> str:
    if isinstance(error, Undecodable):
        return str(error)
    words = {
        "most": _size(most),
        "host": getattr(error, "host", ""),
        "idle": settings.idle_s,
        "all": settings.timeout_s,
    }
    for kind, sentence in _SENTENCES:
        if isinstance(error, kind):
            return sentence.format(**words, why=_detail(error))
    return f"connection failed: {type(error).__name__}"


def _detail(error: Exception) -> str:
    """Return the part of the reason that only this error knows."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        inner = error.certificate_error
        return inner.verify_message if isinstance(inner, ssl.SSLCertVerificationError) else "it names another host"
    if isinstance(error, OSError):
        return _ERRNO.get(error.errno or 0) or f"connection failed: {error.strerror or type(error).__name__}"
    return ""


def _size(count: int) -> str:
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= step:
            return f"{count / step:g} {unit}"
    return f"{count} bytes"
