"""What differs between two judgings of one span: published, missed, moved? It compares; it judges nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from wireroom.edition.compose import Judged
from wireroom.edition.gather import moment
from wireroom.records.ids import ArticleId, TopicId
from wireroom.records.rulings import Decision


class Span(Struct, frozen=True, kw_only=True):
    """Articles that came out from `since` on and before `until`."""

    since: datetime
    until: datetime

    def holds(self, when: datetime) -> bool:
        """Tell whether a time lies in it."""
        return self.since <= when < self.until


class Side(Struct, frozen=True, kw_only=True):
    """Where an article stands under one set of rules."""

    decision: Decision
    because: str
    quality: float | None
    peak: float
    """Heat before it cooled: what does not depend on the hour of looking."""
    place: int | None
    """Among what was published of the same day, hottest first; None when it was not."""
    topics: tuple[TopicId, ...]

    @property
    def published(self) -> bool:
        """Tell whether readers see it."""
        return self.decision is Decision.PUBLISH


class Change(Struct, frozen=True, kw_only=True):
    """An article that two sets of rules see differently."""

    article: ArticleId
    title: str
    url: str
    published_at: datetime | None
    before: Side
    after: Side


class Day(Struct, frozen=True, kw_only=True):
    """One UTC day of a span in numbers."""

    day: str
    articles: int = 0
    before: int = 0
    """Published under the old rules."""
    after: int = 0
    gained: int = 0
    missed: int = 0
    moved: int = 0


class Changes(Struct, frozen=True, kw_only=True):
    """Two judgings of one span, compared; every list by time of publication, then id."""

    total: Day
    days: tuple[Day, ...]
    published: tuple[str, ...]
    """Addresses of all that the new rules publish."""
    gained: tuple[Change, ...]
    """Published by the new rules only."""
    missed: tuple[Change, ...]
    """Published by the old rules only."""
    moved: tuple[Change, ...]
    """Published either way, but with another heat or under other topics."""


def compare(before: Iterable[Judged], after: Iterable[Judged], span: Span) -> Changes:
    """Compare two judgings of the same candidates; those outside the span only served as neighbours."""
    old, new = _within(before, span), _within(after, span)
    pairs = _pairs(old, new)
    gained = tuple(pair for pair in pairs if pair.after.published and not pair.before.published)
    missed = tuple(pair for pair in pairs if pair.before.published and not pair.after.published)
    moved = tuple(pair for pair in pairs if pair.before.published and pair.after.published and _moved(pair))
    by_article = {item.candidate.article.id: moment(item.candidate) for item in new}
    parts = {"gained": gained, "missed": missed, "moved": moved}
    parts |= {"before": tuple(p for p in pairs if p.before.published), "articles": tuple(pairs)}
    parts |= {"after": tuple(p for p in pairs if p.after.published)}
    return Changes(
        total=Day(day="all", **{name: len(part) for name, part in parts.items()}),
        days=_days(parts, by_article),
        published=tuple(pair.url for pair in parts["after"]),
        gained=gained,
        missed=missed,
        moved=moved,
    )


def _within(judged: Iterable[Judged], span: Span) -> tuple[Judged, ...]:
    inside = (item for item in judged if span.holds(moment(item.candidate)))
    return tuple(sorted(inside, key=lambda item: (moment(item.candidate), item.candidate.article.id)))


def _pairs(before: Sequence[Judged], after: Sequence[Judged]) -> list[Change]:
    old = {item.candidate.article.id: item for item in before}
    was, now = _places(before), _places(after)
    return [
        Change(
            article=(name := item.candidate.article.id),
            title=item.candidate.article.title,
            url=item.candidate.article.canonical_url,
            published_at=item.candidate.article.published_at,
            before=_side(old[name], was.get(name)),
            after=_side(item, now.get(name)),
        )
        for item in after
    ]


def _side(item: Judged, place: int | None) -> Side:
    candidate = item.candidate
    return Side(
        decision=item.verdict.decision,
        because=item.verdict.because,
        quality=candidate.quality.value if candidate.quality else None,
        peak=item.peak,
        place=place,
        topics=tuple(match.topic for match in item.topics),
    )


def _places(judged: Iterable[Judged]) -> dict[ArticleId, int]:
    """Give what is published of each day its number, hottest first."""
    published = [item for item in judged if item.verdict.decision is Decision.PUBLISH]
    taken: dict[str, int] = {}
    places: dict[ArticleId, int] = {}
    for item in sorted(published, key=lambda i: (-i.peak, moment(i.candidate), i.candidate.article.id)):
        day = _day(moment(item.candidate))
        taken[day] = places[item.candidate.article.id] = taken.get(day, 0) + 1
    return places


def _moved(pair: Change) -> bool:
    return (pair.before.peak, pair.before.topics) != (pair.after.peak, pair.after.topics)


def _days(parts: Mapping[str, Sequence[Change]], when: Mapping[ArticleId, datetime]) -> tuple[Day, ...]:
    counts: dict[str, dict[str, int]] = {}
    for name, part in parts.items():
        for pair in part:
            day = counts.setdefault(_day(when[pair.article]), {})
            day[name] = day.get(name, 0) + 1
    return tuple(Day(day=day, **counts[day]) for day in sorted(counts))


def _day(when: datetime) -> str:
    return when.date().isoformat()
