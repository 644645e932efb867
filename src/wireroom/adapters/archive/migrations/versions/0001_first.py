"""The first schema."""

import sqlalchemy as sa
from alembic import op

from wireroom.adapters.archive.words import create_index

revision = "0001"
down_revision = None

WORDS = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MICROS = sa.BigInteger()
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create every table, each by its own function below, and the index of words."""
    for create in (
        _addresses,
        _article_addresses,
        _article_pictures,
        _beat_articles,
        _copies,
        _editions,
        _entries,
        _feeds,
        _links,
        _pages,
        _paths,
        _pictures,
        _published,
        _qualities,
        _rulings,
        _texts,
        _topics,
        _versions,
        _articles,
        _feed_states,
        _items,
        _readings,
        _visits,
        _sightings,
    ):
        create()
    create_index(op.get_bind())


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("url", WORDS, nullable=False),
        sa.Column("seen_at", MICROS, nullable=False),
        sa.Column("due_at", MICROS, nullable=True),
        sa.Column("page", WORDS, nullable=True),
        sa.Column("outcome", WORDS, nullable=True),
        sa.Column("fetched_at", MICROS, nullable=True),
        sa.Column("body_page", WORDS, nullable=True),
        sa.Column("body_at", MICROS, nullable=True),
        sa.Column("read_by", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_index(op.f("ix_addresses_body_page"), "addresses", ["body_page"], unique=False)
    op.create_index(
        "ix_addresses_due",
        "addresses",
        ["seen_at", "url"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index(
        "ix_addresses_unread",
        "addresses",
        ["read_by", "body_at", "body_page"],
        unique=False,
        sqlite_where=sa.text("body_page IS NOT NULL"),
        postgresql_where=sa.text("body_page IS NOT NULL"),
    )


def _article_addresses() -> None:
    op.create_table(
        "article_addresses",
        sa.Column("url", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("url", "article"),
    )


def _article_pictures() -> None:
    op.create_table(
        "article_pictures",
        sa.Column("url", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("url", "article"),
    )
    op.create_index(op.f("ix_article_pictures_article"), "article_pictures", ["article"], unique=False)


def _beat_articles() -> None:
    op.create_table(
        "beat_articles",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MICROS, nullable=False),
        sa.Column("first_seen_at", MICROS, nullable=False),
        sa.Column("copies_by", WORDS, nullable=True),
        sa.Column("topics_by", WORDS, nullable=True),
        sa.Column("quality_by", WORDS, nullable=True),
        sa.Column("links_by", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("beat", "article"),
    )
    op.create_index(op.f("ix_beat_articles_article"), "beat_articles", ["article"], unique=False)
    op.create_index(op.f("ix_beat_articles_beat_at_article"), "beat_articles", ["beat", "at", "article"], unique=False)
    op.create_index(
        op.f("ix_beat_articles_beat_copies_by_at_article"),
        "beat_articles",
        ["beat", "copies_by", "at", "article"],
        unique=False,
    )
    op.create_index(
        op.f("ix_beat_articles_beat_links_by_at_article"),
        "beat_articles",
        ["beat", "links_by", "at", "article"],
        unique=False,
    )
    op.create_index(
        op.f("ix_beat_articles_beat_quality_by_at_article"),
        "beat_articles",
        ["beat", "quality_by", "at", "article"],
        unique=False,
    )
    op.create_index(
        op.f("ix_beat_articles_beat_topics_by_at_article"),
        "beat_articles",
        ["beat", "topics_by", "at", "article"],
        unique=False,
    )


def _copies() -> None:
    op.create_table(
        "copies",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("judged_at", MICROS, nullable=False),
        sa.Column("judge", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "article", "judged_at"),
    )


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("at", MICROS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "digest"),
    )
    op.create_index(op.f("ix_editions_beat_at"), "editions", ["beat", "at"], unique=False)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("seen_at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id", "content_hash"),
    )


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("listed", sa.Boolean(), nullable=False),
        sa.Column("dedicated", sa.Boolean(), nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("beat", "url", name=op.f("uq_feeds_beat_url")),
    )


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("judged_at", MICROS, nullable=False),
        sa.Column("judge", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "article", "judged_at"),
    )


def _pages() -> None:
    op.create_table(
        "pages",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("url", WORDS, nullable=False),
        sa.Column("fetched_at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_pages_url_fetched_at"), "pages", ["url", "fetched_at"], unique=False)


def _paths() -> None:
    op.create_table(
        "paths",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("path", WORDS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "article"),
        sa.UniqueConstraint("beat", "path", name=op.f("uq_paths_beat_path")),
    )


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("url", WORDS, nullable=False),
        sa.Column("read_at", MICROS, nullable=False),
        sa.Column("measured_at", MICROS, nullable=True),
        sa.Column("record", WORDS, nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_index(
        "ix_pictures_unmeasured",
        "pictures",
        ["read_at", "url"],
        unique=False,
        sqlite_where=sa.text("measured_at IS NULL"),
        postgresql_where=sa.text("measured_at IS NULL"),
    )


def _published() -> None:
    op.create_table(
        "published",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("since", MICROS, nullable=False),
        sa.Column("until", MICROS, nullable=True),
        sa.PrimaryKeyConstraint("beat", "article", "since"),
    )


def _qualities() -> None:
    op.create_table(
        "qualities",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("judged_at", MICROS, nullable=False),
        sa.Column("judge", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "article", "judged_at"),
    )


def _rulings() -> None:
    op.create_table(
        "rulings",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id", name=op.f("uq_rulings_id")),
    )
    op.create_index(
        op.f("ix_rulings_beat_article_at_number"), "rulings", ["beat", "article", "at", "number"], unique=False
    )


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )


def _topics() -> None:
    op.create_table(
        "topics",
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("article", WORDS, nullable=False),
        sa.Column("judged_at", MICROS, nullable=False),
        sa.Column("judge", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("beat", "article", "judged_at"),
    )


def _versions() -> None:
    op.create_table(
        "versions",
        sa.Column("article", WORDS, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("seen_at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.PrimaryKeyConstraint("article", "number"),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("id", WORDS, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", MICROS, nullable=False),
        sa.Column("read_at", MICROS, nullable=False),
        sa.Column("text_hash", WORDS, nullable=False),
        sa.Column("title", WORDS, nullable=False),
        sa.Column("excerpt", WORDS, nullable=False),
        sa.Column("text", WORDS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["text"],
            ["texts.digest"],
        ),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id", name=op.f("uq_articles_id")),
    )
    op.create_index(op.f("ix_articles_text_hash"), "articles", ["text_hash"], unique=False)


def _feed_states() -> None:
    op.create_table(
        "feed_states",
        sa.Column("feed", WORDS, nullable=False),
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("status", WORDS, nullable=False),
        sa.Column("next_due_at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed"],
            ["feeds.id"],
        ),
        sa.PrimaryKeyConstraint("feed"),
    )
    op.create_index(
        op.f("ix_feed_states_beat_status_next_due_at_feed"),
        "feed_states",
        ["beat", "status", "next_due_at", "feed"],
        unique=False,
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("beat", WORDS, nullable=False),
        sa.Column("feed", WORDS, nullable=False),
        sa.Column("key", WORDS, nullable=False),
        sa.Column("link", WORDS, nullable=True),
        sa.Column("content_hash", WORDS, nullable=False),
        sa.Column("first_seen_at", MICROS, nullable=False),
        sa.Column("changed_at", MICROS, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed"],
            ["feeds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_items_beat"), "items", ["beat"], unique=False)
    op.create_index(op.f("ix_items_feed_key_content_hash"), "items", ["feed", "key", "content_hash"], unique=False)
    op.create_index(op.f("ix_items_link_beat"), "items", ["link", "beat"], unique=False)


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("page", WORDS, nullable=False),
        sa.Column("extractor", WORDS, nullable=False),
        sa.Column("read_at", MICROS, nullable=False),
        sa.Column("article", WORDS, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("text", WORDS, nullable=True),
        sa.Column("record", WORDS, nullable=True),
        sa.Column("problem", WORDS, nullable=True),
        sa.ForeignKeyConstraint(
            ["text"],
            ["texts.digest"],
        ),
        sa.PrimaryKeyConstraint("page", "extractor"),
    )
    op.create_index(
        op.f("ix_readings_article_version_read_at"), "readings", ["article", "version", "read_at"], unique=False
    )


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", WORDS, nullable=False),
        sa.Column("feed", WORDS, nullable=False),
        sa.Column("at", MICROS, nullable=False),
        sa.Column("record", WORDS, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed"],
            ["feeds.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_visits_feed_at"), "visits", ["feed", "at"], unique=False)


def _sightings() -> None:
    op.create_table(
        "sightings",
        sa.Column("article", WORDS, nullable=False),
        sa.Column("entry", WORDS, nullable=False),
        sa.Column("seen_at", MICROS, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["items.id"],
        ),
        sa.PrimaryKeyConstraint("article", "entry"),
    )
    op.create_index(op.f("ix_sightings_entry"), "sightings", ["entry"], unique=False)
