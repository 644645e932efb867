"""What does the head of an answer say? It is read line by line as it arrives."""

import re

from wireroom.records.outcomes import first_header

LONGEST_LINE = 16_384
LONGEST_HEAD = 131_072
"""Bytes; libcurl itself would take lines of 100 KB."""
_STATUS = re.compile(rb"HTTP/[\d.]+ +(\d{3})\s")


class ImproperHead(Exception):  # noqa: N818 - named for what arrived
    """The head is longer than any honest one, or does not begin with a status."""


class Head:
    """Status and headers: names in lower case, repeated ones kept; interim answers (1xx) and trailers passed over."""

    __slots__ = ("_lines", "_size", "headers", "status")

    def __init__(self) -> None:
        self.status = 0
        self.headers: tuple[tuple[str, str], ...] = ()
        self._lines: list[bytes] = []
        self._size = 0

    @property
    def is_complete(self) -> bool:
        """Tell whether the empty line behind the last header has arrived."""
        return self.status >= 200

    def take(self, line: bytes) -> bool:
        """Take a line with its end; tell whether it completed the head. Raise ImproperHead when it grows too long."""
        if self.is_complete:
            return False
        self._size += len(line)
        if len(line) > LONGEST_LINE or self._size > LONGEST_HEAD:
            raise ImproperHead
        if line not in {b"\r\n", b"\n"}:
            self._lines.append(line)
            return False
        first, *rest = self._lines
        self._lines = []
        status = self.status = _status(first)
        if status < 200:
            return False
        self.headers = tuple(_field(held) for held in rest)
        return True

    def first(self, name: str) -> str:
        """Return the first header of that lower-case name, "" when there is none."""
        return first_header(self.headers, name) or ""

    @property
    def length(self) -> int | None:
        """Return the declared length of the body in bytes, None when there is none."""
        declared = self.first("content-length")
        return int(declared) if declared.isdecimal() else None

    @property
    def is_framed(self) -> bool:
        """Tell whether the head says where the body ends; else it ends with the connection (RFC 9112 §6.3)."""
        return self.length is not None or bool(self.first("transfer-encoding"))


def _status(line: bytes) -> int:
    """Read the status of a first line; RFC 9110 §15 has three digits, and libcurl passes on four."""
    found = _STATUS.match(line)
    if found is None:
        raise ImproperHead
    return int(found[1])


def _field(line: bytes) -> tuple[str, str]:
    name, _, value = line.partition(b":")
    return name.strip().lower().decode("latin-1"), _text(value.strip())


def _text(value: bytes) -> str:
    """Return a header's text; bytes that are no UTF-8 are read as Latin-1."""
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")
