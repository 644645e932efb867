"""How is a table written as Parquet? By pyarrow, which is an extra: it is larger than all of Wireroom."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from types import UnionType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from msgspec import Struct, structs

if TYPE_CHECKING:
    import pyarrow as pa

GROUP = 10_000
"""Lines that are held at a time, and that a reader may take at a time."""


def version() -> str:
    """Name the library: another one may give other bytes for the same lines."""
    from importlib.metadata import version  # noqa: PLC0415 - it loads the mail package, and few editions have this table

    return version("pyarrow")


def written(kind: type[Struct], lines: Iterable[Struct]) -> bytes:
    """Write lines, each of this kind; its fields are the columns and their types those of the columns."""
    import pyarrow as pa  # noqa: PLC0415 - an extra, and it loads slowly
    from pyarrow import parquet  # noqa: PLC0415 - see above

    schema = pa.schema([_field(name, hint) for name, hint in get_type_hints(kind).items()])
    out = pa.BufferOutputStream()
    with parquet.ParquetWriter(out, schema, compression="zstd") as table:
        rest = iter(lines)
        while some := list(islice(rest, GROUP)):
            columns = zip(*map(_values, some), strict=True)
            arrays = [pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)]
            table.write_batch(pa.record_batch(arrays, schema=schema))
    return bytes(out.getvalue())


def _field(name: str, hint: Any) -> "pa.Field[Any]":  # noqa: ANN401 - a type as it is written
    import pyarrow as pa  # noqa: PLC0415 - see above

    kinds = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    types: dict[object, pa.DataType] = {
        str: pa.string(),
        float: pa.float64(),
        bool: pa.bool_(),
        datetime: pa.timestamp("s", "UTC"),
        tuple[str, ...]: pa.list_(pa.string()),
    }
    return pa.field(name, types[kinds[0]], nullable=type(None) in kinds)


def _values(line: Struct) -> Iterator[object]:
    for value in structs.astuple(line):
        if isinstance(value, str):
            yield _plain(value)
        elif isinstance(value, tuple):
            yield [_plain(one) for one in value]
        else:
            yield value.replace(microsecond=0) if isinstance(value, datetime) else value


def _plain(text: str) -> str:
    """Return what UTF-8 can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
