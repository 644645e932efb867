"""How does a process begin that helps another one?"""

import os
import signal
import threading
from contextlib import suppress
from multiprocessing import connection, parent_process

from wireroom.runner.collector import look_rarely


def begin_helper(memory: int | None = None) -> None:
    """Leave Ctrl-C to the process that asked, and end with it even when it is killed.

    More than `memory` bytes are refused, where the system can: Linux counts all that is not a file, macOS less.
    """
    look_rarely()
    if memory is not None:
        with suppress(ImportError, ValueError):
            import resource  # noqa: PLC0415 - not on Windows

            resource.setrlimit(resource.RLIMIT_DATA, (memory, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
