"""What does an editor see of stories? Reads only; what is ambiguous or oversized is listed, never decided here."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from wireroom.edition.affairs import Affairs, affairs
from wireroom.edition.gather import Happening, depends, gather, moment
from wireroom.edition.timeline import things, timeline
from wireroom.errors import UsageError
from wireroom.ports.archive import Archive
from wireroom.records.editions import Candidate
from wireroom.records.ids import BeatId, StoryId
from wireroom.records.stories import NearStory, Step, Thing

SHORTEST = 4
"""Characters of a story's id that may stand for it."""
OUTLIER = 4
"""Times the largest of all other stories: what grows beyond that is named as oversized …"""
ALARM_FROM = 25
"""… from this many reports on."""


class StoryLine(Struct, frozen=True, kw_only=True):
    """A story in a list."""

    id: StoryId
    title: str
    reports: int
    independent: int
    copies: int
    first_at: datetime
    last_at: datetime
    near: tuple[StoryId, ...] = ()
    oversized: bool = False
    """Larger than the beat has ever seen: look whether it swallows what it should not."""


class ReportLine(Struct, frozen=True, kw_only=True):
    """A report in a story: why it is there, and what it might belong to as well."""

    at: datetime
    provider: str
    title: str
    url: str
    because: str
    kind: str
    """What sort of copy it is, or `original`."""
    proof: str = ""
    near: tuple[NearStory, ...] = ()


class StoryView(Struct, frozen=True, kw_only=True):
    """Everything about one story."""

    line: StoryLine
    reports: tuple[ReportLine, ...]
    timeline: tuple[Step, ...]
    things: tuple[Thing, ...]
    thread: tuple[StoryId, ...]
    formerly: tuple[StoryId, ...]


class Shelved(Struct, frozen=True, kw_only=True):
    """All stories of a beat at one time."""

    stories: tuple[Happening, ...]
    known: Affairs


def shelved(archive: Archive, beat: BeatId, now: datetime) -> Shelved:
    """Read the stories of a beat."""
    stories = gather(archive.snapshot(beat, now))
    return Shelved(stories=stories, known=affairs(stories))


def listed(shelf: Shelved, *, ambiguous: bool, limit: int) -> tuple[StoryLine, ...]:
    """Return the stories with more than one report, or those that may be one, latest first."""
    usual = usual_size(len(story.members) for story in shelf.stories)
    lines = (_line(story, shelf.known, usual) for story in shelf.stories)
    wanted = (line for line in lines if (line.near if ambiguous else line.reports > 1))
    return tuple(sorted(wanted, key=lambda line: (-line.last_at.timestamp(), line.id))[:limit])


def usual_size(sizes: Iterable[int]) -> int:
    """Return the number of reports beyond which the largest of these stories is suspect."""
    second = sorted(sizes, reverse=True)[1:2]
    return max(ALARM_FROM, OUTLIER * sum(second))


def viewed(shelf: Shelved, story: Happening) -> StoryView:
    """Return everything about a story."""
    return StoryView(
        line=_line(story, shelf.known, len(story.members)),
        reports=tuple(map(_report, story.members)),
        timeline=timeline(story),
        things=things(story),
        thread=shelf.known.thread.get(story.id, ()),
        formerly=shelf.known.formerly.get(story.id, ()),
    )


def found(shelf: Shelved, archive: Archive, beat: BeatId, wanted: str) -> Happening:
    """Return the story with this id (or the begin of it), a former id, or a report at this address or path."""
    by_id = {story.id: story for story in shelf.stories}
    leads = {gone: by_id[now] for now, names in shelf.known.formerly.items() for gone in names}
    named = [story for name, story in {**leads, **by_id}.items() if name == wanted or _begins(name, wanted)]
    if len({story.id for story in named}) == 1:
        return named[0]
    if named:
        raise UsageError(f"{wanted} begins the ids of {len(named)} stories; give more of it")
    article = archive.find_article(beat, wanted)
    holder = next((one for one in shelf.stories if any(m.article.id == article for m in one.members)), None)
    if article is None or holder is None:
        raise UsageError(f"{beat} has no story {wanted}. Look for it: wireroom stories list")
    return holder


def _begins(name: str, wanted: str) -> bool:
    return len(wanted) >= SHORTEST and name.startswith(wanted)


def _line(story: Happening, known: Affairs, usual: int) -> StoryLine:
    times = [moment(member) for member in story.members]
    lead = story.independent[0] if story.independent else story.members[0]
    return StoryLine(
        id=story.id,
        title=lead.article.title,
        reports=len(story.members),
        independent=len(story.independent),
        copies=sum(map(depends, story.members)),
        first_at=times[0],
        last_at=times[-1],
        near=tuple(sorted(known.near.get(story.id, ()))),
        oversized=len(story.members) > usual,
    )


def _report(member: Candidate) -> ReportLine:
    return ReportLine(
        at=moment(member),
        provider=member.article.provider.name,
        title=member.article.title,
        url=member.article.canonical_url,
        because=member.link.because if member.link else "not linked yet",
        kind=member.copy.kind if member.copy else "original",
        proof=member.copy.proof if member.copy else "",
        near=member.link.near if member.link else (),
    )
