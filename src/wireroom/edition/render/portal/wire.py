"""How is a story told on its page? Reports in order of time, copies folded under what they repeat, a tape of ticks."""

from datetime import datetime, timedelta
from typing import cast

from msgspec import Struct

from wireroom.edition.render import cards
from wireroom.edition.render.addresses import provider_key
from wireroom.edition.render.cards import Card
from wireroom.edition.render.feeds import followed
from wireroom.edition.render.portal.site import Site, is_copy
from wireroom.edition.shelf import whole
from wireroom.edition.tales import names_story
from wireroom.records.editions import Post
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.stories import StepKind, Story, Told
from wireroom.records.versions import Change, Version

TAPE = 600.0
"""Width of a tape in its own units."""
NEW = 4
"""Names, and figures, that a report is said to add: the first ones are the telling ones."""
REMEMBERED = 200
"""Tellings kept at a time: memory stays that of an edition."""
LIVE = timedelta(hours=6)
"""How recent a report must be to be marked as new."""


class Report(Struct, frozen=True, kw_only=True):
    """A post on the wire, with the copies of it."""

    post: Post
    copies: tuple[Post, ...] = ()
    corrections: tuple[Change, ...] = ()
    """Headlines that the publisher changed."""
    edited: tuple[datetime, ...] = ()
    """When changes of its text were seen."""
    new: Told = Told()
    """What it says and no report before it said."""

    @property
    def adds(self) -> tuple[str, ...]:
        """Return the names and figures that are new in it, a few of each."""
        return (*(thing.name for thing in self.new.things[:NEW]), *self.new.numbers[:NEW])

    @property
    def at(self) -> datetime | None:
        """Return when it was published."""
        return self.post.article.published_at


class Tick(Struct, frozen=True, kw_only=True):
    """A report on the tape: its place from the left, and what it is."""

    x: float
    kind: str
    """`own`, `copy` or `new`."""


class Telling(Struct, frozen=True, kw_only=True):
    """Everything a page shows of a story."""

    story: Story
    lead: Post
    reports: tuple[Report, ...]
    total: int
    """All reports, also those that readers do not see here."""
    unseen: int
    ticks: tuple[Tick, ...]
    until: datetime
    """Where the tape ends: now, while the story lives."""
    mood: str
    card: Card | None
    """What a shared link to it shows, when it has a card of its own."""
    kept: dict[object, str] = {}
    """Parts of pages that show it, by `press.once`."""

    @property
    def heat(self) -> float:
        """Return the heat of the lead."""
        return self.lead.heat.value

    @property
    def days(self) -> tuple[tuple[datetime | None, tuple[Report, ...]], ...]:
        """Return the reports by day."""
        groups: dict[object, list[Report]] = {}
        for report in self.reports:
            groups.setdefault(report.at.date() if report.at else None, []).append(report)
        return tuple((group[0].at, tuple(group)) for group in groups.values())

    @property
    def first_at(self) -> datetime | None:
        """Return when the first dated report came; None when no report has a date."""
        return min((report.at for report in self.reports if report.at), default=None)

    @property
    def last_at(self) -> datetime | None:
        """Return when the newest dated report came, copies included."""
        dates = (post.article.published_at for report in self.reports for post in (report.post, *report.copies))
        return max((date for date in dates if date), default=None)

    @property
    def strokes(self) -> tuple[tuple[str, str], ...]:
        """Return the ticks of each kind drawn as one path; a copy is a short one."""
        return tuple(
            (kind, "".join([f"M{tick.x} {top}V23" for tick in self.ticks if tick.kind == kind]))
            for kind, top in (("copy", 15), ("own", 2), ("new", 2))
        )

    @property
    def beginning(self) -> Report:
        """Return the report that came first."""
        return self.reports[0]

    @property
    def tellers(self) -> tuple[tuple[Report, int, int], ...]:
        """Return the first report of each provider, with the counts of its reports and of the copies of them."""
        groups: dict[str, list[Report]] = {}
        for report in self.reports:
            groups.setdefault(provider_key(report.post.article.provider), []).append(report)
        return tuple((group[0], len(group), sum(len(one.copies) for one in group)) for group in groups.values())

    @property
    def additions(self) -> tuple[Report, ...]:
        """Return the later reports that are not copies."""
        return tuple(report for report in self.reports[1:] if not is_copy(report.post))

    @property
    def most_copied(self) -> Report | None:
        """Return the report with most copies, when there are any."""
        best = max(self.reports, key=lambda report: len(report.copies))
        return best if best.copies else None


