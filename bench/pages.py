"""How fast are pages read, against trafilatura and htmldate in the same run?

    python bench/pages.py [folder of outside data]

Rounds are interleaved and the ratio is taken pair by pair, CPU time of this process; exit status 1 when a target is
missed. Each page is read once per round, both sides parse for themselves, and what either side remembers of pages is
forgotten between rounds. Two processes at once may cost each page no more than a fifth more CPU than one.
"""

import gc
import gzip
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from functools import _lru_cache_wrapper, lru_cache
from multiprocessing import get_context
from pathlib import Path

import lxml.html
import trafilatura
import trafilatura.meta
from htmldate import find_date
from htmldate.meta import reset_caches

from wireroom.intake.extract import NotArticle, headings, merge, metadata, read_head, read_page, structured
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
    truth = json.loads((folder / "data/article-body/ground-truth.dev.json").read_text())
    return max([*(_compare(len(pages), *row) for row in rows), _accuracy(folder, truth), _two_processes(pages)])


def _accuracy(folder: Path, truth: Mapping[str, Mapping[str, str]]) -> int:
    """Compare body F1 by the benchmark's own measure: 4-grams of words, averaged over pages."""
    ours, theirs = [], []
    for name, page in truth.items():
        body = gzip.decompress((folder / f"data/article-body/html/{name}.html.gz").read_bytes())
        found = read_page(body, page["url"], content_type=None, providers=(), now=NOW)
        ours.append(_overlap(page["articleBody"], "" if isinstance(found, NotArticle) else found.text))
        theirs.append(_overlap(page["articleBody"], str(_text(body.decode("utf-8", "replace")) or "")))
    our, their = _f1(ours), _f1(theirs)
    print(f"{'body F1 against trafilatura fast':50} {our:10.3f} {their:10.3f} {'ok' if our >= their else 'MISSED':>19}")
    return 0 if our >= their else 1


def _overlap(wanted: str, found: str) -> tuple[float, float]:
    true, read = (
        Counter(zip(*(words[at:] for at in range(4)), strict=False)) for words in map(_words, (wanted, found))
    )
    both = sum((true & read).values())
    return both / max(1, sum(read.values())), both / max(1, sum(true.values()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def _f1(scores: list[tuple[float, float]]) -> float:
    precision, recall = (statistics.mean(side) for side in zip(*scores, strict=True))
    return float(2 * precision * recall / (precision + recall))


def _two_processes(pages: list[bytes]) -> int:
    """Compare CPU per page of one process with that of two at once."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(_cpu, [pages, pages]))  # begin, and read the tables
        alone = min(pool.submit(_cpu, pages).result() for _ in range(ROUNDS))
        start = time.perf_counter()
        together = min(statistics.mean(pool.map(_cpu, [pages, pages])) for _ in range(ROUNDS))
        wall = (time.perf_counter() - start) / ROUNDS
    met = together <= 1.2 * alone
    one, two = (1000 * seconds / len(pages) for seconds in (alone, together))
    rate = 2 * len(pages) / wall
    print(
        f"{'CPU per page, one process and two':50} {one:7.2f} ms {two:7.2f} ms {two / one:5.2f}x (limit 1.2) ", end=""
    )
    print(f"{'ok' if met else 'MISSED'}, {rate:.0f} pages a second on this machine now")
    return 0 if met else 1


def _cpu(pages: list[bytes]) -> float:
    return _clock(_records(pages))


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
        readers = (structured.evidence, metadata.evidence, headings.shown_times)
        stated = [[clue for reader in readers for clue in reader(sheet)] for sheet in sheets]
        return [merge.dates(merge.by_field(clues), NOW, lambda: False) for clues in stated]

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


@lru_cache(maxsize=1)
def _memories() -> tuple["_lru_cache_wrapper[object]", ...]:
    """Return our functions that remember what pages said; tables, which are read once, have no limit of entries."""
    found = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
    return tuple(one for one in found if one.__module__.startswith("wireroom") and one.cache_info().maxsize)


def _clock(work: Work) -> float:
    # Both libraries remember pages between rounds; a newsroom meets each page once.
    reset_caches()
    trafilatura.meta.reset_caches()
    for memory in _memories():
        memory.cache_clear()
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    raise SystemExit(main())
