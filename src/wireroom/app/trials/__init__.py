"""What does one stage make of a file? `wireroom try`, for trying a rule and reporting a bug: no archive, no network."""

from collections.abc import Callable

from msgspec import Struct

from wireroom.errors import WireroomError


class Mishap(Struct, frozen=True, kw_only=True):
    """An input that failed, and why."""

    input: str
    error: str


class Unusable(WireroomError):  # noqa: N818 - named for what it says of the input
    """An input cannot be tried; the text says why."""


def attempted(name: str, attempt: Callable[[str], object]) -> object:
    """Return what the attempt made of an input, or the mishap: one bad input never stops the others."""
    try:
        return attempt(name)
    except (OSError, WireroomError, UnicodeDecodeError) as error:
        return mishap(name, error)


def mishap(name: str, error: Exception) -> Mishap:
    """Say why an input failed."""
    why = f"cannot be read: {error.strerror or error}" if isinstance(error, OSError) else str(error)
    return Mishap(input=name, error=why)
