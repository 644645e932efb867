"""How fast are pages read, against trafilatura and htmldate in the same run?

    python bench/pages.py [folder of outside data]

Rounds are interleaved and the ratio is taken pair by pair, CPU time of this process; exit status 1 when a target is
missed. Each page is read once per round and both sides parse for themselves.
"""

import gzip
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lxml.html
import trafilatura
import trafilatura.meta
from htmldate import find_date
from htmldate.meta import reset_caches

from wireroom.intake.extract import headings, merge, metadata, read_head, read_page, structured
from wireroom.intake.extract.sheet import open_sheet
from wireroom.text.html import parse

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROUNDS = 3
Work = Callable[[], object]


def main() -> int:
    default = Path(__file__).resolve().parent.parent.parent / "shared"
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("WIREROOM_SHARED", default))
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((folder / "data/article-body/html").glob("*.gz"))]
    if not pages:
        print(f"no pages under {folder}; name the folder of outside data")
        return 0
    texts = [page.decode("utf-8", "replace") for page in pages]
    rows = [
        ("metadata vs trafilatura.extract_metadata", 6.0, _heads(pages), _each(trafilatura.extract_metadata, texts)),
        ("dates vs htmldate fast, trees given", 2.0, _dates(texts), _parsed_dates(texts)),
        ("whole record vs trafilatura fast, with metadata", 2.0, _records(pages), _each(_trafilatura, texts)),
        ("whole record vs trafilatura fast, text only", 2.0, _records(pages), _each(_text, texts)),
    ]
    return max([_compare(len(pages), *row) for row in rows])


def _heads(pages: list[bytes]) -> Work:
    return lambda: [
        read_head(page, "https://outlet.example/a/b", content_type=None, providers=(), now=NOW) for page in pages
    ]


def _records(pages: list[bytes]) -> Work:
    return lambda: [
        read_page(page, "https://outlet.example/a/b", content_type=None, providers=(), now=NOW) for page in pages
    ]


def _each(read: Callable[[str], object], texts: list[str]) -> Work:
    return lambda: [read(text) for text in texts]


def _dates(texts: list[str]) -> Work:
    """Read dates over trees that are parsed already, as within a page's one parse."""
    trees = [tree for text in texts if (tree := parse(text)) is not None]

    def read() -> list[merge.Dates]:
        sheets = [open_sheet(tree, "https://outlet.example/a/b") for tree in trees]
        readers = (structured.evidence, metadata.evidence, headings.evidence)
        stated = [[clue for reader in readers for clue in reader(sheet)] for sheet in sheets]
        return [merge.dates(merge.by_field(clues), NOW) for clues in stated]

    return read


def _parsed_dates(texts: list[str]) -> Work:
    # htmldate prunes the tree it is given, so each round gets fresh ones, made outside the clock.
    rounds = [[lxml.html.document_fromstring(text.encode()) for text in texts] for _ in range(ROUNDS + 1)]
    return lambda: [find_date(tree, extensive_search=False, original_date=True) for tree in rounds.pop()]


def _trafilatura(text: str) -> object:
    return trafilatura.bare_extraction(text, fast=True, include_comments=False, with_metadata=True)


def _text(text: str) -> object:
    return trafilatura.extract(text, fast=True, include_comments=False)


def _compare(pages: int, name: str, target: float, ours: Work, theirs: Work) -> int:
    _clock(ours)
    pairs = [(_clock(ours), _clock(theirs)) for _ in range(ROUNDS)]
    ratio = statistics.median(their / our for our, their in pairs)
    our_ms, their_ms = (1000 * statistics.median(side) / pages for side in zip(*pairs, strict=True))
    met = ratio >= target
    print(
        f"{name:50} {our_ms:7.2f} ms {their_ms:7.2f} ms {ratio:5.2f}x (target {target:.0f}) {'ok' if met else 'MISSED'}"
    )
    return 0 if met else 1


def _clock(work: Work) -> float:
    # Both libraries remember pages between rounds; a newsroom meets each page once.
    reset_caches()
    trafilatura.meta.reset_caches()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
