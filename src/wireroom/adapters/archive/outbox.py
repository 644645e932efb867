"""Which issue went to whom? Taking a posting is one statement, so of two senders one gets it, also after a crash."""

from datetime import datetime

from sqlalchemy import select, update

from wireroom.adapters.archive.engine import Store
from wireroom.adapters.archive.rows import micros, moment, storable
from wireroom.adapters.archive.schema import outbox
from wireroom.adapters.archive.statements import Row, insert
from wireroom.records.ids import BeatId
from wireroom.records.mail import Posting, PostingState


class Outbox(Store):
    """The part of the archive that sending letters reads and appends."""

    def take_posting(self, beat: BeatId, issue: str, recipient: str, now: datetime) -> bool:
        """Take an issue to send it to a recipient; only what was never taken, or was refused, can be taken."""
        row: Row = {"beat": beat, "issue": storable(issue), "recipient": recipient, "because": ""}
        row |= {"state": PostingState.TAKEN.value, "at": micros(now)}
        with self.writing() as connection:
            statement = insert(connection, outbox).values(**row)
            again = statement.on_conflict_do_update(
                index_elements=["beat", "issue", "recipient"],
                set_={"state": PostingState.TAKEN.value, "at": micros(now), "because": ""},
                where=outbox.c.state == PostingState.REFUSED.value,
            )
            return connection.execute(again.returning(outbox.c.recipient)).first() is not None

    def settle_posting(self, posting: Posting) -> None:
        """Note what became of a posting that was taken."""
        here = (
            (outbox.c.beat == posting.beat)
            & (outbox.c.issue == storable(posting.issue))
            & (outbox.c.recipient == posting.recipient)
        )
        values = {"state": posting.state.value, "at": micros(posting.at), "because": storable(posting.because)}
        with self.writing() as connection:
            connection.execute(update(outbox).where(here).values(**values))

    def postings(self, beat: BeatId, issue: str) -> tuple[Posting, ...]:
        """Return the outbox of an issue, by recipient."""
        columns = (outbox.c.recipient, outbox.c.state, outbox.c.at, outbox.c.because)
        query = select(*columns).where(outbox.c.beat == beat, outbox.c.issue == storable(issue))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(outbox.c.recipient)).all()
        return tuple(
            Posting(beat=beat, issue=issue, recipient=who, state=PostingState(state), at=moment(at), because=because)
            for who, state, at, because in rows
        )
