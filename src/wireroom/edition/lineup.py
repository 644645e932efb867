"""How does everything known of a beat become an edition? The order of the edition line, written once.

Stories are judged and composed one by one and let go of: what stays in memory is what `keep` returns of each. What
hangs on all of them is found beforehand: which pictures are cards and which stories go on, by a survey; who has a place
where places are short, and which paths new posts get, by a brief look at those stories that it concerns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Protocol

from msgspec import Struct, json, structs

from wireroom.edition import imported
from wireroom.edition.affairs import Affairs
from wireroom.edition.compose import Fresh, Judged, fresh, named_paths, newest_first, placed, post, story
from wireroom.edition.judging import Table, judge_happening, table_of
from wireroom.edition.rationing import Bars, bars, rationed, seat, short, told, waits
from wireroom.edition.shelf import said
from wireroom.edition.stock import Held, Part, Stock
from wireroom.edition.tales import names_story
from wireroom.records.editions import Candidate, Edition, Masthead, PathGrant, Post, Snapshot, SourceLine
from wireroom.records.ids import ArticleId, EditionId, StoryId
from wireroom.records.policy import Policy
from wireroom.records.rulings import Decision
from wireroom.records.stories import Story

Finish = Callable[[Post, Candidate], Post]
"""Says the last word on a post, before it is kept."""


class Frame(Struct, frozen=True, kw_only=True):
    """What an edition is made by, besides what is known."""

    policy: Policy
    masthead: Masthead
    sources: tuple[SourceLine, ...] = ()
    now: datetime


class Keep(Protocol):
    """Holds what is made; what it returns stands for it."""

    def post(self, post: Post) -> Post:
        """Keep a post."""
        ...

    def story(self, story: Story) -> Story:
        """Keep a story."""
        ...


class Whole:
    """Keeps everything as it is; fulfils Keep."""

    def post(self, post: Post) -> Post:
        """Return the post."""
        return post

    def story(self, story: Story) -> Story:
        """Return the story."""
        return story


def make(
    snapshot: Snapshot, policy: Policy, masthead: Masthead, sources: tuple[SourceLine, ...], now: datetime
) -> Edition:
    """Make the edition of a snapshot as of `now`."""
    return made(Held(snapshot), Frame(policy=policy, masthead=masthead, sources=sources, now=now))


def made(stock: Stock, frame: Frame, keep: Keep | None = None, finish: Finish | None = None) -> Edition:
    """Make the edition of what is known; its id is the digest of its content."""
    table = table_of(stock, frame.policy, frame.now)
    barred, given = _beforehand(stock, frame, table)
    writer = _Writer(frame, {**stock.paths, **given}, keep or Whole(), finish)
    for part in stock.parts(lambda _: True):
        for items in _judged(part, table):
            writer.write([told(item, barred, frame.policy) for item in items])
    posts, stories = writer.written(stock.survey.affairs)
    edition = Edition(
        id=EditionId(""),
        masthead=frame.masthead,
        made_at=frame.now,
        topics=frame.policy.topics,
        posts=posts,
        stories=stories,
        sources=frame.sources,
        carried=stock.carried,
    )
    return named(edition)


def judge(snapshot: Snapshot, policy: Policy, now: datetime) -> tuple[Judged, ...]:
    """Judge every candidate of a snapshot that was not killed; also what `why` and `replay` show."""
    stock = Held(snapshot)
    table = table_of(stock, policy, now)
    judged = (items for part in stock.parts(lambda _: True) for items in _judged(part, table))
    return rationed(tuple(item for items in judged for item in items), policy)


def grants(edition: Edition, granted: Mapping[ArticleId, str]) -> Iterator[PathGrant]:
    """Yield the paths that this edition gave out for the first time."""
    for one in edition.posts:
        if one.article.id not in granted:
            yield PathGrant(
                beat=edition.masthead.beat, article=one.article.id, path=one.path, granted_at=edition.made_at
            )


def named(edition: Edition) -> Edition:
    """Name an edition by what readers get: the hour of its making alone makes no other edition."""
    never = edition.made_at.min.replace(tzinfo=edition.made_at.tzinfo)
    rest = structs.replace(edition, id="", made_at=never, posts=(), stories=())
    digest = blake2b(json.encode(rest), digest_size=16)
    for tale in edition.stories:
        digest.update(names_story(tale))
    for one in edition.posts:
        beside = (one.story.id if one.story else "", one.warmth, [topic.id for topic in one.topics])
        digest.update(said(one) + json.encode(beside))
    return structs.replace(edition, id=EditionId(digest.hexdigest()))


def _judged(part: Part, table: Table) -> Iterator[list[Judged]]:
    """Yield what is judged of each story."""
    seen = structs.replace(table, titles=part.titles)
    return (list(judge_happening(happening, seen)) for happening in part.stories)


def _beforehand(stock: Stock, frame: Frame, table: Table) -> tuple[Bars, dict[ArticleId, str]]:
    """Find out who has to wait for room, and the paths of posts that have none yet."""
    everybody, seats, new = short(frame.policy), {}, list[Fresh]()

    def concerned(reports: Iterable[ArticleId]) -> bool:
        return everybody or any(name not in stock.paths for name in reports)

    for part in stock.parts(concerned):
        for item in (one for items in _judged(part, structs.replace(table, brief=True)) for one in items):
            if everybody and (place := seat(item, frame.policy)):
                seats[place.name] = place
            if item.candidate.article.id not in stock.paths and _stays(item, frame.masthead):
                new.append(fresh(item.candidate))
    barred = bars(tuple(seats.values()), frame.policy)
    if not frame.masthead.write_held:
        new = [one for one in new if not (one.article in seats and waits(seats[one.article], barred))]
    return barred, named_paths(new, stock.paths.values())


def _stays(judged: Judged, masthead: Masthead) -> bool:
    """Tell whether a candidate becomes a post at all."""
    decision = judged.verdict.decision
    return decision is Decision.PUBLISH or (decision is Decision.HOLD and masthead.write_held)


class _Writer:
    """Composes the posts and stories of an edition and hands them to whoever keeps them."""

    def __init__(self, frame: Frame, paths: Mapping[ArticleId, str], keep: Keep, finish: Finish | None) -> None:
        self._frame = frame
        self._paths = paths
        self._keep = keep
        self._finish = finish
        self._posts: list[Post] = []
        self._stories: dict[StoryId, tuple[Story, float]] = {}

    def write(self, items: Sequence[Judged]) -> None:
        """Write a story with its posts."""
        published = [item for item in items if item.verdict.decision is Decision.PUBLISH]
        tale = self._keep.story(story(published)) if published else None
        if tale:
            self._stories[tale.id] = (tale, max(item.heat.value for item in published))
        for item in items:
            if _stays(item, self._frame.masthead):
                self._posts.append(self._keep.post(self._composed(item, tale)))

    def _composed(self, item: Judged, tale: Story | None) -> Post:
        composed = imported.post if imported.stands(item.candidate) else post
        written = composed(item, self._paths[item.candidate.article.id], self._frame.policy.topics, tale)
        return self._finish(written, item.candidate) if self._finish else written

    def written(self, affairs: Affairs) -> tuple[tuple[Post, ...], tuple[Story, ...]]:
        """Return the posts, newest first, and the stories, hottest first."""
        tales = {name: placed(tale, affairs, self._stories) for name, (tale, _) in self._stories.items()}
        posts = newest_first(_telling(one, tales) for one in self._posts)
        heat = {name: warmest for name, (_, warmest) in self._stories.items()}
        return posts, tuple(sorted(tales.values(), key=lambda s: (-heat[s.id], -s.last_at.timestamp(), s.id)))


def _telling(post: Post, tales: Mapping[StoryId, Story]) -> Post:
    """Return a post with its story as it stands now."""
    was = post.story
    return post if was is None or was is tales[was.id] else structs.replace(post, story=tales[was.id])
