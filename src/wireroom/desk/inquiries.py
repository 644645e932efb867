"""What happened to one article, stage by stage, and what would change its verdict? Reads only."""

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, structs

from wireroom.edition.compose import Judged
from wireroom.edition.lineup import judge
from wireroom.edition.verdict import Flip, decide, smallest_flip
from wireroom.intake.extract.conflicts import Conflict, find_conflicts
from wireroom.ports.archive import Archive, Dossier, Event
from wireroom.records.articles import Evidence
from wireroom.records.editions import Candidate, Snapshot
from wireroom.records.ids import ArticleId
from wireroom.records.policy import Policy
from wireroom.records.quality import Score
from wireroom.records.rulings import Ruling, RulingKind, Verdict
from wireroom.records.versions import Version


class Inquiry(Struct, frozen=True, kw_only=True):
    """The answer to `why`."""

    article: ArticleId
    title: str
    url: str
    path: str | None
    """None until an edition gave it one."""
    history: tuple[Event, ...]
    """Every stage with the version of who judged, oldest first."""
    versions: tuple[Version, ...]
    """What its publisher changed."""
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]
    """Where its page contradicts itself."""
    topics: tuple[str, ...]
    quality: Score | None
    heat: Score | None
    ruling: Ruling | None
    """The ruling in force."""
    verdict: Verdict | None
    change: Flip | None
    """The smallest change that would flip the verdict."""
    story: str | None
    story_reason: str
    related: tuple[str, ...]


def inquire(archive: Archive, policy: Policy, wanted: str, now: datetime) -> Inquiry | None:
    """Answer why an article is where it is; None when no article has this address, path or id."""
    found = archive.find_article(policy.beat, wanted)
    if found is None:
        return None
    dossier = archive.dossier(policy.beat, found)
    snapshot = archive.snapshot(policy.beat, now)
    return _answer(found, dossier, _judged(snapshot, found, policy, now), policy)


def _judged(snapshot: Snapshot, found: ArticleId, policy: Policy, now: datetime) -> Judged | None:
    """Judge one article among the others; a killed one too, which no edition looks at any more."""
    candidate = next((one for one in snapshot.candidates if one.article.id == found), None)
    if candidate is None:
        return None
    killed = candidate.ruling if candidate.ruling and candidate.ruling.kind is RulingKind.KILL else None
    table = _revived(snapshot, candidate) if killed else snapshot
    judged = next(one for one in judge(table, policy, now) if one.candidate.article.id == found)
    if killed is None:
        return judged
    case = structs.replace(
        judged.case, ruled=killed.kind, ruled_because=f"{killed.by} ruled {killed.kind}: {killed.reason}"
    )
    return structs.replace(judged, candidate=candidate, case=case, verdict=decide(case, policy.preset))


def _revived(snapshot: Snapshot, killed: Candidate) -> Snapshot:
    alive = structs.replace(killed, ruling=None)
    return structs.replace(snapshot, candidates=tuple(alive if c is killed else c for c in snapshot.candidates))


def _answer(found: ArticleId, dossier: Dossier, judged: Judged | None, policy: Policy) -> Inquiry:
    newest = judged.candidate.article if judged else dossier.readings[-1]
    names = {topic.id: topic.name for topic in policy.topics}
    return Inquiry(
        article=found,
        title=newest.title,
        url=newest.canonical_url,
        path=dossier.path.path if dossier.path else None,
        history=tuple(sorted(_events(dossier), key=lambda event: event.at)),
        versions=dossier.versions,
        evidence=newest.evidence,
        conflicts=find_conflicts(newest.evidence),
        topics=tuple(
            f"{names.get(match.topic, match.topic)}: {match.because}" for match in (judged.topics if judged else ())
        ),
        quality=judged.candidate.quality if judged else None,
        heat=judged.heat if judged else None,
        ruling=judged.candidate.ruling if judged else None,
        verdict=judged.verdict if judged else None,
        change=smallest_flip(judged.case, policy.preset) if judged else None,
        story=_story(judged) if judged else None,
        story_reason=judged.candidate.link.because if judged and judged.candidate.link else "",
        related=tuple(other.title for other in judged.related) if judged else (),
    )


def _story(judged: Judged) -> str | None:
    """Name its story by the first report; an article that stands alone has none to name."""
    members = judged.happening.members
    return members[0].article.title if len(members) > 1 else None


def _events(dossier: Dossier) -> Iterator[Event]:
    """Tell the article's history; sorting is stable, so stages at one time stay in the order of the line."""
    for feed, entry in dossier.entries:
        yield Event(
            at=entry.seen_at, stage="poll", what=f"seen in {feed.title or feed.url}: {entry.item.title or 'untitled'}"
        )
    for page in dossier.pages:
        yield Event(
            at=page.fetched_at,
            stage="fetch",
            what=page.reason or f"{page.outcome} {page.status or ''} {page.final_url}",
        )
    for reading in dossier.readings:
        when = reading.published_at.isoformat() if reading.published_at else "undated"
        dated = f"{when} ({reading.date_method or 'no date found'})"
        yield Event(
            at=reading.read_at,
            stage="extract",
            what=f"{reading.extractor}, version {reading.version}: {reading.title}; {dated}",
        )
    for version in dossier.versions:
        changed = "; ".join(f"{change.field}: {change.before!r} → {change.after!r}" for change in version.changes)
        yield Event(at=version.seen_at, stage="extract", what=f"changed by its publisher: {changed}")
    yield from _judgements(dossier)


def _judgements(dossier: Dossier) -> Iterator[Event]:
    for copy in dossier.copies:
        of = f" of {copy.copy_of}" if copy.copy_of else ""
        proof = f": {copy.proof}" if copy.proof else ""
        yield Event(at=copy.judged_at, stage="dedupe", what=f"{copy.judge} says {copy.kind}{of}{proof}")
    for topics in dossier.topics:
        named = ", ".join(match.topic for match in topics.matches) or "no topic"
        yield Event(at=topics.judged_at, stage="classify", what=f"{topics.judge} says {named}")
    for quality in dossier.qualities:
        yield Event(
            at=quality.judged_at, stage="appraise", what=f"{quality.judge} says quality {quality.score.value:g}"
        )
    for link in dossier.links:
        yield Event(at=link.judged_at, stage="link", what=f"{link.judge} says story {link.story}: {link.because}")
    for ruling in dossier.rulings:
        yield Event(at=ruling.at, stage="ruling", what=f"{ruling.by} ruled {ruling.kind}: {ruling.reason}")
