"""Where is the archive, and what does it hold? The one name that the rest of Wireroom uses."""

from sqlalchemy import text

from wireroom.adapters.archive.articles import Articles
from wireroom.adapters.archive.editions import Editions
from wireroom.adapters.archive.engine import connect, locate, plainly
from wireroom.adapters.archive.feeds import Feeds
from wireroom.adapters.archive.inquiries import Inquiries
from wireroom.adapters.archive.judgements import Judgements
from wireroom.adapters.archive.kept import Kept
from wireroom.adapters.archive.opening import prepare
from wireroom.adapters.archive.outbox import Outbox
from wireroom.adapters.archive.pages import Pages
from wireroom.adapters.archive.troubles import Troubles


class SqlArchive(Feeds, Pages, Articles, Judgements, Editions, Inquiries, Troubles, Kept, Outbox):
    """Holds all records in one SQL database; fulfils ports.archive.Archive. For one thread at a time."""

    def check(self) -> tuple[str, ...]:
        """Return what is wrong with the archive, in sentences; empty when all is well."""
        if self._engine.dialect.name != "sqlite":
            return ()
        with self.reading() as connection:
            said = connection.execute(text("PRAGMA quick_check(10)")).scalars().all()
        return tuple(f"archive {self._name}: {sentence}" for sentence in said if sentence != "ok")


def open_whole(dsn: str, wait_s: float) -> SqlArchive:
    """Open an archive for everything that may be asked of one; see door.open_archive."""
    url = locate(dsn)
    name = url.render_as_string(hide_password=True) if url.host else (url.database or dsn)
    with plainly(name):
        engine = connect(url, wait_s)
        try:
            prepare(engine, name)
        except BaseException:
            engine.dispose()
            raise
    return SqlArchive(engine, name)
