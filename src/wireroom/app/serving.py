"""Which folder is served?"""

from pathlib import Path

from wireroom.app.beat import Beat
from wireroom.app.build import outlet_folders
from wireroom.errors import UsageError


def served_folder(beat: Beat) -> Path:
    """Return the folder that holds the beat's newest edition."""
    for folder in outlet_folders(beat):
        if (folder / "index.html").is_file():
            return folder
    raise UsageError(f"{beat.folder} has no edition yet. Make one: wireroom run --beat {beat.folder}")
