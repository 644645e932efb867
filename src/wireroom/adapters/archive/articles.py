"""What has been read from pages, and which articles does a beat have?"""

from collections.abc import Sequence
from datetime import datetime
from itertools import chain

import msgspec
from sqlalchemy import ColumnElement, Connection, Executable, Select, exists, select, update

from wireroom.adapters.archive.addresses import note_readings
from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import chunks, micros, pack, storable, unpack, whole
from wireroom.adapters.archive.schema import (
    article_addresses,
    article_pictures,
    articles,
    beat_articles,
    items,
    pages,
    pictures,
    readings,
    texts,
    versions,
)
from wireroom.adapters.archive.sightings import dedicated, follow_versions, join_beats, sight, sight_named
from wireroom.adapters.archive.statements import Row, add, insert, put
from wireroom.records.articles import Article, Picture, Reading
from wireroom.records.ids import ArticleId, BeatId, digest
from wireroom.records.versions import Version


class Articles(Store):
    """The part of the archive that reading pages and measuring pictures appends."""

    def record_readings(self, readings: Sequence[Reading], versions: Sequence[Version]) -> None:
        """Append readings, the sightings they imply, and the versions that were found."""
        with self.writing() as connection:
            _append(connection, readings, versions)

    def unmeasured(self, beat: BeatId, limit: int) -> tuple[str, ...]:
        """Return addresses of article images that were never measured, in order of reading."""
        shown = (
            exists()
            .where(article_pictures.c.url == pictures.c.url)
            .where(beat_articles.c.article == article_pictures.c.article, beat_articles.c.beat == beat)
        )
        query = (
            select(pictures.c.url)
            .where(pictures.c.measured_at.is_(None), shown)
            .order_by(pictures.c.read_at, pictures.c.url)
            .limit(limit)
        )
        with self.reading() as connection:
            return tuple(connection.execute(query).scalars())

    def record_pictures(self, pictures: Sequence[Picture]) -> None:
        """Append measurements; the first measurement of an address counts."""
        with self.writing() as connection:
            rows = sorted(map(_picture_row, pictures), key=lambda row: str(row["url"]))
            put(connection, _measure(connection), rows)

    def record_copied(self, pictures: Sequence[Picture]) -> None:
        """Note which copies of measured pictures are kept, or why there are none."""
        with self.writing() as connection:
            for row in sorted(map(_picture_row, pictures), key=lambda row: str(row["url"])):
                connection.execute(_note_copies(row))

    def pictures(self, urls: Sequence[str]) -> dict[str, Picture]:
        """Return what is known of these image addresses."""
        found: dict[str, Picture] = {}
        with self.reading() as connection:
            for some in chunks(urls):
                query = select(pictures.c.url, pictures.c.record)
                rows = connection.execute(query.where(pictures.c.url.in_(some), pictures.c.measured_at.is_not(None)))
                found |= {url: unpack(Picture, record) for url, record in rows}
        return found

    def recent(self, beat: BeatId, since: datetime, until: datetime) -> tuple[Article, ...]:
        """Return latest readings published (undated: read) in [since, until], oldest first, then id."""
        query = of_beat(beat).where(beat_articles.c.at.between(micros(since), micros(until)))
        with self.reading() as connection:
            return read_articles(connection, query)

    def by_text_hash(self, beat: BeatId, hashes: Sequence[str]) -> tuple[Article, ...]:
        """Return latest readings of the beat that carry one of these text hashes."""
        return self._which(beat, articles.c.text_hash, [word for word in hashes if word])

    def articles_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> tuple[Article, ...]:
        """Return the latest reading of each, texts and all, oldest publication first, then id."""
        return self._which(beat, beat_articles.c.article, articles)

    def dedicated(self, beat: BeatId, articles: Sequence[ArticleId]) -> frozenset[ArticleId]:
        """Return those that came through a feed dedicated to the main topic."""
        with self.reading() as connection:
            return dedicated(connection, beat, articles)

    def _which(self, beat: BeatId, column: ColumnElement[str], values: Sequence[str]) -> tuple[Article, ...]:
        """Return latest readings whose column holds one of the values, oldest publication first, then id."""
        with self.reading() as connection:
            found = [
                (article.published_at or article.read_at, article.id, article)
                for some in chunks(values)
                for article in read_articles(connection, of_beat(beat).where(column.in_(some)))
            ]
        return tuple(article for _, _, article in sorted(found, key=lambda row: row[:2]))


def of_beat(beat: BeatId) -> Select[str, str]:
    """Begin a query of the newest readings a beat has, oldest publication first, then id."""
    return (
        select(articles.c.record, texts.c.text)
        .join_from(beat_articles, articles, articles.c.id == beat_articles.c.article)
        .join(texts)
        .where(beat_articles.c.beat == beat)
        .order_by(beat_articles.c.at, beat_articles.c.article)
    )


