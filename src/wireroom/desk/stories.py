"""What does an editor see of stories? Reads only; what is ambiguous or oversized is listed, never decided here."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from wireroom.edition.affairs import Affairs
from wireroom.edition.gather import Happening, depends, moment
from wireroom.edition.stock import Stock
from wireroom.edition.timeline import things, timeline
from wireroom.errors import UsageError
from wireroom.ports.archive import Archive
from wireroom.records.editions import Candidate
from wireroom.records.ids import StoryId
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


def listed(stock: Stock, *, ambiguous: bool, limit: int) -> tuple[StoryLine, ...]:
    """Return the stories with more than one report, or those that may be one, latest first."""
    usual, known = usual_size(map(len, stock.reports.values())), stock.survey.affairs
    lines = (_line(story, known, usual) for part in stock.parts(lambda _: True) for story in part.stories)
    wanted = (line for line in lines if (line.near if ambiguous else line.reports > 1))
    return tuple(sorted(wanted, key=lambda line: (-line.last_at.timestamp(), line.id))[:limit])


def usual_size(sizes: Iterable[int]) -> int:
    """Return the number of reports beyond which the largest of these stories is suspect."""
    second = sorted(sizes, reverse=True)[1:2]
    return max(ALARM_FROM, OUTLIER * sum(second))


def viewed(stock: Stock, story: Happening) -> StoryView:
    """Return everything about a story."""
    known = stock.survey.affairs
    return StoryView(
        line=_line(story, known, len(story.members)),
        reports=tuple(map(_report, story.members)),
        timeline=timeline(story),
        things=things(story),
        thread=known.thread.get(story.id, ()),
        formerly=known.formerly.get(story.id, ()),
    )


def found(stock: Stock, archive: Archive, wanted: str) -> Happening:
    """Return the story with this id (or the beginning of it), a former id, or a report at this address or path."""
    leads = {gone: now for now, names in stock.survey.affairs.formerly.items() for gone in names}
    names = {**leads, **{name: name for name in stock.reports}}
    named = {story for name, story in names.items() if name == wanted or _begins(name, wanted)}
    if len(named) > 1:
        raise UsageError(f"{wanted} begins the ids of {len(named)} stories; give more of it")
    article = None if named else archive.find_article(stock.beat, wanted)
    holders = named or {story for story, reports in stock.reports.items() if article in reports}
    if not holders:
        raise UsageError(f"{stock.beat} has no story {wanted}. Look for it: wireroom stories list")
    return stock.story(holders.pop())


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
