"""How long does delivering take when nothing changed, and when everything did? 10,000 files in a folder.

Exit code 1 when an unchanged edition takes longer than a tenth of a second.
"""

import sys
import tempfile
import time
from pathlib import Path

from wireroom.adapters.outlets import FolderOutlet
from wireroom.records.editions import Delivery, File

FILES, SIZE, ROUNDS, LIMIT_S = 10_000, 4_000, 5, 0.1


def timed(outlet: FolderOutlet, files: list[File]) -> tuple[float, Delivery]:
    start = time.perf_counter()
    delivery = outlet.deliver(files)
    return time.perf_counter() - start, delivery


def main() -> int:
    files = [File(path=f"news/{n % 97}/{n}.html", body=f"{n:08}".encode() * (SIZE // 8)) for n in range(FILES)]
    other = [File(path=file.path, body=file.body + b"!") for file in files]
    with tempfile.TemporaryDirectory() as folder:
        outlet = FolderOutlet(Path(folder) / "site")
        first, delivery = timed(outlet, files)
        assert len(delivery.written) == FILES
        same = min(timed(outlet, files)[0] for _ in range(ROUNDS))
        one, delivery = timed(outlet, [*files[:-1], other[-1]])
        assert delivery.unchanged == FILES - 1
        all_changed, _ = timed(outlet, other)
    for name, seconds in (("first", first), ("unchanged", same), ("one changed", one), ("all changed", all_changed)):
        print(f"{name:12} {seconds:7.3f} s  {FILES / seconds:9.0f} files/s")
    return int(same > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
