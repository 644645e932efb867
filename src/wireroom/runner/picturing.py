"""How do copies of pictures come in and go out? Fetched politely, shrunk, kept as blobs; handed out with an edition."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from msgspec import structs

from wireroom.edition import pictures
from wireroom.edition.render import addresses
from wireroom.intake.illustrate import copies, plan_copy
from wireroom.records.articles import Picture, Rendition
from wireroom.records.drafts import Draft
from wireroom.records.editions import Edition
from wireroom.records.outcomes import Outcome
from wireroom.runner.room import Room

ASK_AGAIN = timedelta(days=7)
"""After which a picture that could not be copied is asked for once more."""
AT_ONCE = 25


def keep_copies(room: Room, edition: Edition) -> int:
    """Keep copies of the lead pictures that an edition shows and we do not have yet; return how many are new."""
    wanted = _missing(room, edition)
    room.report.begin("pictures", "copying pictures")
    new = 0
    for start in range(0, len(wanted), AT_ONCE):
        by_request = {plan_copy(one.url): one for one in wanted[start : start + AT_ONCE]}
        answers = room.web.fetch_all(by_request)
        copied = [_copied(room, by_request[request], outcome) for request, outcome in answers]
        room.archive.record_copied(copied)
        new += sum(bool(one.renditions) for one in copied)
        room.report.advance(start + len(copied), len(wanted))
    room.report.end("pictures", new)
    return new


def files(room: Room, edition: Edition) -> Iterator[Draft]:
    """Hand out the copies that an edition shows; only those that an outlet lacks are read."""
    for one in pictures.kept(edition):
        yield Draft(path=addresses.media(one), key=one.body, make=partial(_body, room, one))


def _body(room: Room, one: Rendition) -> bytes:
    return room.blobs.get(one.body) or b""


def _missing(room: Room, edition: Edition) -> list[Picture]:
    urls = pictures.worth_a_copy(edition)
    known = room.archive.pictures(urls)
    return [known[url] for url in urls if url in known and _due(known[url], room.clock.now())]


def _due(picture: Picture, now: datetime) -> bool:
    if picture.renditions:
        return False
    return picture.copied_at is None or now - picture.copied_at >= ASK_AGAIN


def _copied(room: Room, picture: Picture, outcome: Outcome) -> Picture:
    found = copies(outcome)
    if isinstance(found, str):
        return structs.replace(picture, copied_at=room.clock.now(), copy_problem=found)
    kept = tuple(Rendition(body=room.blobs.put(one.body), width=one.width, height=one.height) for one in found)
    return structs.replace(picture, copied_at=room.clock.now(), renditions=kept, copy_problem=None)
