"""What is mailed to whom, and what became of it?"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from wireroom.records.ids import BeatId


class PostingState(StrEnum):
    """How far one issue has come on its way to one recipient."""

    TAKEN = "taken"  # about to be sent, or cut off while it was: it may have arrived, so nobody sends it again
    SENT = "sent"
    REFUSED = "refused"  # certainly not delivered: it may be tried again


class Posting(Struct, frozen=True, kw_only=True):
    """One line of the outbox."""

    beat: BeatId
    issue: str
    """Path of the issue."""
    recipient: str
    """Digest of the mail address: the archive holds no addresses."""
    state: PostingState
    at: datetime
    because: str = ""


class Letter(Struct, frozen=True, kw_only=True):
    """One issue as it is mailed, the same to everybody."""

    path: str
    """Where its post lies."""
    title: str
    excerpt: str
    at: datetime
    html: str
    text: str
    fragment: str
    """What the post shows of it: the same without what only mail clients need."""


class Mail(Struct, frozen=True, kw_only=True):
    """A letter on its way to one recipient."""

    message_id: str
    """Stable: the same issue to the same recipient has the same one."""
    sender: str
    recipient: str
    subject: str
    at: datetime
    html: str
    text: str
    unsubscribe: str = ""
    """A web address or a mailto: one; empty = the letter cannot be unsubscribed from by a button."""
    reply_to: str = ""


class Accepted(Struct, frozen=True, tag=True):
    """The server took the message over."""


class Rejected(Struct, frozen=True, tag=True):
    """The server certainly did not take it."""

    because: str
    lasting: bool
    """Whether trying again is of no use."""


class Uncertain(Struct, frozen=True, tag=True):
    """The connection broke when the server may have taken it already."""

    because: str


Handover = Accepted | Rejected | Uncertain
