"""What would past days have looked like under other rules? Reads the archive once; nothing is written."""

from datetime import datetime

from msgspec import Struct, structs

from wireroom.edition.agreement import Agreement, agreement, ruled, unruled
from wireroom.edition.changes import Changes, Span, compare
from wireroom.edition.gather import gather, moment
from wireroom.edition.lineup import judge
from wireroom.intake.lineup import judges
from wireroom.ports.archive import Archive
from wireroom.records.editions import Snapshot
from wireroom.records.ids import ArticleId, BeatId
from wireroom.records.policy import Policy
from wireroom.runner.rejudging import rejudged


class Question(Struct, frozen=True, kw_only=True):
    """Which span, under which rules, seen with whose knowledge."""

    span: Span
    before: Policy
    """The rules in force; what was judged under them is taken as it stands in the archive."""
    after: Policy
    """The rules to be tried."""
    known_at: datetime
    """Facts and rulings recorded up to then count."""


class Rules(Struct, frozen=True, kw_only=True):
    """The rules that were tried, by the names of their judges."""

    preset: str
    topics: str
    quality: str


class Measured(Struct, frozen=True, kw_only=True):
    """The machine against the rulings on a span, under old and new rules."""

    before: Agreement
    after: Agreement


class Replay(Struct, frozen=True, kw_only=True):
    """The answer: the same question over the same archive is the same bytes."""

    beat: BeatId
    since: datetime
    until: datetime
    rules: Rules
    changes: Changes
    rulings: Measured


def replay(archive: Archive, question: Question) -> Replay:
    """Judge a span under other rules and compare; the clock stands at the end of the span."""
    span, policy = question.span, question.after
    before = _until(archive.snapshot(policy.beat, question.known_at), span)
    after = rejudged(archive, before, policy, _concerned(before, span))
    named = judges(policy)
    return Replay(
        beat=policy.beat,
        since=span.since,
        until=span.until,
        rules=Rules(preset=policy.preset.name, topics=named.classify, quality=named.appraise),
        changes=compare(judge(before, question.before, span.until), judge(after, policy, span.until), span),
        rulings=Measured(
            before=_agreement(before, question.before, span),
            after=_agreement(after, policy, span),
        ),
    )


def _until(snapshot: Snapshot, span: Span) -> Snapshot:
    """Leave out what came out after the span: on its last day nobody could have known it."""
    return structs.replace(snapshot, candidates=tuple(c for c in snapshot.candidates if moment(c) < span.until))


def _concerned(snapshot: Snapshot, span: Span) -> frozenset[ArticleId]:
    """Name what has to be judged anew: the articles of the span and everything that tells one of their stories.

    Killed ones are among them: whether the machine would have left them out by itself is part of the answer.
    """
    threads = gather(unruled(snapshot))
    return frozenset(
        member.article.id
        for thread in threads
        if any(span.holds(moment(member)) for member in thread.members)
        for member in thread.members
    )


def _agreement(snapshot: Snapshot, policy: Policy, span: Span) -> Agreement:
    rulings = {
        name: kind
        for name, kind in ruled(snapshot).items()
        if name in {c.article.id for c in snapshot.candidates if span.holds(moment(c))}
    }
    return agreement(judge(unruled(snapshot), policy, span.until), rulings) if rulings else Agreement()
