"""What do the judges say of plain rows: topics, stories, copies?"""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from wireroom.app.trials import Mishap, Unusable, mishap
from wireroom.app.trials.rows import Row, rows, text_of, texts_of, time_of
from wireroom.intake.classify import Tagger
from wireroom.intake.dedupe.batch import RowCopy, TextRow, copies_of
from wireroom.intake.link.batch import ReportRow, RowStory, article_of, stories_of
from wireroom.records.policy import Policy

Read = Callable[[str], bytes]
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Topics do not depend on time; the judgement wants one all the same."""


class TopicLine(Struct, frozen=True, kw_only=True):
    """A topic in the line of `try topics`."""

    id: str
    name: str
    score: float
    because: str


class TopicsLine(Struct, frozen=True, kw_only=True):
    """The line of `try topics`."""

    input: str
    topics: tuple[TopicLine, ...]


class CopyLine(Struct, frozen=True, kw_only=True, rename="camel"):
    """The line of `try copies`."""

    id: str
    copy_of: str | None
    kind: str
    proof: str


def try_topics(files: Iterable[str], read: Read, policy: Policy) -> Iterator[TopicsLine | Mishap]:
    """Find the topics of each row."""
    tagger = Tagger(policy)
    names = {topic.id: topic.name for topic in policy.topics}
    for name, row in _rows(files, read):
        if isinstance(row, Mishap):
            yield row
            continue
        judged = tagger.judge(article_of(_report(name, row)), dedicated=False, now=NEVER)
        lines = (TopicLine(id=m.topic, name=names[m.topic], score=m.score, because=m.because) for m in judged.matches)
        yield TopicsLine(input=text_of(row, "id") or name, topics=tuple(lines))


def try_stories(files: Iterable[str], read: Read) -> Iterator[RowStory | Mishap]:
    """Group all rows of all files by the happening they tell."""
    good, bad = _sorted_out(files, read)
    yield from bad
    yield from stories_of(_report(name, row) for name, row in good)


def try_copies(files: Iterable[str], read: Read) -> Iterator[CopyLine | Mishap]:
    """Find which rows of all files repeat which."""
    good, bad = _sorted_out(files, read)
    yield from bad
    for found in copies_of(_text(name, row) for name, row in good):
        yield _copy_line(found)


def _copy_line(found: RowCopy) -> CopyLine:
    return CopyLine(id=found.id, copy_of=found.copy_of, kind=found.kind, proof=found.proof)


def _rows(files: Iterable[str], read: Read) -> Iterator[tuple[str, Row | Mishap]]:
    for name in files:
        try:
            yield from rows(name, read(name))
        except (OSError, csv.Error, Unusable) as error:
            yield name, mishap(name, error)


def _sorted_out(files: Iterable[str], read: Read) -> tuple[list[tuple[str, Row]], list[Mishap]]:
    good: list[tuple[str, Row]] = []
    bad: list[Mishap] = []
    for name, row in _rows(files, read):
        if isinstance(row, Mishap):
            bad.append(row)
        else:
            good.append((name, row))
    return good, bad


def _report(name: str, row: Row) -> ReportRow:
    return ReportRow(
        id=text_of(row, "id") or name,
        title=text_of(row, "title"),
        url=text_of(row, "url"),
        published=time_of(row, "published", "timestamp"),
        text=text_of(row, "text"),
        excerpt=text_of(row, "excerpt"),
        provider=text_of(row, "provider", "publisher"),
    )


def _text(name: str, row: Row) -> TextRow:
    return TextRow(
        id=text_of(row, "id") or name,
        title=text_of(row, "title"),
        text=text_of(row, "text"),
        url=text_of(row, "url"),
        provider=text_of(row, "provider", "publisher"),
        published=time_of(row, "published", "timestamp"),
        authors=texts_of(row, "authors"),
    )
