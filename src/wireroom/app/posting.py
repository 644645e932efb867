"""How does a letter reach its readers? Made once, kept as a post, then sent to each at most once.

What is sent is kept beside the archive before the first mail leaves, so that whoever comes after an interruption gets
the same letter. Readers' addresses stay in the beat folder; the archive knows only their digests.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import parseaddr
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from wireroom.adapters.mail import Keila, Listmonk, SmtpPostman, keila, listmonk
from wireroom.app.beat import Beat
from wireroom.app.build import STATE_FOLDER, clock, opened_archive
from wireroom.app.drafting import drafted
from wireroom.app.settings import NewsletterTable
from wireroom.edition.render.letter import UNSUBSCRIBE, NoIssue, Period, issue_path, letter
from wireroom.edition.render.letter.written import post
from wireroom.errors import BeatError, DeliveryError, UsageError
from wireroom.ports.archive import Archive
from wireroom.ports.mail import Postman
from wireroom.records.editions import KeptFile
from wireroom.records.ids import digest
from wireroom.records.mail import Accepted, Handover, Letter, Mail, Posting, PostingState, Rejected

VARIABLES = {"listmonk": "WIREROOM_LISTMONK", "keila": "WIREROOM_KEILA", None: "WIREROOM_SMTP"}
"""What names the server, by who keeps the readers' addresses."""
_LEAVE = {"listmonk": listmonk.LEAVE, "keila": keila.LEAVE}
_MAILBOX = re.compile(r"[^@\s<>,;:\"()\[\]\\\x00-\x1f]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class Sent(Struct, frozen=True, kw_only=True):
    """What `newsletter send` did."""

    path: str
    made: bool
    because: str = ""
    """Why there is no issue."""
    sent: int = 0
    before: int = 0
    """Recipients that had it, or may have it, already."""
    refused: tuple[str, ...] = ()
    """Addresses that were refused, each with the server's words."""
    uncertain: tuple[str, ...] = ()
    """Addresses that may have got it; they are not asked again."""


def preview(beat: Beat, period: Period, *, now: datetime | None = None) -> Letter | NoIssue:
    """Make the letter and keep nothing."""
    with opened_archive(beat) as archive:
        return letter(drafted(beat, archive, clock(now).now()), period)


def send(beat: Beat, period: Period, *, now: datetime | None = None, postman: Postman | None = None) -> Sent:
    """Send the letter of the day to everybody who has not had it."""
    at = clock(now).now()
    path = issue_path(beat.masthead, at)
    readers, settings = recipients(beat), _complete(beat)
    with opened_archive(beat) as archive:
        issue = _kept_letter(beat, path) or letter(drafted(beat, archive, at), period)
        if isinstance(issue, NoIssue):
            return Sent(path=path, made=False, because=issue.because)
        _keep(beat, archive, issue, at)
        chosen = postman or _postman(settings)
        try:
            return _sent(beat, archive, issue, readers, chosen)
        finally:
            chosen.close()


def _complete(beat: Beat) -> NewsletterTable:
    """Return the settings; raise UsageError when a letter could not be answered or left."""
    settings, file = beat.newsletter, beat.folder / "beat.toml"
    if settings.keila:  # who has its own sender
        return settings
    if not settings.sender or not _MAILBOX.fullmatch(parseaddr(settings.sender)[1]):
        raise UsageError(f"{file}: newsletter.sender is no mail address; readers see it as From")
    if not settings.unsubscribe and not settings.list_server:
        raise UsageError(f"{file}: newsletter.unsubscribe is missing; every letter says how to leave")
    return settings


def recipients(beat: Beat) -> tuple[str, ...]:
    """Return the readers' addresses, each once, in the order of the file; a list server needs none of them."""
    if beat.newsletter.list_server:
        return (beat.newsletter.list_server,)
    file = beat.folder / beat.newsletter.subscribers
    if not file.is_file():
        raise UsageError(f"{file} is missing: one mail address a line")
    return tuple(_addresses(file.read_text("utf-8").splitlines(), file))


def outbox(beat: Beat, *, now: datetime | None = None) -> tuple[Posting, ...]:
    """Return what became of the issue of the day, with the addresses that the beat folder knows."""
    names = {recipient(one): one for one in recipients(beat)}
    with opened_archive(beat) as archive:
        found = archive.postings(beat.policy.beat, issue_path(beat.masthead, clock(now).now()))
    return tuple(structs.replace(one, recipient=names.get(one.recipient, one.recipient)) for one in found)


def recipient(address: str) -> str:
    """Name a recipient in the archive."""
    return digest("recipient", address.casefold())


def _addresses(lines: Iterable[str], file: Path) -> Iterator[str]:
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        said = line.partition("#")[0].strip()
        if said and not _MAILBOX.fullmatch(said):
            raise BeatError(f"{file}, line {number}: {said!r} is not a mail address")
        if said and said.casefold() not in known:
            known.add(said.casefold())
            yield said


def _keep(beat: Beat, archive: Archive, issue: Letter, at: datetime) -> None:
    """Keep the letter, and its post for editions to carry, before anybody gets it; what is kept already stays."""
    place = _place(beat, issue.path)
    if place.exists():
        return
    edition = drafted(beat, archive, at)
    if not any(file.path == issue.path for file in edition.carried):
        body = post(issue, edition)
        archive.record_kept([KeptFile(beat=beat.policy.beat, path=issue.path, body=body, known_at=at)])
    place.parent.mkdir(parents=True, exist_ok=True)
    draft = place.with_suffix(".draft")
    draft.write_bytes(msgspec.json.encode(issue))
    draft.replace(place)


def _kept_letter(beat: Beat, path: str) -> Letter | None:
    place = _place(beat, path)
    return msgspec.json.decode(place.read_bytes(), type=Letter) if place.exists() else None


def _place(beat: Beat, path: str) -> Path:
    return beat.folder / STATE_FOLDER / "letters" / f"{path.rpartition('/')[2].removesuffix('.html')}.json"


def _postman(settings: NewsletterTable) -> Postman:
    name = VARIABLES[settings.list_server]
    address = os.environ.get(name)
    if not address:
        raise UsageError(f"{name} is not set: the environment names the server, and the password with it")
    if settings.keila:
        return Keila(address, settings.keila.sender, settings.keila.segment)
    return Listmonk(address, tuple(settings.listmonk)) if settings.listmonk else SmtpPostman(address)


def _sent(beat: Beat, archive: Archive, issue: Letter, readers: Iterable[str], postman: Postman) -> Sent:
    done = Sent(path=issue.path, made=True)
    for address in readers:
        if not archive.take_posting(beat.policy.beat, issue.path, recipient(address), issue.at):
            done = structs.replace(done, before=done.before + 1)
            continue
        outcome = _handed_over(beat, archive, postman, _mail(beat, issue, address), issue)
        archive.settle_posting(_posting(beat, issue, address, outcome))
        done = _counted(done, address, outcome)
    return done


def _handed_over(beat: Beat, archive: Archive, postman: Postman, mail: Mail, issue: Letter) -> Handover:
    """Hand a mail over; when no server can be reached, it is free to be taken again."""
    try:
        return postman.hand_over(mail)
    except DeliveryError as error:
        outcome = Rejected(because=str(error), lasting=False)
        archive.settle_posting(_posting(beat, issue, mail.recipient, outcome))
        raise


def _counted(done: Sent, address: str, outcome: Handover) -> Sent:
    if isinstance(outcome, Accepted):
        return structs.replace(done, sent=done.sent + 1)
    line = f"{address}: {outcome.because}"
    if isinstance(outcome, Rejected):
        return structs.replace(done, refused=(*done.refused, line))
    return structs.replace(done, uncertain=(*done.uncertain, line))


def _posting(beat: Beat, issue: Letter, address: str, outcome: Handover) -> Posting:
    state, because = PostingState.SENT, ""
    if not isinstance(outcome, Accepted):
        state = PostingState.REFUSED if isinstance(outcome, Rejected) else PostingState.TAKEN
        because = outcome.because
    name = recipient(address)
    return Posting(beat=beat.policy.beat, issue=issue.path, recipient=name, state=state, at=issue.at, because=because)


def _mail(beat: Beat, issue: Letter, address: str) -> Mail:
    settings, name = beat.newsletter, recipient(address)
    own = (settings.unsubscribe or "").replace("{recipient}", name)
    leave = _LEAVE[settings.list_server] if settings.list_server else own
    host = parseaddr(settings.sender or "")[1].rpartition("@")[2] or "localhost"
    return Mail(
        message_id=f"<{digest('mail', beat.policy.beat, issue.path, name)}@{host}>",
        sender=settings.sender or "",
        recipient=address,
        subject=issue.title,
        at=issue.at,
        html=issue.html.replace(UNSUBSCRIBE, leave.replace("&", "&amp;").replace('"', "&#34;")),
        text=issue.text.replace(UNSUBSCRIBE, leave),
        unsubscribe="" if settings.list_server else leave,
        reply_to=settings.reply_to or "",
    )
