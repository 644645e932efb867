"""Which entries led to which articles, and so: which beats have an article?

An article belongs to a beat when an entry of one of the beat's feeds links to its page, whenever either came.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, bindparam, case, func, null, or_, select, update

from wireroom.adapters.archive.addresses import read_from
from wireroom.adapters.archive.rows import chunks
from wireroom.adapters.archive.schema import addresses, articles, beat_articles, feeds, items, readings, sightings
from wireroom.adapters.archive.statements import insert, put
from wireroom.records.ids import ArticleId, BeatId

KINDS = ("copies", "topics", "quality", "links")


def sight(connection: Connection, which: ColumnElement[bool]) -> None:
    """Record sightings for items that link to a page already read as an article."""
    query = (
        select(readings.c.article, items.c.id, items.c.first_seen_at)
        .join_from(items, addresses, addresses.c.url == items.c.link)
        .join(readings, read_from(addresses.c.body_page))
        .where(which, readings.c.article.is_not(None))
    )
    _add(connection, query)
    join_beats(connection, select(sightings.c.article).join_from(sightings, items).where(which))


def sight_named(connection: Connection, pairs: Sequence[tuple[str, str]]) -> None:
    """Record sightings that readings name themselves, as (article, entry)."""
    query = select(bindparam("of", type_=Text), items.c.id, items.c.first_seen_at).where(items.c.id == bindparam("by"))
    statement = insert(connection, sightings).from_select(["article", "entry", "seen_at"], query)
    put(connection, statement.on_conflict_do_nothing(), [{"of": article, "by": entry} for article, entry in pairs])


def join_beats(connection: Connection, which: Select[Any] | Sequence[str]) -> None:
    """Put articles into the beats whose entries led to them."""
    query = (
        select(
            items.c.beat,
            articles.c.id,
            articles.c.version,
            articles.c.at,
            func.min(sightings.c.seen_at),
        )
        .join_from(sightings, items)
        .join(articles, articles.c.id == sightings.c.article)
        .where(articles.c.id.in_(which))
        .group_by(items.c.beat, articles.c.id, articles.c.version, articles.c.at)
        .order_by(items.c.beat, articles.c.id)
    )
    put_into_beats(connection, query)


def put_into_beats(connection: Connection, query: Select[Any]) -> None:
    """Put what a query gives (beat, article, version, at, first_seen_at) into beats; the earliest sighting counts."""
    names = ["beat", "article", "version", "at", "first_seen_at"]
    statement = insert(connection, beat_articles).from_select(names, query)
    new = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["beat", "article"],
            set_={"first_seen_at": new.first_seen_at},
            where=new.first_seen_at < beat_articles.c.first_seen_at,
        )
    )


def follow_versions(connection: Connection, some: list[str]) -> None:
    """Carry a new version or date of articles to their beats; a new version is unjudged again."""
    changed = beat_articles.c.version != articles.c.version
    judges = {f"{kind}_by": case((changed, null()), else_=beat_articles.c[f"{kind}_by"]) for kind in KINDS}
    connection.execute(
        update(beat_articles)
        .where(beat_articles.c.article == articles.c.id, articles.c.id.in_(some))
        .where(or_(changed, beat_articles.c.at != articles.c.at))
        .values(version=articles.c.version, at=articles.c.at, **judges)
    )


def dedicated(connection: Connection, beat: BeatId, some: Sequence[ArticleId]) -> frozenset[ArticleId]:
    """Return those that came through a feed dedicated to the beat's main topic."""
    query = select(sightings.c.article).join_from(sightings, items).join(feeds)
    query = query.where(feeds.c.beat == beat, feeds.c.dedicated)
    parts = (connection.execute(query.where(sightings.c.article.in_(part))).scalars() for part in chunks(some))
    return frozenset(ArticleId(article) for part in parts for article in part)


def _add(connection: Connection, query: Select[Any]) -> None:
    statement = insert(connection, sightings).from_select(["article", "entry", "seen_at"], query)
    connection.execute(statement.on_conflict_do_nothing())
