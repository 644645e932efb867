"""Which tables hold the records?

Two sorts of tables, and no third. *Facts* are appended and never edited: visits, entries, pages, readings, judgements,
rulings. *Heads* hold, for one thing, what the newest facts say of it, so that every question of pending work is one
step into an index: `feed_states`, `items`, `addresses`, `articles`, `beat_articles`. Heads are written in the
transaction of the facts they come from.

A column exists where a query asks for it; the record itself stands in `record` as JSON. Times are integers,
microseconds since 1970 in UTC: they sort alike on every database, keep what datetime keeps, and no driver guesses a
zone.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    event,
    text,
)

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
)

# PostgreSQL would sort by the language of the server; SQLite sorts by bytes. Both sort by bytes here.
Words = Text().with_variant(Text(collation="C"), "postgresql")
Micros = BigInteger()
# SQLite numbers rows by itself only in a column of type INTEGER.
Number = BigInteger().with_variant(Integer(), "sqlite")


def _word(name: str, *, key: bool = False, null: bool = False) -> Column[str]:
    return Column(name, Words, primary_key=key, nullable=null)


def _time(name: str, *, key: bool = False, null: bool = False) -> Column[int]:
    return Column(name, Micros, primary_key=key, nullable=null)


def _partial(name: str, *columns: str, where: str) -> Index:
    """Describe an index over the rows that fulfil a condition."""
    return Index(name, *columns, info={"where": where})


@event.listens_for(metadata, "before_create")
def _spell_out(target: MetaData, connection: Connection, **_: object) -> None:
    """Tell the dialect the conditions; naming all dialects in the table loads each of them, a tenth of a second."""
    for index in (index for table in target.tables.values() for index in table.indexes):
        if where := index.info.get("where"):
            index.dialect_options[connection.dialect.name]["where"] = text(where)


# ---- feeds ----------------------------------------------------------------------------------------------------------

feeds = Table(
    "feeds",
    metadata,
    _word("id", key=True),
    _word("beat"),
    _word("url"),
    Column("listed", Boolean(create_constraint=False), nullable=False),
    Column("dedicated", Boolean(create_constraint=False), nullable=False),
    _word("record"),
    UniqueConstraint("beat", "url"),
)

feed_states = Table(
    "feed_states",
    metadata,
    Column("feed", Words, ForeignKey("feeds.id"), primary_key=True),
    _word("beat"),
    _word("status"),
    _time("next_due_at"),
    _word("record"),
    Index(None, "beat", "status", "next_due_at", "feed"),
)

visits = Table(
    "visits",
    metadata,
    _word("id", key=True),
    Column("feed", Words, ForeignKey("feeds.id"), nullable=False),
    _time("at"),
    _word("record"),
    Index(None, "feed", "at"),
)

entries = Table(
    "entries",
    metadata,
    _word("id"),
    _word("content_hash"),
    _time("seen_at"),
    _word("record"),
    PrimaryKeyConstraint("id", "content_hash"),
)

items = Table(  # head: an item of a feed, whatever became of its wording
    "items",
    metadata,
    _word("id", key=True),
    _word("beat"),
    Column("feed", Words, ForeignKey("feeds.id"), nullable=False),
    _word("key"),
    _word("link", null=True),
    _word("content_hash"),
    _time("first_seen_at"),
    _time("changed_at"),
    Index(None, "feed", "key", "content_hash"),
    Index(None, "link", "beat"),
    Index(None, "beat"),
)

# ---- pages ----------------------------------------------------------------------------------------------------------

pages = Table(
    "pages",
    metadata,
    _word("id", key=True),
    _word("url"),
    _time("fetched_at"),
    _word("record"),
    Index(None, "url", "fetched_at"),
)

addresses = Table(  # head: what is to be done about an address that entries link to
    "addresses",
    metadata,
    _word("url", key=True),
    _time("seen_at"),  # of the entry that asks for it
    _time("due_at", null=True),  # from when it is worth fetching; null = not now
    _word("page", null=True),  # the newest fetch, whatever came of it
    _word("outcome", null=True),
    _time("fetched_at", null=True),
    _word("body_page", null=True),  # the newest fetch that brought a body
    _time("body_at", null=True),
    _word("read_by", null=True),  # who last read that body
    _partial("ix_addresses_due", "seen_at", "url", where="due_at IS NOT NULL"),
    _partial("ix_addresses_unread", "read_by", "body_at", "body_page", where="body_page IS NOT NULL"),
    Index(None, "body_page"),
)

# ---- articles -------------------------------------------------------------------------------------------------------

texts = Table(  # a page read again and again mostly has the same text: it is kept once
    "texts",
    metadata,
    _word("digest", key=True),
    _word("text"),
)

readings = Table(
    "readings",
    metadata,
    _word("page"),
    _word("extractor"),
    _time("read_at"),
    _word("article", null=True),
    Column("version", Integer, nullable=True),
    Column("text", Words, ForeignKey("texts.digest"), nullable=True),
    _word("record", null=True),
    _word("problem", null=True),
    PrimaryKeyConstraint("page", "extractor"),
    Index(None, "article", "version", "read_at"),
)

articles = Table(  # head: the newest reading of an article
    "articles",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Words, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    _time("at"),  # published, or read when undated
    _time("read_at"),
    _word("text_hash"),
    _word("title"),
    _word("excerpt"),
    Column("text", Words, ForeignKey("texts.digest"), nullable=False),
    _word("record"),
    Index(None, "text_hash"),
)

article_addresses = Table(
    "article_addresses",
    metadata,
    _word("url"),
    _word("article"),
    PrimaryKeyConstraint("url", "article"),
)

versions = Table(
    "versions",
    metadata,
    _word("article"),
    Column("number", Integer, nullable=False),
    _time("seen_at"),
    _word("record"),
    PrimaryKeyConstraint("article", "number"),
)

sightings = Table(
    "sightings",
    metadata,
    _word("article"),
    Column("entry", Words, ForeignKey("items.id"), nullable=False),
    _time("seen_at"),
    PrimaryKeyConstraint("article", "entry"),
    Index(None, "entry"),
)

beat_articles = Table(  # head: an article as one beat has it; `…_by` = who judged its newest version last
    "beat_articles",
    metadata,
    _word("beat"),
    _word("article"),
    Column("version", Integer, nullable=False),
    _time("at"),
    _time("first_seen_at"),
    _word("copies_by", null=True),
    _word("topics_by", null=True),
    _word("quality_by", null=True),
    _word("links_by", null=True),
    PrimaryKeyConstraint("beat", "article"),
    Index(None, "article"),
    Index(None, "beat", "at", "article"),
    *(Index(None, "beat", f"{kind}_by", "at", "article") for kind in ("copies", "topics", "quality", "links")),
)

pictures = Table(
    "pictures",
    metadata,
    _word("url", key=True),
    _time("read_at"),  # of the first reading that shows it
    _time("measured_at", null=True),
    _word("record", null=True),
    _partial("ix_pictures_unmeasured", "read_at", "url", where="measured_at IS NULL"),
)

article_pictures = Table(
    "article_pictures",
    metadata,
    _word("url"),
    _word("article"),
    PrimaryKeyConstraint("url", "article"),
    Index(None, "article"),
)

# ---- judgements and rulings -----------------------------------------------------------------------------------------


def _judgements(name: str) -> Table:
    """Describe a table of opinions: one moment holds one opinion of an article."""
    return Table(
        name,
        metadata,
        _word("beat"),
        _word("article"),
        _time("judged_at"),
        _word("judge"),
        Column("version", Integer, nullable=False),
        _word("record"),
        PrimaryKeyConstraint("beat", "article", "judged_at"),
    )


copies = _judgements("copies")
topics = _judgements("topics")
qualities = _judgements("qualities")
links = _judgements("links")

rulings = Table(
    "rulings",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Words, nullable=False, unique=True),
    _word("beat"),
    _word("article"),
    _time("at"),
    _word("record"),
    Index(None, "beat", "article", "at", "number"),
)

# ---- editions -------------------------------------------------------------------------------------------------------

paths = Table(
    "paths",
    metadata,
    _word("beat"),
    _word("article"),
    _word("path"),
    _word("record"),
    PrimaryKeyConstraint("beat", "article"),
    UniqueConstraint("beat", "path"),
)

kept_files = Table(  # what editions carry as it is; the newest body of a path counts
    "kept_files",
    metadata,
    _word("beat"),
    _word("path"),
    _time("known_at"),
    _word("article", null=True),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("beat", "path", "known_at"),
    Index(None, "article"),
)

editions = Table(
    "editions",
    metadata,
    *(_word(name) for name in ("beat", "digest")),
    _time("at"),
    PrimaryKeyConstraint("beat", "digest"),
    Index(None, "beat", "at"),
)

published = Table(  # from which edition until before which one: thousands of editions mostly publish the same articles
    "published",
    metadata,
    _word("beat"),
    _word("article"),
    _time("since"),
    _time("until", null=True),
    PrimaryKeyConstraint("beat", "article", "since"),
)

outbox = Table(  # which issue went to whom: taken, then sent or refused
    "outbox",
    metadata,
    *(_word(name) for name in ("beat", "issue", "recipient", "state", "because")),
    _time("at"),
    PrimaryKeyConstraint("beat", "issue", "recipient"),
)
