"""How much of a body do we read?

Decoding is ours, chunk by chunk with a bounded output, so that a bomb of any kind stops at the cap with no more memory
than the cap. Time limits belong to the transfer, not here.
"""

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli  # type: ignore[import-untyped]  # ships no types; only bytes come out of it
from msgspec import Struct

_SLICE = 1 << 18
"""Decoded bytes asked for at a time."""


class Limits(Struct, frozen=True, kw_only=True):
    """Decoded bytes: more than `most` is too large, unless `enough` is given: there we stop quietly."""

    most: int
    enough: int | None = None


class Body(Struct, frozen=True, kw_only=True):
    """What was read; `whole` is False when we stopped at `enough`."""

    data: bytes
    whole: bool = True


class TooLarge(Exception):  # noqa: N818 - named for the body, mapped to an outcome one step up
    """The decoded body is larger than allowed."""


class Undecodable(Exception):  # noqa: N818 - as above
    """The body is not what its Content-Encoding says."""


class Decoder(Protocol):
    """Turns bytes off the wire into bytes of the document."""

    def decode(self, chunk: bytes) -> Iterator[bytes]:
        """Yield decoded slices; b"" tells that the input has ended."""
        ...


class _Plain:
    def decode(self, chunk: bytes) -> Iterator[bytes]:
        yield chunk


class _Deflated:
    """gzip, zlib and raw deflate: servers mean any of them by `deflate`, and some send plain text as `gzip`."""

    def __init__(self) -> None:
        self._inner: _Inflater | None = None
        self._held = b""

    def decode(self, chunk: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._held += chunk
            if len(self._held) < 2:  # too little to tell what it is
                return
            chunk, self._held = self._held, b""
            self._inner = _begin(chunk)
        out = b""
        # A full slice may have left more inside although all input is taken.
        while chunk or (len(out) == _SLICE and not self._inner.eof):
            out = self._inner.decompress(chunk, _SLICE)
            yield out
            chunk = self._inner.unconsumed_tail
            if self._inner.eof:
                chunk = self._next_member(self._inner.unused_data.lstrip(b"\0"))

    def _next_member(self, rest: bytes) -> bytes:
        """Go on with a following gzip member; padding and rubbish behind the stream is dropped, as browsers do."""
        if rest[:2] != b"\x1f\x8b":
            return b""
        self._inner = zlib.decompressobj(wbits=31)
        return rest


def _begin(chunk: bytes) -> "_Inflater":
    """Choose by the first two bytes (RFC 1952 §2.3.1, RFC 1950 §2.2); markup is passed on as it is."""
    if chunk[:1] == b"\x1f":
        return zlib.decompressobj(wbits=31)
    if chunk[0] & 0x0F == 8 and int.from_bytes(chunk[:2], "big") % 31 == 0:
        return zlib.decompressobj()
    return _Uncompressed() if chunk.lstrip()[:1] in {b"<", b"{", b"["} else zlib.decompressobj(wbits=-15)


class _Inflater(Protocol):
    """What zlib's decompressor and its stand-in for plain text have in common."""

    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def eof(self) -> bool: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class _Uncompressed:
    unconsumed_tail = unused_data = b""
    eof = False

    def decompress(self, data: bytes, _: int, /) -> bytes:
        return data


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def decode(self, chunk: bytes) -> Iterator[bytes]:
        out = self._inner.process(chunk, output_buffer_limit=_SLICE)
        yield out
        # Both signs are needed: after a full slice it may say that it takes more, and still hold decoded bytes.
        while len(out) >= _SLICE or not self._inner.can_accept_more_data():
            out = self._inner.process(b"", output_buffer_limit=_SLICE)
            yield out


def decoder_for(encoding: str) -> Decoder:
    """Return a decoder for a Content-Encoding; raise Undecodable for one that we did not ask for."""
    match encoding.strip().lower():
        case "" | "identity" | "none" | "utf-8":
            return _Plain()
        case "gzip" | "x-gzip" | "deflate":
            return _Deflated()
        case "br":
            return _Brotli()
        case other:
            raise Undecodable(f"the body is encoded as {other[:40]!r}, which we did not ask for")


class Intake:
    """Takes a body in as it arrives and decodes it; `encoding` is its Content-Encoding."""

    def __init__(self, encoding: str, limits: Limits) -> None:
        """Raise Undecodable for an encoding that we did not ask for."""
        self._decoder = decoder_for(encoding)
        self._encoding = encoding
        self._limits = limits
        self._parts: list[bytes] = []
        self._size = 0

    def take(self, chunk: bytes) -> bool:
        """Tell whether more is wanted; raise TooLarge above the cap and Undecodable when it does not decode."""
        try:
            for part in self._decoder.decode(chunk):
                self._parts.append(part)
                self._size += len(part)
                if self._is_full():
                    return False
        except (zlib.error, brotli.error) as error:
            raise Undecodable(f"the body is not the {self._encoding} it claims to be") from error
        return True

    def _is_full(self) -> bool:
        if self._limits.enough is not None:
            return self._size >= self._limits.enough
        if self._size > self._limits.most:
            raise TooLarge
        return False

    def body(self) -> Body:
        """Return what was taken in, once no more comes or no more is wanted."""
        data, enough = b"".join(self._parts), self._limits.enough
        if enough is not None and len(data) >= enough:
            return Body(data=data[:enough], whole=False)
        return Body(data=data)
