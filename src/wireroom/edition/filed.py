"""How are values found by number that lie packed one behind the other? A few of them stay fetched."""

from array import array
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")


class Place(Protocol):
    """Where bytes lie one after the other."""

    def look(self, start: int, end: int) -> bytes:
        """Return the bytes between two places."""
        ...


class Store(Place, Protocol):
    """Where bytes can be put."""

    def keep(self, body: bytes) -> None:
        """Put a piece behind those that lie there."""
        ...


class Filed(Generic[T]):
    """Finds values by number; `warm` of them stay fetched."""

    def __init__(self, place: Place, read: Callable[[bytes], T], warm: int) -> None:
        self._place, self._read, self._most = place, read, warm
        self._ends = array("Q", [0])
        self._warm: dict[int, T] = {}

    def next(self, size: int) -> bytes:
        """Return the next `size` bytes that lie there and have no number yet."""
        return self._place.look(self._ends[-1], self._ends[-1] + size)

    def note(self, size: int) -> int:
        """Give the next `size` bytes a number."""
        self._ends.append(self._ends[-1] + size)
        return len(self._ends) - 2

    def body(self, number: int) -> bytes:
        """Return the bytes of a number."""
        return self._place.look(self._ends[number], self._ends[number + 1])

    def fetch(self, number: int) -> T:
        """Return the value of a number."""
        found = self._warm.get(number)
        if found is None:
            if len(self._warm) >= self._most:
                self._warm.clear()
            found = self._warm[number] = self._read(self.body(number))
        return found
