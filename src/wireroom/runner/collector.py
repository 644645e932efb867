"""How does a process spare itself searching for cycles among objects that have none?

Importing what a run needs makes some 200,000 objects, which the collector of cycles looks through again and again: a
tenth of the start. At the end it looks through all of them once more, 0.1 s in which a user waits for nothing.
"""

import atexit
import gc

MADE = 20_000
"""Objects made, less those gone, before the collector looks at them; Python's own figure is 700."""


def look_rarely() -> None:
    """Let the collector look rarely in this process, and not when it ends."""
    gc.set_threshold(MADE, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
