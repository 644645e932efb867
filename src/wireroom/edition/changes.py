"""What differs between two judgings of one span: published, missed, moved? It compares; it judges nothing."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from msgspec import Struct, structs

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


COUNTED = Day.__struct_fields__[1:]


class Changes(Struct, frozen=True, kw_only=True):
    """Two judgings of one span, compared; every list by time of publication, then id."""

    total: Day
    days: tuple[Day, ...]
    published: tuple[str, ...] = ()
    """Addresses of all that the new rules publish."""
    gained: tuple[Change, ...] = ()
    """Published by the new rules only."""
    missed: tuple[Change, ...] = ()
    """Published by the old rules only."""
    moved: tuple[Change, ...] = ()
    """Published either way, but with another heat or under other topics."""


class OneDay(Struct, frozen=True, kw_only=True):
    """What differs on one UTC day; every list by time of publication, then id."""

    day: Day
    published: tuple[str, ...]
    gained: tuple[Change, ...]
    missed: tuple[Change, ...]
    moved: tuple[Change, ...]


class Standing(Struct, frozen=True, kw_only=True):
    """An article and where it stands under one set of rules: all that is compared of it."""

    article: ArticleId
    at: datetime
    title: str
    url: str
    published_at: datetime | None
    side: Side

    @property
    def day(self) -> str:
        """Return the UTC day on which it came out."""
        return day_of(self.at)


def standing(item: Judged) -> Standing:
    """Return where an article stands; its place among the others of its day is not known yet."""
    candidate = item.candidate
    article = candidate.article
    side = Side(
        decision=item.verdict.decision,
        because=item.verdict.because,
        quality=candidate.quality.value if candidate.quality else None,
        peak=item.peak,
        place=None,
        topics=tuple(match.topic for match in item.topics),
    )
    return Standing(
        article=article.id,
        at=moment(candidate),
        title=article.title,
        url=article.canonical_url,
        published_at=article.published_at,
        side=side,
    )


def compare(day: str, before: Iterable[Standing], after: Iterable[Standing]) -> OneDay:
    """Compare two judgings of the articles of one day: the same articles on both sides."""
    pairs = _pairs(before, after)
    gained = tuple(pair for pair in pairs if pair.after.published and not pair.before.published)
    missed = tuple(pair for pair in pairs if pair.before.published and not pair.after.published)
    moved = tuple(pair for pair in pairs if pair.before.published and pair.after.published and _moved(pair))
    published = tuple(pair.url for pair in pairs if pair.after.published)
    counts = Day(
        day=day,
        articles=len(pairs),
        before=sum(pair.before.published for pair in pairs),
        after=len(published),
        gained=len(gained),
        missed=len(missed),
        moved=len(moved),
    )
    return OneDay(day=counts, published=published, gained=gained, missed=missed, moved=moved)


def summed(days: Iterable[Day]) -> Day:
    """Add days up."""
    counts: Counter[str] = Counter()
    for day in days:
        counts.update({name: getattr(day, name) for name in COUNTED})
    return Day(day="all", **counts)


def day_of(when: datetime) -> str:
    """Name the UTC day of a time."""
    return when.astimezone(UTC).date().isoformat()


def _pairs(before: Iterable[Standing], after: Iterable[Standing]) -> list[Change]:
    old = _placed(before)
    return [
        Change(
            article=name,
            title=one.title,
            url=one.url,
            published_at=one.published_at,
            before=old[name].side,
            after=one.side,
        )
        for name, one in sorted(_placed(after).items(), key=lambda row: (row[1].at, row[0]))
    ]


def _placed(items: Iterable[Standing]) -> dict[ArticleId, Standing]:
    """Give what is published its number, hottest first."""
    places = count(1)
    ordered = sorted(items, key=lambda one: (-one.side.peak, one.at, one.article))
    return {
        one.article: structs.replace(one, side=structs.replace(one.side, place=next(places)))
        if one.side.published
        else one
        for one in ordered
    }


def _moved(pair: Change) -> bool:
    return (pair.before.peak, pair.before.topics) != (pair.after.peak, pair.after.topics)
