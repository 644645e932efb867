"""What can a beat learn from, and what did it learn? Reads labels, asks the runner, keeps what is switched on."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from msgspec import DecodeError, Struct, ValidationError, json

from wireroom.app.beat import Beat
from wireroom.app.build import clock, opened_archive
from wireroom.app.learned import write_learned
from wireroom.errors import BeatError, UsageError
from wireroom.records.articles import Article
from wireroom.records.ids import TopicId, article_id
from wireroom.records.sources import Provider
from wireroom.records.topics import Topic
from wireroom.runner.labels import Label, TopicReport, report
from wireroom.runner.learning import Lesson, learn
from wireroom.text.lines import at_line, closest
from wireroom.text.urls import host

LABELS = "labels"
MINE = "desk.jsonl"
EVER = datetime(1970, 1, 1, tzinfo=UTC)
"""Topics do not depend on time; an article wants one all the same."""


class LabelLine(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line of `labels/*.jsonl`: an article's words and what it is about, by id or name."""

    title: str
    topics: tuple[str, ...]
    excerpt: str = ""
    text: str = ""
    url: str = ""
    story: str = ""
    by: str = ""


def lesson_of(beat: Beat, *, now: datetime | None = None) -> Lesson:
    """Learn from the beat's labels and rulings; nothing is switched on."""
    with opened_archive(beat) as archive:
        return learn(archive, beat.policy, read_labels(beat), clock(now).now())


def switch_on(beat: Beat, lesson: Lesson) -> Path:
    """Keep what was learned; the next run judges by it."""
    return write_learned(beat.folder, lesson.learned)


def topic_report(beat: Beat, *files: Path) -> TopicReport:
    """Hold the taxonomy against labels: the beat's own, or those of files."""
    labels = read_labels(beat, *files)
    if not labels:
        raise UsageError(f"{beat.folder / LABELS} holds no labels. Add one: wireroom topics label URL TOPIC…")
    return report(labels, beat.policy)


def add_label(beat: Beat, wanted: str, topics: tuple[str, ...], by: str) -> Path:
    """Note what an article of the archive is about."""
    known = _known(beat.policy.topics)
    for name in topics:
        if name not in known:
            raise UsageError(f"{name!r} is no topic of {beat.policy.beat}{closest(name, sorted(known))}")
    with opened_archive(beat) as archive:
        found = archive.find_article(beat.policy.beat, wanted)
        articles = archive.articles_of(beat.policy.beat, [found]) if found else ()
    if not articles:
        raise UsageError(f"{beat.policy.beat} has no article at {wanted}. Look for it: wireroom search WORDS")
    return _append(beat.folder / LABELS / MINE, _line_of(articles[0], topics, by))


def read_labels(beat: Beat, *files: Path) -> tuple[Label, ...]:
    """Read labels in file order; a later line on the same address replaces an earlier one."""
    known = _known(beat.policy.topics)
    paths = files or tuple(sorted((beat.folder / LABELS).glob("*.jsonl")))
    found = (label for path in paths for label in _labels(path, known))
    return tuple({label.article.id: label for label in found}.values())


def _labels(path: Path, known: Mapping[str, TopicId]) -> Iterator[Label]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}") from None
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield _label(_read(raw, at_line(path, number)), at_line(path, number), known)


def _read(raw: bytes, where: str) -> LabelLine:
    try:
        return json.decode(raw, type=LabelLine)
    except (DecodeError, ValidationError) as error:
        raise BeatError(f'{where}: {error}; a line is {{"title": …, "topics": […], "excerpt"?, "text"?}}') from None


def _label(line: LabelLine, where: str, known: Mapping[str, TopicId]) -> Label:
    for name in line.topics:
        if name not in known:
            raise BeatError(f"{where}: {name!r} is no topic{closest(name, sorted(known))}")
    url = line.url or f"label:{line.title}"
    article = Article(
        id=article_id(url),
        extractor="label/1",
        read_at=EVER,
        canonical_url=url,
        original_url=url,
        title=line.title,
        excerpt=line.excerpt,
        text=line.text,
        provider=Provider(name=host(url) or "label"),
    )
    return Label(article=article, topics=frozenset(known[name] for name in line.topics), story=line.story or line.title)


def _known(topics: tuple[Topic, ...]) -> dict[str, TopicId]:
    return {name: topic.id for topic in topics for name in (topic.name, str(topic.id))}


def _line_of(article: Article, topics: tuple[str, ...], by: str) -> LabelLine:
    return LabelLine(
        title=article.title,
        topics=topics,
        excerpt=article.excerpt,
        text=article.text,
        url=article.canonical_url,
        by=by,
    )


def _append(path: Path, line: LabelLine) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("ab") as file:
        file.write(json.encode(line) + b"\n")
    return path
