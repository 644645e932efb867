"""Which articles wait for a judgement, and what was judged of the others?"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection, Table, bindparam, null, select, update

from wireroom.adapters.archive.articles import of_beat, read_articles
from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import chunks, micros, pack, unpack
from wireroom.adapters.archive.schema import articles, beat_articles, copies, links, qualities, rulings, topics
from wireroom.adapters.archive.statements import Row, except_for, insert, put
from wireroom.errors import ArchiveError
from wireroom.records.articles import Article
from wireroom.records.copies import CopyJudgement
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.quality import QualityJudgement
from wireroom.records.rulings import Ruling
from wireroom.records.stories import StoryLink
from wireroom.records.topics import TopicJudgement

Judgement = CopyJudgement | TopicJudgement | QualityJudgement | StoryLink
J = TypeVar("J", CopyJudgement, TopicJudgement, QualityJudgement, StoryLink)

TABLES = {"copies": copies, "topics": topics, "quality": qualities, "links": links}
"""What `unjudged` calls the kinds of judgements, and where they lie."""
OUTDATES = {"copies": ("quality",), "topics": ("quality",)}
"""Quality counts topics and originality: where those are judged again, it waits for a new judgement too."""


class Judgements(Store):
    """The part of the archive that judging reads and appends."""

    def unjudged(self, kind: str, beat: BeatId, judge: str, limit: int) -> tuple[Article, ...]:
        """Return latest readings of the beat whose newest version this judge was not the last to judge."""
        if kind not in TABLES:
            raise ArchiveError(f"there are no judgements of kind {kind!r}; known are {', '.join(TABLES)}")
        column = beat_articles.c[f"{kind}_by"]
        found: list[Article] = []
        with self.reading() as connection:
            for other in except_for(connection, column, judge, beat_articles.c.beat == beat):
                found += read_articles(connection, of_beat(beat).where(column == other).limit(limit))
        return tuple(sorted(found, key=lambda article: (article.published_at or article.read_at, article.id))[:limit])

    def topics_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, TopicJudgement]:
        """Return the newest topic judgement of each."""
        with self.reading() as connection:
            return _newest(connection, topics, TopicJudgement, beat, articles)

    def copies_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, CopyJudgement]:
        """Return the newest copy judgement of each."""
        with self.reading() as connection:
            return _newest(connection, copies, CopyJudgement, beat, articles)

    def links_since(self, beat: BeatId, since: datetime) -> tuple[StoryLink, ...]:
        """Return the newest link of every article published since then, by publication time, then article id."""
        query = (
            select(links.c.article, links.c.record)
            .join_from(
                beat_articles,
                links,
                (links.c.beat == beat_articles.c.beat) & (links.c.article == beat_articles.c.article),
            )
            .where(beat_articles.c.beat == beat, beat_articles.c.at >= micros(since))
            .order_by(beat_articles.c.at, beat_articles.c.article, links.c.judged_at)
        )
        with self.reading() as connection:
            newest = dict(connection.execute(query).all())
        return tuple(unpack(StoryLink, record) for record in newest.values())

    def links_of(self, beat: BeatId, articles: Sequence[ArticleId]) -> dict[ArticleId, StoryLink]:
        """Return the newest link of each."""
        with self.reading() as connection:
            return _newest(connection, links, StoryLink, beat, articles)

    def story_rulings(self, beat: BeatId) -> tuple[Ruling, ...]:
        """Return all rulings that place articles in stories, oldest first."""
        query = select(rulings.c.record).where(rulings.c.beat == beat).order_by(rulings.c.at, rulings.c.number)
        with self.reading() as connection:
            found = [unpack(Ruling, record) for (record,) in connection.execute(query)]
        return tuple(ruling for ruling in found if ruling.story is not None)

    def record_copies(self, judgements: Sequence[CopyJudgement]) -> None:
        """Append copy judgements."""
        self._append("copies", judgements)

    def record_topics(self, judgements: Sequence[TopicJudgement]) -> None:
        """Append topic judgements."""
        self._append("topics", judgements)

    def record_qualities(self, judgements: Sequence[QualityJudgement]) -> None:
        """Append quality judgements."""
        self._append("quality", judgements)

    def record_links(self, links: Sequence[StoryLink]) -> None:
        """Append story links."""
        self._append("links", links)

    def _append(self, kind: str, judgements: Sequence[Judgement]) -> None:
        table = TABLES[kind]
        with self.writing() as connection:
            newest = _versions(connection, [judgement.article for judgement in judgements])
            rows = [_row(judgement, newest.get(judgement.article, 1)) for judgement in judgements]
            rows.sort(key=lambda row: (row["beat"], row["article"], row["judged_at"]))
            statement = insert(connection, table)
            new = statement.excluded
            changes = {name: new[name] for name in ("judge", "version", "record")}
            put(connection, statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changes), rows)
            outdated = {f"{other}_by": null() for other in OUTDATES.get(kind, ())}
            note = (
                update(beat_articles)
                .where(beat_articles.c.beat == bindparam("in_beat"), beat_articles.c.article == bindparam("of"))
                .values({f"{kind}_by": bindparam("by"), **outdated})
            )
            put(connection, note, [{"in_beat": row["beat"], "of": row["article"], "by": row["judge"]} for row in rows])


def _versions(connection: Connection, wanted: Sequence[ArticleId]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(wanted):
        query = select(articles.c.id, articles.c.version).where(articles.c.id.in_(some))
        found |= connection.execute(query).all()
    return found


def _row(judgement: Judgement, version: int) -> Row:
    return {
        "beat": judgement.beat,
        "article": judgement.article,
        "judged_at": micros(judgement.judged_at),
        "judge": judgement.judge,
        "version": version,
        "record": pack(judgement),
    }


def _newest(
    connection: Connection, table: Table, kind: type[J], beat: BeatId, wanted: Sequence[ArticleId]
) -> dict[ArticleId, J]:
    found: dict[ArticleId, str] = {}
    for some in chunks(wanted):
        query = select(table.c.article, table.c.record).where(table.c.beat == beat, table.c.article.in_(some))
        rows = connection.execute(query.order_by(table.c.article, table.c.judged_at))
        found |= {ArticleId(article): record for article, record in rows}
    return {article: unpack(kind, record) for article, record in found.items()}
