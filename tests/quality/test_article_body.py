"""Is the body text we read the one that people marked, on pages other people chose?

The measure is the benchmark's own (scrapinghub/article-extraction-benchmark): overlap of 4-grams of words, each page
normalised, precision and recall averaged over pages.
"""

import gzip
import json
import re
import statistics
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wireroom.intake.extract import NotArticle, read_page

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FLOOR = 0.978
"""Measured 2026-11: F1 0.981 (precision 0.975, recall 0.987); trafilatura 2.3.1 fast has 0.969 on the same half."""
TOKEN = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return (
        Counter(zip(*(tokens[at:] for at in range(4)), strict=False)) if len(tokens) >= 4 else Counter([tuple(tokens)])
    )


def overlap(wanted: str, found: str) -> tuple[float, float]:
    """Return precision and recall of one page."""
    true, read = shingles(wanted), shingles(found)
    both = sum((true & read).values())
    return both / max(1, sum(read.values())), both / max(1, sum(true.values()))


@pytest.mark.outside
def test_the_body_is_the_one_people_marked(shared: Path) -> None:
    folder = shared / "data/article-body"
    pages = json.loads((folder / "ground-truth.dev.json").read_text())
    scores = []
    for name, truth in pages.items():
        body = gzip.decompress((folder / f"html/{name}.html.gz").read_bytes())
        found = read_page(body, truth["url"], content_type=None, providers=(), now=NOW)
        assert not isinstance(found, NotArticle), f"{truth['url']}: {found.reason}"
        scores.append(overlap(truth["articleBody"], found.text))
    precision, recall = (statistics.mean(side) for side in zip(*scores, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    print(f"body F1 {f1:.4f}, precision {precision:.4f}, recall {recall:.4f} over {len(scores)} pages")
    assert len(scores) >= 80
    assert f1 >= FLOOR
