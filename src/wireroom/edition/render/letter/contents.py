"""What does a letter tell? Chosen from an edition and from what earlier issues told; nothing is written here."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from msgspec import Struct

from wireroom.edition.render import addresses, front_matter
from wireroom.edition.render.classic_issue import FOLDER, WIDENINGS, NoIssue, Period, issue_path
from wireroom.edition.render.marks import marks_of
from wireroom.edition.render.markup import text
from wireroom.edition.render.portal.site import Site, is_copy, survey
from wireroom.errors import PostError
from wireroom.records.articles import out_at
from wireroom.records.editions import Edition, File, Post
from wireroom.records.ids import StoryId
from wireroom.records.stories import Story
from wireroom.records.topics import Topic
from wireroom.records.versions import Change

ENOUGH = 3
"""Stories from which on the window is wide enough."""
SECTION = 5
"""Stories of one topic."""
MOST = 24
"""Stories of a letter: what is read over a coffee, and stays far below 100 kB."""
CONTINUED, CORRECTED, STEPS = 6, 8, 8


class Told(Struct, frozen=True, kw_only=True):
    """A story in a letter."""

    story: Story
    lead: Post
    reports: tuple[Post, ...]
    """Published reports of its own, oldest first: no copies."""
    total: int
    """All reports of it, copies too, as the story's page counts them."""
    fresh: int
    """How many of its own came since the last issue."""

    @property
    def steps(self) -> tuple[Post, ...]:
        """Return the reports of a timeline: the first one and the latest."""
        return self.reports if len(self.reports) <= STEPS else (self.reports[0], *self.reports[1 - STEPS :])


class Section(Struct, frozen=True, kw_only=True):
    """Stories of one topic; without a topic, what belongs to none."""

    topic: Topic | None
    told: tuple[Told, ...]


class Correction(Struct, frozen=True, kw_only=True):
    """A report that its publisher changed since the last issue."""

    post: Post
    changes: tuple[Change, ...]


class Contents(Struct, frozen=True, kw_only=True):
    """Everything that a letter tells."""

    lead: Told
    sections: tuple[Section, ...]
    continued: tuple[Told, ...]
    corrections: tuple[Correction, ...]
    left_out: int
    """Stories that there was no room for."""
    window: timedelta
    """As wide as it had to be."""
    last: datetime | None
    """When the last issue came out."""


class _Late(Struct, frozen=True, kw_only=True):
    """What the last issue could not tell, since it came to us `after` it, though out for up to `by` too long."""

    after: datetime
    by: timedelta


def contents(edition: Edition, period: Period) -> Contents | NoIssue:
    """Choose what the letter of an edition's day tells."""
    site = survey(edition, marks_of(edition))
    path = issue_path(edition.masthead, edition.made_at)
    former = [file for file in edition.carried if file.path.startswith(FOLDER) and file.path < path]
    bodies, last = b"".join(file.body for file in former), _last(former)
    since = last or edition.made_at - period.window
    known = {story.id for story in site.stories if _was_told(site, story, bodies)}
    late = _Late(after=last, by=period.window) if last else None
    new, window = _new(site, known, period, late)
    continued = tuple(one for one in _tell(site, since, late) if one.story.id in known and one.fresh)
    if not new and not continued:
        days = (period.window * 2**WIDENINGS).days
        return NoIssue(because=f"nothing was published in the last {days} days that no earlier issue told")
    hottest = {story.id: place for place, story in enumerate(site.stories)}
    lead, *others = sorted((*new, *continued), key=lambda one: hottest[one.story.id])
    sections = [one for one in others if one.story.id not in known]
    return Contents(
        lead=lead,
        sections=tuple(_sections(site, sections[:MOST])),
        continued=tuple(one for one in continued if one is not lead)[:CONTINUED],
        corrections=tuple(_corrections(site, since))[:CORRECTED],
        left_out=max(0, len(sections) - MOST),
        window=window,
        last=last,
    )


def _new(site: Site, known: set[StoryId], period: Period, late: _Late | None) -> tuple[list[Told], timedelta]:
    """Return stories that no issue told, hottest first, from a window that widens until there is enough."""
    found: list[Told] = []
    window = period.window
    for number in range(WIDENINGS + 1):
        window = period.window * 2**number
        since = site.now - window
        found = [one for one in _tell(site, since, late) if one.story.id not in known and one.fresh]
        if len(found) >= ENOUGH:
            break
    return found, window


def _tell(site: Site, since: datetime, late: _Late | None) -> Iterator[Told]:
    """Yield the stories of the edition, hottest first, with what came since then."""
    for story in site.stories:
        members = site.members(story)
        reports = tuple(post for post in members if post.published and not is_copy(post))
        fresh = sum(_came(post, since, site.now, late) for post in reports)
        if reports:
            total = len({*story.articles, *(post.article.id for post in members)})
            yield Told(story=story, lead=site.lead(story), reports=reports, total=total, fresh=fresh)


def _came(post: Post, since: datetime, now: datetime, late: _Late | None) -> bool:
    """Tell whether a report came out since then, or came to us late; what is read again was not late."""
    article, at = post.article, out_at(post.article)
    if since < at <= now or late is None:
        return since < at <= now
    return article.version == 1 and article.read_at > late.after and since - late.by < at <= now


def _was_told(site: Site, story: Story, bodies: bytes) -> bool:
    """Tell whether an issue before links to a story or to a report of it, however it escapes addresses."""
    pages = [addresses.story(one) for one in (story.id, *story.formerly)]
    links = [site.masthead.address + page for page in pages]
    links += [link for post in site.members(story) if (link := addresses.web_only(post.article.canonical_url))]
    return bool(bodies) and any(f'"{form}"'.encode() in bodies for link in links for form in (link, text(link)))


def _last(former: Iterable[File]) -> datetime | None:
    """Return when the newest of earlier issues came out."""
    dates = [date for file in former if (date := _date(file))]
    return max(dates, default=None)


def _date(file: File) -> datetime | None:
    try:
        said = front_matter.read(file.body).fields.get("publishedDateTime")
    except PostError:
        return None
    return said if isinstance(said, datetime) and said.tzinfo else None


def _sections(site: Site, told: Iterable[Told]) -> Iterator[Section]:
    """Put each story under the narrowest topic of its lead, in the order of the taxonomy; the rest comes last."""
    groups: dict[str, list[Told]] = {}
    for one in told:
        topics = site.kicker(one.lead)
        groups.setdefault(topics[0].id if topics else "", []).append(one)
    for topic in site.edition.topics:
        if topic.id in groups:
            yield Section(topic=topic, told=tuple(groups[topic.id][:SECTION]))
    if "" in groups:
        yield Section(topic=None, told=tuple(groups[""][:SECTION]))


def _corrections(site: Site, since: datetime) -> Iterator[Correction]:
    for post in site.published:
        seen = [version for version in post.versions if since < version.seen_at <= site.now]
        changes = tuple(change for version in seen for change in version.changes)
        if changes:
            yield Correction(post=post, changes=changes)
