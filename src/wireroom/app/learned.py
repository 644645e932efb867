"""Where does a beat keep what it learned? One JSON file in its folder: readable, comparable, and deleted to forget."""

from pathlib import Path

from msgspec import DecodeError, ValidationError, json, structs

from wireroom.errors import BeatError
from wireroom.records.ids import digest
from wireroom.records.learned import Learned

LEARNED_FILE = "learned.json"


def read_learned(folder: Path) -> Learned:
    """Read what a beat switched on; nothing when there is no file."""
    path = folder / LEARNED_FILE
    if not path.is_file():
        return Learned()
    body = path.read_bytes()
    try:
        learned = json.decode(body, type=Learned)
    except (DecodeError, ValidationError) as error:
        raise BeatError(f"{path}: cannot be used: {error}. Make it again: wireroom learn; or delete it") from None
    return structs.replace(learned, version=digest(body.decode())[:8])


def write_learned(folder: Path, learned: Learned) -> Path:
    """Switch on what was learned: the next run judges by it."""
    path = folder / LEARNED_FILE
    body = json.format(json.encode(structs.replace(learned, version="")), indent=1)
    path.with_suffix(".new").write_bytes(body + b"\n")
    return path.with_suffix(".new").replace(path)