def tell(site: Site, story: Story) -> Telling:
    """Arrange a story's reports; the pages of its articles, which are made one after the other, share it."""
    found = site.tellings.get(story.id)
    if found is None:
        if len(site.tellings) >= REMEMBERED:
            site.tellings.clear()
        found = site.tellings[story.id] = _tell(site, story)
    return cast(Telling, found)


def _tell(site: Site, story: Story) -> Telling:
    members = tuple(map(whole, site.members(story)))
    named = {*story.articles, *(post.article.id for post in members)}
    total = len(named)
    until = end_of(members, site.now)
    return Telling(
        story=story,
        lead=whole(site.lead(story)),
        reports=_folded(members, _news(story)),
        total=total,
        unseen=total - len(members),
        ticks=_ticks(members, site.now, until),
        until=until,
        mood=_mood(members, site.now),
        card=cards.story_card(site.edition, story),
    )


def marks(site: Site) -> dict[StoryId, str]:
    """Name what pages show of each story; only one that lives, or was still followed, changes by the clock alone."""
    return {story.id: _mark(site, story) for story in site.stories}


def _mark(site: Site, story: Story) -> str:
    members = site.members(story)
    lives = end_of(members, site.now) == site.now
    clock = site.now.isoformat() if lives else f"followed {followed(story, site.edition)}"
    return site.marks.key("telling", names_story(story).hex(), clock, site.marks.of(members))


def end_of(members: tuple[Post, ...], now: datetime) -> datetime:
    """Return where a story's tape ends: now, but at its last report's end when nothing has come since."""
    last = max((at for post in members if (at := post.article.published_at)), default=now)
    return min(now, last + 2 * LIVE)


def _news(story: Story) -> dict[ArticleId, Told]:
    """Return what each report of a story says first; the one that opened it says everything first, so nothing of it."""
    steps = (step for step in story.timeline if step.kind is StepKind.REPORT)
    return {step.article: step.new for step in steps}


def _folded(members: tuple[Post, ...], news: dict[ArticleId, Told]) -> tuple[Report, ...]:
    """Put each copy under the report it repeats, at the end of a chain of copies, when that is on the wire itself."""
    here = {post.article.id: post for post in members}
    copies: dict[ArticleId, list[Post]] = {}
    own: list[Post] = []
    for post in members:
        root = _root(post, here)
        if root == post.article.id:
            own.append(post)
        else:
            copies.setdefault(root, []).append(post)
    return tuple(
        Report(
            post=post,
            copies=tuple(copies.get(post.article.id, ())),
            corrections=corrections(post),
            edited=tuple(version.seen_at for version in post.versions if _is_edited(version)),
            new=news.get(post.article.id, Told()),
        )
        for post in own
    )


def _root(post: Post, here: dict[ArticleId, Post]) -> ArticleId:
    seen = {post.article.id}
    while post.copied and post.repeats in here and post.repeats not in seen:
        post = here[post.repeats]
        seen.add(post.article.id)
    return post.article.id


def repeated(site: Site) -> dict[ArticleId, ArticleId]:
    """Return, for each published copy, the published article whose text it carries, at the end of a chain."""
    roots = ((post.article.id, _root(post, site.posts)) for post in site.published if post.copied)
    return {one: root for one, root in roots if root != one and site.posts[root].published}


def corrections(post: Post) -> tuple[Change, ...]:
    """Return the changes of headline."""
    return tuple(change for version in post.versions for change in version.changes if change.field == "title")


def _is_edited(version: Version) -> bool:
    return any(change.field == "text" for change in version.changes)


def _ticks(members: tuple[Post, ...], now: datetime, until: datetime) -> tuple[Tick, ...]:
    """Place the dated reports between the first one and the end, copies before others so that these stay visible."""
    dated = [(post.article.published_at, post) for post in members if post.article.published_at]
    if not dated:
        return ()
    first = min(at for at, _ in dated)
    span = max((until - first).total_seconds(), 3600.0)
    ticks = [
        Tick(
            x=round(2 + (TAPE - 4) * min(1.0, (at - first).total_seconds() / span), 1),
            kind="copy" if is_copy(post) else "new" if now - at <= LIVE else "own",
        )
        for at, post in dated
    ]
    return tuple(sorted(ticks, key=lambda tick: (tick.kind != "copy", tick.x)))


def _mood(members: tuple[Post, ...], now: datetime) -> str:
    """Compare the own reports of the last six hours with the six before; a text that is copied more says no more."""
    own = [post.article.published_at for post in members if not is_copy(post)]
    ages = [now - published for published in own if published]
    fresh = sum(age <= LIVE for age in ages)
    before = sum(LIVE < age <= 2 * LIVE for age in ages)
    if fresh + before == 0:
        return "quiet"
    return "growing" if fresh > before else "cooling" if fresh < before else "steady"