def read_articles(connection: Connection, query: Select[str, str]) -> tuple[Article, ...]:
    """Read articles with their texts."""
    return tuple(whole(record, text) for record, text in connection.execute(query))


# ---- writing --------------------------------------------------------------------------------------------------------


def _append(connection: Connection, read: Sequence[Reading], changed: Sequence[Version]) -> None:
    found = append_articles(connection, read)
    add(connection, versions, [_version_row(version) for version in changed])
    _note_pictures(connection, found)
    note_readings(connection, [(reading.page, reading.extractor) for reading in read])
    _sight(connection, read)
    for some in chunks(article.id for article in found):
        join_beats(connection, some)
        follow_versions(connection, some)


def append_articles(connection: Connection, read: Sequence[Reading]) -> list[Article]:
    """Append readings and what they say of articles; which beats have these is the caller's to say."""
    found = [reading.article for reading in read if reading.article]
    add(connection, texts, [{"digest": digest(one.text), "text": storable(one.text)} for one in found])
    add(connection, readings, [_reading_row(reading) for reading in read])
    put(connection, _upsert_article(connection), sorted(map(_article_row, found), key=lambda row: str(row["id"])))
    add(connection, article_addresses, list(chain.from_iterable(map(_address_rows, found))))
    return found


def _note_copies(row: Row) -> Executable:
    return update(pictures).where(pictures.c.url == row["url"]).values(record=row["record"])


def _measure(connection: Connection) -> Executable:
    statement = insert(connection, pictures)
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=["url"],
        set_={"measured_at": new.measured_at, "record": new.record},
        where=pictures.c.measured_at.is_(None),
    )


# ---- rows -----------------------------------------------------------------------------------------------------------


def _slim(article: Article) -> str:
    return pack(msgspec.structs.replace(article, text=""))


def _reading_row(reading: Reading) -> Row:
    article = reading.article
    return {
        "page": reading.page,
        "extractor": reading.extractor,
        "read_at": micros(reading.read_at),
        "article": article.id if article else None,
        "version": article.version if article else None,
        "text": digest(article.text) if article else None,
        "record": _slim(article) if article else None,
        "problem": storable(reading.problem) if reading.problem else None,
    }


def _article_row(article: Article) -> Row:
    return {
        "id": article.id,
        "version": article.version,
        "at": micros(article.published_at or article.read_at),
        "read_at": micros(article.read_at),
        "text_hash": article.text_hash,
        "title": storable(article.title),
        "excerpt": storable(article.excerpt),
        "text": digest(article.text),
        "record": _slim(article),
    }


def _upsert_article(connection: Connection) -> Executable:
    statement = insert(connection, articles)
    new = statement.excluded
    names = ("version", "at", "read_at", "text_hash", "title", "excerpt", "text", "record")
    older = (articles.c.version < new.version) | (
        (articles.c.version == new.version) & (articles.c.read_at <= new.read_at)
    )
    return statement.on_conflict_do_update(index_elements=["id"], set_={name: new[name] for name in names}, where=older)


def _version_row(version: Version) -> Row:
    return {
        "article": version.article,
        "number": version.number,
        "seen_at": micros(version.seen_at),
        "record": pack(version),
    }


def _address_rows(article: Article) -> list[Row]:
    urls = (article.canonical_url, article.original_url, article.amp_url, article.cdn_amp_url)
    return [{"url": storable(url), "article": article.id} for url in dict.fromkeys(urls) if url]


def _picture_row(picture: Picture) -> Row:
    at = micros(picture.measured_at)
    return {"url": storable(picture.url), "read_at": at, "measured_at": at, "record": pack(picture)}


def _note_pictures(connection: Connection, found: Sequence[Article]) -> None:
    shown = [(storable(image.url), article) for article in found for image in article.images]
    add(connection, pictures, [{"url": url, "read_at": micros(article.read_at)} for url, article in shown])
    add(connection, article_pictures, [{"url": url, "article": article.id} for url, article in shown])


def _sight(connection: Connection, read: Sequence[Reading]) -> None:
    """Record which entries led to the articles: those the readings name, and those that came in the meantime."""
    named = [(reading.article.id, entry) for reading in read if reading.article for entry in reading.entries]
    sight_named(connection, sorted(named))
    for some in chunks(reading.page for reading in read):
        urls = connection.execute(select(pages.c.url).where(pages.c.id.in_(some))).scalars().all()
        for links in chunks(urls):
            sight(connection, items.c.link.in_(links))
