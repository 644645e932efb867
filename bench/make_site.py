"""Our side of bench/site.py: load an edition, or invent one of so many posts, and deliver it to a folder."""

import gc
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import kept_edition
from wireroom.adapters.outlets import FolderOutlet
from wireroom.adapters.templates import CompiledTemplates
from wireroom.edition.render import render
from wireroom.edition.render.marks import whole_of
from wireroom.edition.render.portal.press import remember
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition, File

OURS = ("_news/", "api/v2/", "cards/", "export/", "search/")
"""What the peers do not make."""


def main(source: str, out: Path) -> None:
    remember(CompiledTemplates(out.with_name("templates")))
    gc.disable()  # as when an edition is made and delivered from an archive
    edition = invented(int(source)) if source.isdecimal() else kept_edition.read(Path(source))
    began = time.perf_counter()
    delivery = FolderOutlet(out).deliver(files(edition), whole=whole_of(edition))
    print(json.dumps([time.perf_counter() - began, len(delivery.written)]))


def invented(posts: int) -> Edition:
    import tempfile

    import wide_edition  # who loads an edition needs none of it
    from wireroom.adapters.spool import Spool
    from wireroom.edition.shelf import Shelf

    return wide_edition.edition(posts, Shelf(Spool(Path(tempfile.gettempdir()))).put)


def files(edition: Edition) -> Iterator[File | Draft]:
    return (one for one in render(edition) if not one.path.startswith(OURS))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
