"""Of which reports is it known which happening each tells? The sets that link/weights.json is learned from."""

import gzip
import json
import os
import random
import re
from collections.abc import Callable, Iterable, Iterator
from csv import DictReader
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import yaml
from msgspec import structs

from wireroom.intake.link.batch import ReportRow
from wireroom.newsstand.pieces import Piece, pieces
from wireroom.text.paid import declared_paid
from wireroom.text.tokens import sentences

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WIREROOM_SHARED", ROOT.parent / "shared"))
DATA = ROOT / "tests/quality/data"
START = datetime(2026, 3, 1, tzinfo=UTC)
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


def told_in(name: str) -> Source:
    """Return a set of invented reports of all sorts of news, each told in another manner."""

    def source() -> Iterator[tuple[ReportRow, str]]:
        rows = []
        for told in yaml.load((DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader):
            for number, one in enumerate(told["reports"]):
                when = datetime.fromisoformat(one["at"]).replace(tzinfo=UTC)
                key = f"{told['story']}-{number}"
                row = ReportRow(id=key, title=one["title"], text=one["text"], published=when, provider=one["outlet"])
                rows.append((when, row, told["story"]))
        yield from ((row, story) for _, row, story in sorted(rows, key=lambda one: one[0]))

    return source


class OneMatter:
    """Which real articles tell one happening: the sets they come from do not say."""

    def __init__(self) -> None:
        self._found = yaml.safe_load((DATA / "one_matter.yaml").read_text(encoding="utf-8"))

    def story(self, name: str) -> str:
        """Return the name of the first article of its happening."""
        return next((same[0] for same in self._found["same"] if name.startswith(tuple(same))), name)

    def is_unclear(self, name: str) -> bool:
        return name.startswith(tuple(self._found["unclear"]))


def real_articles() -> dict[str, str]:
    """Return real articles by name but those that nobody could place."""
    truth = json.loads((SHARED / "data/article-body/ground-truth.dev.json").read_text(encoding="utf-8"))
    matter = OneMatter()
    return {name: page["articleBody"] for name, page in truth.items() if not matter.is_unclear(name)}


def shares() -> Iterator[tuple[ReportRow, str]]:
    """Real articles dealt out by sentence to two or three reports: real words, no sentence twice."""
    rng, matter = random.Random(7), OneMatter()
    rows = []
    for name, body in real_articles().items():
        told = sentences(body)
        hands = max(1, min(3, len(told) // 6))
        start = START + timedelta(hours=rng.uniform(0, 96))
        for hand in range(hands):
            when = start + timedelta(hours=rng.uniform(0, 24))
            row = ReportRow(id=f"{name}-{hand}", text=" ".join(told[hand::hands]), published=when)
            rows.append((row, matter.story(name)))
    yield from sorted(rows, key=lambda pair: pair[0].published or START)


def _headline(page: str) -> str:
    """Return the headline of a page as its card has it."""
    found = re.search(r"""<meta[^>]+og:title["'][^>]*>""", page)
    told = re.search(r"""content=(["'])(.*?)\1""", found[0], re.DOTALL) if found else None
    return unescape(told[2]) if told else ""


def whole() -> Iterator[tuple[ReportRow, str]]:
    """The same articles whole, under their headlines, over three days: a tenth of the happenings are told twice."""
    rng, matter = random.Random(11), OneMatter()
    rows = []
    for name, body in real_articles().items():
        page = gzip.decompress((SHARED / f"data/article-body/html/{name}.html.gz").read_bytes())
        found = _headline(page.decode(errors="replace"))
        when = START + timedelta(hours=rng.uniform(0, 72))
        rows.append((ReportRow(id=name, title=found, text=body, published=when), matter.story(name)))
    yield from sorted(rows, key=lambda pair: pair[0].published or START)


def apart() -> Iterator[tuple[ReportRow, str]]:
    """Real articles of many publishers and languages, whole, over three days: one pair tells one happening."""
    rng, matter = random.Random(5), OneMatter()
    rows = []
    for path in sorted((SHARED / "data/article-metadata").glob("*/*.json")):
        for version, told in json.loads(path.read_text(encoding="utf-8")).items():
            parts = told.get("body") or {}
            sections = [text for section in parts.get("sections") or [] for text in section.get("paragraphs") or []]
            text = "\n\n".join([*(parts.get("summary") or []), *sections])
            when = START + timedelta(hours=rng.uniform(0, 72))
            name = f"{path.stem} {version}"
            row = ReportRow(id=name, title=told["title"] or "", text=text, published=when)
            rows.append((row, matter.story(name)))
    yield from sorted(rows, key=lambda pair: pair[0].published or START)


def newsstand() -> Iterator[tuple[ReportRow, str]]:
    """The bundled newsstand without its copies, which the copy desk links, and without what is paid for."""
    yield from _told(piece for piece in pieces().values() if not piece.copy_of)


def newsstand_and_copies() -> Iterator[tuple[ReportRow, str]]:
    """The same as a table has it that no copy desk has seen: a story of six reports may hold three of one text."""
    yield from _told(pieces().values())


def _told(told: Iterable[Piece]) -> Iterator[tuple[ReportRow, str]]:
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
    "texts": {
        "newsstand": newsstand,
        "copies": newsstand_and_copies,
        "happenings": happenings,
        "shares": shares,
        "whole": whole,
        "apart": apart,
        "events": told_in("events.yaml"),
        **{name: told_in(f"reports/{name}.yaml") for name in "abc"},
    },
}
