"""How does a new beat folder come into being? Copies a shipped beat and gives it a name of its own."""

import re
import shutil
from importlib.resources import files
from pathlib import Path

from wireroom.app.beat import BEAT_FILE
from wireroom.errors import BeatError, UsageError
from wireroom.text.slugs import slug

STARTS = ("ai-watch", "blank")
IGNORED = shutil.ignore_patterns(".wireroom", "site")
"""What running a beat leaves in its folder is not part of the beat."""


def shipped(name: str) -> Path:
    """Return the folder of a shipped beat: inside the installed package, or beside the source tree."""
    package = Path(str(files("wireroom")))
    for folder in (package / "beats" / name, package.parent.parent / "beats" / name):
        if (folder / BEAT_FILE).is_file():
            return folder
    raise UsageError(f"no shipped beat is called '{name}'. There are: {', '.join(STARTS)}")


def start_beat(folder: Path, source: str, *, named: bool = True) -> None:
    """Make a beat folder to edit, named after the folder or as shipped; refuse to touch one that holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BeatError(f"{folder} already holds something. Name an empty or a new folder")
    shutil.copytree(shipped(source), folder, dirs_exist_ok=True, ignore=IGNORED)
    if named:
        name = folder.resolve().name
        rename(folder / BEAT_FILE, slug(name) or "my-beat", name)


def rename(file: Path, beat_id: str, name: str) -> None:
    """Give a beat file the id and name of its folder, keeping its comments."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(r'^id = ".*"$', f'id = "{beat_id}"', text, count=1, flags=re.MULTILINE)
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    file.write_text(
        re.sub(r'^name = ".*"$', lambda _: f'name = "{quoted}"', text, count=1, flags=re.MULTILINE), "utf-8"
    )
