"""How does a process begin that helps another one?"""

import os
import signal
import threading
from multiprocessing import connection, parent_process

from wireroom.runner.collector import look_rarely


def begin_helper() -> None:
    """Leave Ctrl-C to the process that asked, and end with it even when it is killed."""
    look_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(0)
