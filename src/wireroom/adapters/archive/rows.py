"""How does a record become a row, and a row a record?

The record stands whole in its row as JSON, so that what is read is what was written, and a new optional field needs no
migration. Must not know which database it is.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec
from msgspec import Struct

from wireroom.records.articles import Article

R = TypeVar("R", bound=Struct)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_encoder = msgspec.json.Encoder()
_decoders: dict[type[Struct], msgspec.json.Decoder[Struct]] = {}


def micros(moment: datetime) -> int:
    """Return microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(number: int) -> datetime:
    """Return the time that so many microseconds since 1970 are."""
    return _EPOCH + timedelta(microseconds=number)


def storable(value: str) -> str:
    """Return text without what databases refuse: NUL and halves of surrogate pairs, as a hostile feed may send."""
    if value.isascii():
        return value.replace("\x00", "")
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def pack(record: Struct) -> str:
    """Write a record as JSON."""
    try:
        return _encoder.encode(record).decode()
    except UnicodeEncodeError:
        return _encoder.encode(_mended(msgspec.to_builtins(record))).decode()


def unpack(kind: type[R], record: str) -> R:
    """Read a record from JSON."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    return decoder.decode(record)  # type: ignore[return-value]  # the table maps each type to its own decoder


def whole(record: str, text: str) -> Article:
    """Put the text back into an article; it lies beside its record."""
    return msgspec.structs.replace(unpack(Article, record), text=text)


def _mended(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {key: _mended(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(part) for part in value]
    return value


def chunks(values: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    """Cut distinct values into lists short enough for one `IN (…)`."""
    distinct = list(dict.fromkeys(values))
    for start in range(0, len(distinct), size):
        yield distinct[start : start + size]
