"""How many cores may this process use?"""

import os


def usable_cores() -> int:
    """Return the cores that the system leaves to this process; where it does not say, those of the machine."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
