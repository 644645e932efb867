"""How much memory does a piece of work need? It is done in a process of its own, so that its peak is its own."""

import resource
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

GROWTH = 1.15
"""How much more memory three times the records may take before it is not flat."""

T = TypeVar("T")


def apart(work: Callable[..., T], *given: object) -> tuple[T, float]:
    """Return what the work returns, and the peak of its process in MB."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_done, work, given).result()


def _done(work: Callable[..., T], given: tuple[object, ...]) -> tuple[T, float]:
    result = work(*given)
    return result, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
