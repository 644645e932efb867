"""How does one snapshot become an edition? The order of the edition line, written once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import blake2b

from msgspec import Struct, json, structs

from wireroom.edition import imported
from wireroom.edition.affairs import Affairs
from wireroom.edition.compose import Judged, newest_first, paths, post, story
from wireroom.edition.gather import Happening, gather, moment, repeats
from wireroom.edition.heat import Company, Neighbours, Room, company, lasting, neighbours
from wireroom.edition.rationing import rationed
from wireroom.edition.related import related, widely_related, worth
from wireroom.edition.subjects import Origin, earlier, order_of, origin, shared, told
from wireroom.edition.survey import Survey, survey
from wireroom.edition.verdict import RULED, Case, decide, heat_in
from wireroom.records.editions import Candidate, Edition, Masthead, PathGrant, Post, Snapshot, SourceLine
from wireroom.records.ids import ArticleId, EditionId, StoryId, TopicId
from wireroom.records.policy import Policy
from wireroom.records.rulings import Decision
from wireroom.records.stories import Story
from wireroom.text.urls import host


def make(
    snapshot: Snapshot, policy: Policy, masthead: Masthead, sources: tuple[SourceLine, ...], now: datetime
) -> Edition:
    """Make the edition of a snapshot as of `now`; its id is the digest of its content."""
    happenings = gather(snapshot)
    found = survey(happenings)
    known = found.affairs
    judged = _judge(happenings, found, policy, now)
    kept = tuple(j for j in judged if _stays(j, masthead))
    stories = _stories(kept, known)
    places = paths((j.candidate for j in kept), snapshot.candidates)
    posts = newest_first(_post(j, places[j.candidate.article.id], policy, stories.get(j.happening.id)) for j in kept)
    edition = Edition(
        id=EditionId(""),
        masthead=masthead,
        made_at=now,
        topics=policy.topics,
        posts=posts,
        stories=_hottest_first(stories, posts),
        sources=sources,
        carried=snapshot.carried,
    )
    return named(edition)


def judge(snapshot: Snapshot, policy: Policy, now: datetime) -> tuple[Judged, ...]:
    """Judge every candidate of a snapshot that was not killed; also what `why` and `replay` show."""
    happenings = gather(snapshot)
    return _judge(happenings, survey(happenings), policy, now)


def _judge(happenings: tuple[Happening, ...], found: Survey, policy: Policy, now: datetime) -> tuple[Judged, ...]:
    stories = {happening.id: happening for happening in happenings}

    def goes_on_from(happening: Happening) -> Origin | None:
        before = earlier(happening, stories, found.affairs)
        return origin(before) if before else None

    table = Table(
        policy=policy,
        room=room(found, policy, now),
        order=order_of(policy),
        titles=titles(happenings),
        origin=goes_on_from,
        stories=stories,
        affairs=found.affairs,
    )
    return rationed(tuple(judged for happening in happenings for judged in judge_happening(happening, table)), policy)


def room(found: Survey, policy: Policy, now: datetime) -> Room:
    """Return what the articles of a surveyed beat are measured against."""
    return Room(
        now=now,
        half_life_h=policy.preset.half_life_h,
        cards=found.cards,
        boosts=dict(policy.desk.boosts),
        usual_speed=found.usual_speed,
    )


def titles(happenings: Iterable[Happening]) -> dict[ArticleId, str]:
    """Return the titles of all reports."""
    return {member.article.id: member.article.title for happening in happenings for member in happening.members}


def grants(edition: Edition, snapshot: Snapshot) -> tuple[PathGrant, ...]:
    """Return the paths that this edition gave out for the first time."""
    held = {c.article.id for c in snapshot.candidates if c.path}
    return tuple(
        PathGrant(beat=snapshot.beat, article=p.article.id, path=p.path, granted_at=edition.made_at)
        for p in edition.posts
        if p.article.id not in held
    )


class Table(Struct, frozen=True, kw_only=True):
    """What every case of one edition is judged by."""

    policy: Policy
    room: Room
    order: Mapping[TopicId, int]
    titles: Mapping[ArticleId, str]
    """Titles of all that is on the table and may be repeated."""
    origin: Callable[[Happening], Origin | None]
    """Finds the story that one goes on from."""
    stories: Mapping[StoryId, Happening]
    """Where related reports are looked for."""
    affairs: Affairs
    brief: bool = False
    """Nobody will read it: no related reports, no smallest change."""


def judge_happening(happening: Happening, table: Table) -> Iterator[Judged]:
    """Judge the members of a happening; places that are short are not given away yet."""
    met = company(happening, table.policy.standing)
    common = shared(happening, table.policy)
    if table.policy.preset.topics.story and (before := table.origin(happening)):
        common, met = before.topics, structs.replace(met, about=before.title)
    for candidate in happening.members:
        if imported.stands(candidate):
            yield imported.judge(candidate, happening)
            continue
        others = related(candidate, happening)
        near = neighbours(candidate, met, tuple(worth(other) for other in others), table.room)
        case = _case(candidate, met, near, table)
        heat = heat_in(case, table.policy.preset)
        yield Judged(
            candidate=candidate,
            happening=happening,
            topics=told(candidate, happening, common, table.order),
            related=_shown(candidate, happening, others, table),
            case=case,
            heat=heat,
            lasting=lasting(heat, table.policy.preset),
            verdict=decide(case, table.policy.preset, brief=table.brief),
        )


def _shown(
    candidate: Candidate, happening: Happening, others: tuple[Candidate, ...], table: Table
) -> tuple[Candidate, ...]:
    """Return what a post names as related; where heat is counted from it (`classic`), that and nothing else."""
    if table.policy.preset.leads_only:
        return others
    return () if table.brief else widely_related(candidate, happening, table.stories, table.affairs)


def _post(judged: Judged, path: str, policy: Policy, tale: Story | None) -> Post:
    composed = imported.post if imported.stands(judged.candidate) else post
    return composed(judged, path, policy.topics, tale)


def _case(candidate: Candidate, met: Company, near: Neighbours, table: Table) -> Case:
    return Case(
        article=candidate.article.id,
        quality=candidate.quality.value if candidate.quality else None,
        near=near,
        on_topic=candidate.imported or not table.policy.topics or met.about is not None,
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


def _stays(judged: Judged, masthead: Masthead) -> bool:
    """Tell whether a candidate becomes a post at all."""
    decision = judged.verdict.decision
    return decision is Decision.PUBLISH or (decision is Decision.HOLD and masthead.write_held)


def _stories(judged: tuple[Judged, ...], known: Affairs) -> dict[StoryId, Story]:
    published: dict[StoryId, list[Judged]] = {}
    for item in judged:
        if item.verdict.decision is Decision.PUBLISH:
            published.setdefault(item.happening.id, []).append(item)
    return {name: story(items[0].happening, items, known, published.keys()) for name, items in published.items()}


def _hottest_first(stories: dict[StoryId, Story], posts: tuple[Post, ...]) -> tuple[Story, ...]:
    """Order stories by their hottest report."""
    heat = {p.article.id: p.warm for p in posts if p.published}
    return tuple(
        sorted(
            stories.values(),
            key=lambda s: (-max(heat[a] for a in s.articles if a in heat), -s.last_at.timestamp(), s.id),
        )
    )


def named(edition: Edition) -> Edition:
    """Name an edition by what readers get: the hour of its making alone makes no other edition."""
    never = edition.made_at.min.replace(tzinfo=edition.made_at.tzinfo)
    said = blake2b(json.encode(structs.replace(edition, id="", made_at=never, posts=())), digest_size=16)
    # A post at a time: all of them together would take as much memory again as they do.
    for one in edition.posts:
        said.update(json.encode(one))
    return structs.replace(edition, id=EditionId(said.hexdigest()))
