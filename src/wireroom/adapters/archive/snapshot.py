"""What was known of a beat at one moment?

Everything is read in the order of articles, each table once, so that a snapshot costs a few passes over indexes and the
memory of what it returns. A few hundred articles can be asked for alike. Facts recorded after the moment are left out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, Table, select, true

from wireroom.adapters.archive.rows import micros, moment, unpack
from wireroom.adapters.archive.schema import (
    article_pictures,
    beat_articles,
    copies,
    feeds,
    items,
    kept_files,
    links,
    paths,
    pictures,
    qualities,
    readings,
    rulings,
    sightings,
    topics,
    versions,
)
from wireroom.records.articles import Article, Image, Picture
from wireroom.records.copies import CopyJudgement
from wireroom.records.editions import Candidate, File, Snapshot
from wireroom.records.ids import BeatId
from wireroom.records.quality import QualityJudgement
from wireroom.records.rulings import Ruling, RulingKind
from wireroom.records.sources import Feed
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicJudgement
from wireroom.records.versions import Version

R = TypeVar("R", bound=Struct)

IMPORTED = "import/"
"""Begins the extractor's name of articles that came from post files."""


def snapshot(connection: Connection, beat: BeatId, now: datetime) -> Snapshot:
    """Return what was known of a beat's articles, by article id."""
    view = Known(connection, beat, micros(now))
    return Snapshot(beat=beat, taken_at=now, candidates=tuple(view.candidates()), carried=tuple(view.carried()))


