"""How are articles found by their words?

SQLite: an FTS5 index without a copy of the texts. PostgreSQL: a table of `tsvector`. Triggers keep both in step with
`articles`. What a user types is data for a parameter; it never becomes query syntax.
"""

import re

from sqlalchemy import Connection, TextClause, text

_PHRASES = re.compile(r'"([^"]*)"|(\S+)')
_WORD = re.compile(r"\w+")

_SQLITE = (
    """CREATE VIEW article_content AS
       SELECT articles.number, articles.title, articles.excerpt, texts.text
       FROM articles JOIN texts ON texts.digest = articles.text""",
    """CREATE VIRTUAL TABLE article_words USING fts5(
       title, excerpt, text,
       content='article_content', content_rowid='number', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER articles_added AFTER INSERT ON articles BEGIN
       INSERT INTO article_words(rowid, title, excerpt, text)
       SELECT new.number, new.title, new.excerpt, text FROM texts WHERE digest = new.text; END""",
    """CREATE TRIGGER articles_changed AFTER UPDATE OF title, excerpt, text ON articles
       WHEN old.title <> new.title OR old.excerpt <> new.excerpt OR old.text <> new.text BEGIN
       INSERT INTO article_words(article_words, rowid, title, excerpt, text)
       SELECT 'delete', old.number, old.title, old.excerpt, text FROM texts WHERE digest = old.text;
       INSERT INTO article_words(rowid, title, excerpt, text)
       SELECT new.number, new.title, new.excerpt, text FROM texts WHERE digest = new.text; END""",
)

# A tsvector holds at most one megabyte; 200,000 characters are a short novel.
_POSTGRES = (
    "CREATE TABLE article_words (number BIGINT PRIMARY KEY REFERENCES articles (number), words TSVECTOR NOT NULL)",
    "CREATE INDEX article_words_gin ON article_words USING gin (words)",
    """CREATE FUNCTION index_article_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO article_words (number, words)
       SELECT new.number, to_tsvector('simple', left(new.title || ' ' || new.excerpt || ' ' || texts.text, 200000))
       FROM texts WHERE texts.digest = new.text
       ON CONFLICT (number) DO UPDATE SET words = excluded.words;
       RETURN NULL; END $$""",
    """CREATE TRIGGER articles_words AFTER INSERT OR UPDATE OF title, excerpt, text ON articles
       FOR EACH ROW EXECUTE FUNCTION index_article_words()""",
)


def create_index(connection: Connection) -> None:
    """Create what searching needs beside the tables of schema.py."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRES:
        connection.exec_driver_sql(statement)


def phrases(query: str) -> tuple[str, ...]:
    """Cut what a user typed into words and "quoted phrases", each as plain words parted by spaces."""
    found = (" ".join(_WORD.findall(quoted or word)) for quoted, word in _PHRASES.findall(query))
    return tuple(phrase for phrase in found if phrase)


def matching(connection: Connection, wanted: tuple[str, ...]) -> tuple[TextClause, dict[str, str]]:
    """Return a query of the numbers of articles that hold all phrases, and its parameters."""
    if connection.dialect.name == "sqlite":
        sought = " ".join(f'"{phrase}"' for phrase in wanted)
        return text("SELECT rowid AS number FROM article_words WHERE article_words MATCH :sought"), {"sought": sought}
    tests = " AND ".join(f"words @@ phraseto_tsquery('simple', :phrase{index})" for index in range(len(wanted)))
    return (
        text(f"SELECT number FROM article_words WHERE {tests}"),  # noqa: S608 - only our own numbers are in it
        {f"phrase{index}": phrase for index, phrase in enumerate(wanted)},
    )
