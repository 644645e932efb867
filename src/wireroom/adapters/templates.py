"""Where do compiled templates lie from one run to the next? In a folder; what cannot be kept is compiled again."""

from contextlib import suppress
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket

from wireroom.edition.render.marks import code
from wireroom.records.ids import digest


class CompiledTemplates(FileSystemBytecodeCache):
    """Compiled templates of one beat, told apart by their source and by the code that compiles them."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder of ours, which is made when it is missing."""
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        super().__init__(str(folder), "%s.compiled")

    def get_source_checksum(self, source: str) -> str:
        """Return what a kept template must have been made from."""
        return digest(code(), source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load a template, if it was kept and is not damaged."""
        with suppress(OSError, EOFError, UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where there is room for it."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
