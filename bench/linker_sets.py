"""Of which reports is it known which happening each tells? The sets that link/weights.json is learned from."""

import json
import os
import random
from collections.abc import Callable, Iterator
from csv import DictReader
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from msgspec import structs

from wireroom.intake.link.batch import ReportRow
from wireroom.newsstand.pieces import pieces
from wireroom.text.paid import declared_paid
from wireroom.text.tokens import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WIREROOM_SHARED", ROOT.parent / "shared"))
Source = Callable[[], Iterator[tuple[ReportRow, str]]]


def headlines() -> Iterator[tuple[ReportRow, str]]:
    path = SHARED / "data/clustering/uci_news_aggregator.dev.csv"
    with path.open(encoding="utf-8") as lines:
        for row in DictReader(lines):
            when = datetime.fromtimestamp(int(row["TIMESTAMP"]) / 1000, UTC)
            yield ReportRow(id=row["ID"], title=row["TITLE"], published=when, provider=row["PUBLISHER"]), row["STORY"]


def happenings() -> Iterator[tuple[ReportRow, str]]:
    """Our own invented reports, many of one kind at a time, told in the same sentences: the hardest to keep apart."""
    for line in (ROOT / "tests/quality/data/happenings.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        when = datetime.fromtimestamp(row["at"], UTC)
        yield ReportRow(id=row["id"], title=row["title"], text=row["text"], published=when), row["story"]


def events() -> Iterator[tuple[ReportRow, str]]:
    """Our own invented reports of all sorts of news, each told in another manner."""
    stories = yaml.safe_load((ROOT / "tests/quality/data/events.yaml").read_text(encoding="utf-8"))
    rows = []
    for told in stories:
        for number, one in enumerate(told["reports"]):
            when = datetime.fromisoformat(one["at"]).replace(tzinfo=UTC)
            name = f"{told['story']}-{number}"
            row = ReportRow(id=name, title=one["title"], text=one["text"], published=when, provider=one["outlet"])
            rows.append((when, row, told["story"]))
    yield from ((row, story) for _, row, story in sorted(rows, key=lambda one: one[0]))


def shares() -> Iterator[tuple[ReportRow, str]]:
    """Real articles dealt out by sentence to two or three reports: real words, no sentence twice."""
    rng = random.Random(7)
    truth = json.loads((SHARED / "data/article-body/ground-truth.dev.json").read_text(encoding="utf-8"))
    rows = []
    for name, page in truth.items():
        told = sentences(page["articleBody"])
        hands = min(3, len(told) // 6)
        start = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=rng.uniform(0, 96))
        for hand in range(max(1, hands)):
            text = " ".join(told[hand :: max(1, hands)])
            when = start + timedelta(hours=rng.uniform(0, 24))
            rows.append((ReportRow(id=f"{name}-{hand}", text=text, published=when), name))
    yield from sorted(rows, key=lambda pair: pair[0].published or start)


def apart() -> Iterator[tuple[ReportRow, str]]:
    """Real articles of many publishers and languages, whole, over three days: no two tell one happening."""
    rng = random.Random(5)
    start = datetime(2026, 3, 1, tzinfo=UTC)
    rows = []
    for path in sorted((SHARED / "data/article-metadata").glob("*/*.json")):
        for version, told in json.loads(path.read_text(encoding="utf-8")).items():
            parts = told.get("body") or {}
            sections = [text for section in parts.get("sections") or [] for text in section.get("paragraphs") or []]
            text = "\n\n".join([*(parts.get("summary") or []), *sections])
            when = start + timedelta(hours=rng.uniform(0, 72))
            name = f"{path.stem} {version}"
            rows.append((ReportRow(id=name, title=told["title"] or "", text=text, published=when), name))
    yield from sorted(rows, key=lambda pair: pair[0].published or start)


def newsstand() -> Iterator[tuple[ReportRow, str]]:
    """The bundled newsstand without its copies, which the copy desk links, and without what is paid for."""
    told = [piece for piece in pieces().values() if not piece.copy_of]
    for piece in sorted(told, key=lambda piece: (piece.published, piece.url)):
        if declared_paid(piece.title, piece.excerpt, "\n\n".join(piece.paragraphs)):
            continue
        row = ReportRow(
            id=piece.key,
            url=piece.url,
            title=piece.title,
            text="\n\n".join(piece.paragraphs),
            excerpt=piece.excerpt,
            published=piece.published,
            provider=piece.outlet.name,
        )
        yield row, piece.story.story


def newsstand_titles() -> Iterator[tuple[ReportRow, str]]:
    """The same as headlines only: a finer grain than UCI's, whose stories are whole affairs."""
    for row, story in newsstand():
        yield structs.replace(row, text="", excerpt=""), story


SETS: dict[str, dict[str, Source]] = {
    "titles": {"uci": headlines, "newsstand titles": newsstand_titles},
    "texts": {"newsstand": newsstand, "happenings": happenings, "shares": shares, "apart": apart, "events": events},
}
"""Of `events` nothing is learned: what the others teach is measured on them."""