class Known:
    """One beat at one time, seen through one transaction; `only` = these articles, else all."""

    def __init__(self, connection: Connection, beat: BeatId, now: int, only: Collection[str] | None = None) -> None:
        self._connection = connection
        self._beat = beat
        self._now = now
        self._only = only

    def of(self, some: Collection[str]) -> "Known":
        """Return the same for these articles only."""
        part = Known(self._connection, self._beat, self._now, some)
        part._titles = self._titles
        return part

    def candidates(self) -> Iterator[Candidate]:
        """Put together what each table says of each article."""
        seen = self._sightings()
        posts = self._posts()
        records = self._readings()
        measured = self._measured()
        matches = self._judgements(topics, TopicJudgement)
        scores = self._judgements(qualities, QualityJudgement)
        repeats = self._judgements(copies, CopyJudgement)
        stories = self._judgements(links, StoryLink)
        orders = self.rulings()
        changes = self._versions()
        granted = self._paths()
        for name in sorted((seen.keys() | posts.keys()) & records.keys()):
            article = _measure(unpack(Article, records.pop(name)), measured)
            first, source = posts.get(name, (None, None))
            at, brought_by = seen.get(name, (first, ()))
            yield Candidate(
                article=article,
                first_seen_at=min(one for one in (at, first) if one),
                feeds=brought_by,
                topics=matches[name].matches if name in matches else (),
                quality=scores[name].score if name in scores else None,
                copy=repeats.get(name),
                link=stories.get(name),
                ruling=in_force(orders.get(name, ()), moment(self._now)),
                versions=tuple(changes.get(name, ())),
                path=granted.get(name),
                imported=article.extractor.startswith(IMPORTED),
                source=source,
            )

    def carried(self) -> Iterator[File]:
        """Return the kept files that are no posts, by path."""
        rows = self._kept(kept_files.c.article.is_(None))
        bodies = {path: body for path, _, _, body in rows}
        return (File(path=path, body=body) for path, body in bodies.items())

    def _posts(self) -> dict[str, tuple[datetime, bytes]]:
        """Return when each imported article was first known, and the newest file it is the post of."""
        found: dict[str, tuple[datetime, bytes]] = {}
        for _, at, article, body in self._kept(kept_files.c.article.is_not(None) & self._among(kept_files.c.article)):
            found[article] = (found[article][0] if article in found else moment(at), body)
        return found

    def _kept(self, which: ColumnElement[bool]) -> Iterator[Any]:
        columns = (kept_files.c.path, kept_files.c.known_at, kept_files.c.article, kept_files.c.body)
        query = select(*columns).where(kept_files.c.beat == self._beat, kept_files.c.known_at <= self._now, which)
        return self._rows(query.order_by(kept_files.c.path, kept_files.c.known_at))

    def _readings(self) -> dict[str, str]:
        return dict(self._rows(self.read(readings.c.article, readings.c.record)))

    def read(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Ask for readings, by article, the newest of each last."""
        return (
            select(*columns)
            .join_from(beat_articles, readings, readings.c.article == beat_articles.c.article)
            .where(beat_articles.c.beat == self._beat, readings.c.read_at <= self._now)
            .where(self._among(beat_articles.c.article))
            .order_by(beat_articles.c.article, readings.c.version, readings.c.read_at, readings.c.page)
        )

    def _sightings(self) -> dict[str, tuple[datetime, tuple[str, ...]]]:
        titles = self._titles
        query = (
            select(sightings.c.article, sightings.c.seen_at, items.c.feed)
            .join_from(items, sightings)
            .where(sightings.c.seen_at <= self._now, self._among(sightings.c.article))
            .order_by(sightings.c.article, sightings.c.seen_at, items.c.feed)
        )
        if self._only is None:  # of a few, SQLite would walk through all items of the beat: feeds tell them apart
            query = query.where(items.c.beat == self._beat)
        found: dict[str, tuple[datetime, tuple[str, ...]]] = {}
        known = (row for row in self._rows(query) if row[2] in titles)
        for article, rows in groupby(known, key=itemgetter(0)):
            times, names = zip(*((at, titles[feed]) for _, at, feed in rows), strict=True)
            found[article] = (moment(times[0]), tuple(sorted(set(names))))
        return found

    @cached_property
    def _titles(self) -> dict[str, str]:
        """The beat's feeds by id: their titles, or their addresses."""
        rows = self._rows(select(feeds.c.record).where(feeds.c.beat == self._beat))
        known = (unpack(Feed, record) for (record,) in rows)
        return {feed.id: feed.title or feed.url for feed in known}

    def _judgements(self, table: Table, kind: type[R]) -> dict[str, R]:
        query = (
            select(table.c.article, table.c.record)
            .where(table.c.beat == self._beat, table.c.judged_at <= self._now, self._among(table.c.article))
            .order_by(table.c.article, table.c.judged_at)
        )
        return {article: unpack(kind, record) for article, record in dict(self._rows(query)).items()}

    def _measured(self) -> dict[str, Picture]:
        query = (
            select(pictures.c.url, pictures.c.record)
            .join_from(beat_articles, article_pictures, article_pictures.c.article == beat_articles.c.article)
            .join(pictures, pictures.c.url == article_pictures.c.url)
            .where(beat_articles.c.beat == self._beat, pictures.c.measured_at <= self._now)
            .where(self._among(beat_articles.c.article))
            .distinct()
        )
        return {url: unpack(Picture, record) for url, record in self._rows(query)}

    def rulings(self) -> dict[str, list[Ruling]]:
        """Return all rulings of each article, oldest first."""
        query = (
            select(rulings.c.article, rulings.c.record)
            .where(rulings.c.beat == self._beat, rulings.c.at <= self._now, self._among(rulings.c.article))
            .order_by(rulings.c.article, rulings.c.at, rulings.c.number)
        )
        return self._grouped(query, Ruling)

    def _versions(self) -> dict[str, list[Version]]:
        query = (
            select(versions.c.article, versions.c.record)
            .join_from(beat_articles, versions, versions.c.article == beat_articles.c.article)
            .where(beat_articles.c.beat == self._beat, versions.c.seen_at <= self._now)
            .where(self._among(beat_articles.c.article))
            .order_by(versions.c.article, versions.c.number)
        )
        return self._grouped(query, Version)

    def _paths(self) -> dict[str, str]:
        """Return all grants, later ones too: a path belongs to its article for life, and so to its past."""
        granted = select(paths.c.article, paths.c.path).where(paths.c.beat == self._beat)
        return dict(self._rows(granted.where(self._among(paths.c.article))))

    def _grouped(self, query: Select[Any], kind: type[R]) -> dict[str, list[R]]:
        found: dict[str, list[R]] = {}
        for article, record in self._rows(query):
            found.setdefault(article, []).append(unpack(kind, record))
        return found

    def _among(self, column: ColumnElement[str]) -> ColumnElement[bool]:
        return true() if self._only is None else column.in_(self._only)

    def _rows(self, query: Select[Any]) -> Iterator[Any]:
        return iter(self._connection.execute(query))


def in_force(given: Sequence[Ruling], now: datetime) -> Ruling | None:
    """Return the ruling that holds at `now`, oldest first; an UNDO takes the newest one before it back."""
    standing: list[Ruling] = []
    for ruling in given:
        if ruling.story is not None:  # it places the article in a story, which its link says already
            continue
        if ruling.kind != RulingKind.UNDO:
            standing.append(ruling)
        elif standing:
            standing.pop()
    lasting = [ruling for ruling in standing if ruling.until is None or ruling.until > now]
    return lasting[-1] if lasting else None


def _measure(article: Article, measured: Mapping[str, Picture]) -> Article:
    """Give images their true sizes; images found unusable are left out, those not measured yet stay without size.

    Images of imported posts keep the sizes that the post states: nobody has measured them since.
    """
    if article.extractor.startswith(IMPORTED):
        return article
    images = tuple(kept for image in article.images if (kept := _sized(image, measured.get(image.url))))
    return msgspec.structs.replace(article, images=images)


def _sized(image: Image, picture: Picture | None) -> Image | None:
    if picture is None:
        return msgspec.structs.replace(image, width=None, height=None)
    return picture.of(image) if picture.width is not None else None
