"""Publish, hold or spike the reports of one story: how is a case put together, and what is it judged by?"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache

from msgspec import Struct, structs

from wireroom.edition import imported
from wireroom.edition.compose import Judged
from wireroom.edition.gather import Happening, moment, repeats
from wireroom.edition.heat import Neighbours, Room, company, lasting, neighbours
from wireroom.edition.related import Face, around, as_related, related, widely_related, worth
from wireroom.edition.stock import Stock
from wireroom.edition.subjects import Origin, earlier, order_of, origin, shared, told
from wireroom.edition.survey import Survey
from wireroom.edition.verdict import RULED, Case, decide, heat_in
from wireroom.records.editions import Candidate, RelatedPost
from wireroom.records.ids import ArticleId, StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.text.urls import host

ORIGINS = 1024
"""Stories that others go on from, of which what is taken over is kept at hand."""


class Table(Struct, frozen=True, kw_only=True):
    """What every case of one edition is judged by."""

    policy: Policy
    room: Room
    order: Mapping[TopicId, int]
    titles: Mapping[ArticleId, str]
    """Titles of all that is on the table and may be repeated."""
    origin: Callable[[Happening], Origin | None]
    """Finds the story that one goes on from."""
    beside: Callable[[Happening, datetime], Iterable[Face]]
    """Finds what stands beside the reports of a story at a time, in other stories."""
    brief: bool = False
    """Nobody will read it: no related reports, no smallest change."""


def table_of(stock: Stock, policy: Policy, now: datetime) -> Table:
    """Return what everything in a stock is judged by; the titles come with its parts."""
    affairs = stock.survey.affairs

    @lru_cache(ORIGINS)
    def taken_over(name: StoryId) -> Origin:
        return origin(stock.story(name))

    def goes_on_from(happening: Happening) -> Origin | None:
        before = earlier(happening.id, stock.named, affairs)
        return taken_over(before) if before else None

    def is_on_beat(name: StoryId) -> bool:
        goes_on = policy.preset.topics.story and earlier(name, stock.named, affairs) is not None
        return not policy.topics or name in stock.named or goes_on

    def beside(happening: Happening, at: datetime) -> Iterator[Face]:
        for name in around(happening, affairs):
            on_beat = is_on_beat(name)
            yield from (one for one in stock.faces((name,), at) if on_beat or one.wanted)

    return Table(
        policy=policy,
        room=room(stock.survey, policy, now),
        order=order_of(policy),
        titles={},
        origin=goes_on_from,
        beside=beside,
    )


def room(found: Survey, policy: Policy, now: datetime) -> Room:
    """Return what the articles of a surveyed beat are measured against."""
    return Room(
        now=now,
        half_life_h=policy.preset.half_life_h,
        cards=found.cards,
        boosts=dict(policy.desk.boosts),
        usual_speed=found.usual_speed,
    )


def judge_happening(happening: Happening, table: Table) -> Iterator[Judged]:
    """Judge the members of a happening; places that are short are not given away yet."""
    met = company(happening, table.policy.standing)
    common = shared(happening, table.policy)
    if table.policy.preset.topics.story and (before := table.origin(happening)):
        common, met = before.topics, structs.replace(met, about=before.title)
    on_beat = not table.policy.topics or met.about is not None
    for candidate in happening.members:
        if imported.stands(candidate):
            yield imported.judge(candidate, happening, on_beat=on_beat)
            continue
        others = related(candidate, happening, on_beat=on_beat)
        near = neighbours(candidate, met, tuple(worth(other) for other in others), table.room)
        case = _case(candidate, near, table, on_beat=on_beat)
        heat = heat_in(case, table.policy.preset)
        yield Judged(
            candidate=candidate,
            happening=happening,
            topics=told(candidate, happening, common, table.order),
            related=_shown(candidate, happening, others, table, on_beat=on_beat),
            case=case,
            heat=heat,
            lasting=lasting(heat, table.policy.preset),
            verdict=decide(case, table.policy.preset, brief=table.brief),
        )


def _shown(
    candidate: Candidate, happening: Happening, others: tuple[Candidate, ...], table: Table, *, on_beat: bool
) -> tuple[RelatedPost, ...]:
    """Return what a post names as related; where heat is counted from it (`classic`), that and nothing else."""
    if table.brief:
        return ()
    if table.policy.preset.leads_only:
        return tuple(map(as_related, others))
    return widely_related(candidate, happening, table.beside(happening, moment(candidate)), on_beat=on_beat)


def _case(candidate: Candidate, near: Neighbours, table: Table, *, on_beat: bool) -> Case:
    return Case(
        article=candidate.article.id,
        quality=candidate.quality.value if candidate.quality else None,
        near=near,
        on_topic=candidate.imported or on_beat,
        repeats=_repeated(candidate, table.titles),
        copy_points=_copy_points(candidate, table.policy),
        embargo=_embargo(candidate, table),
        ruled=candidate.ruling.kind if candidate.ruling and candidate.ruling.kind in RULED else None,
        ruled_because=_ruled_because(candidate),
    )


def _repeated(candidate: Candidate, titles: Mapping[ArticleId, str]) -> str | None:
    """Name what a candidate repeats, when the original is on the table and can stand for it."""
    copy = candidate.copy
    if copy is None or copy.copy_of is None or not repeats(candidate) or copy.copy_of not in titles:
        return None
    return f"“{titles[copy.copy_of]}” ({copy.kind})"


def _copy_points(candidate: Candidate, policy: Policy) -> float:
    """Return what being a copy put into the quality."""
    names = {row.name for row in policy.preset.quality if row.signal == "copy"}
    return sum(t.points for t in candidate.quality.terms if t.name in names) if candidate.quality else 0.0


def _embargo(candidate: Candidate, table: Table) -> str | None:
    """Say until when a report is held because of the house it comes from."""
    house = host(candidate.article.original_url).removeprefix("www.")
    hours = dict(table.policy.desk.embargoes).get(house)
    if hours is None or (end := moment(candidate) + timedelta(hours=hours)) <= table.room.now:
        return None
    return f"until {end:%Y-%m-%d %H:%M} UTC: reports of {house} wait {hours:g} hours"


def _ruled_because(candidate: Candidate) -> str:
    ruling = candidate.ruling
    return f"{ruling.by} ruled {ruling.kind}: {ruling.reason}" if ruling else ""
