"""Past days under other rules: the list that replay predicts is the list that a run then publishes."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from io import BytesIO
from itertools import cycle
from pathlib import Path

import pytest
from msgspec import json, structs
from tests.acceptance.conftest import Newsroom

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import archive_dsn, opened_archive, opened_room
from wireroom.app.replaying import Trial, replay_beat, write_replay
from wireroom.desk.review import Words, rule
from wireroom.edition.agreement import agreement, chosen_of, ruled, unruled
from wireroom.edition.changes import OneDay, Span, Standing, compare, standing
from wireroom.edition.gather import gather, moment
from wireroom.edition.heat import peak_of
from wireroom.edition.lineup import judge
from wireroom.edition.verdict import RULED
from wireroom.errors import UsageError
from wireroom.newsstand import NEWSSTAND_NOW
from wireroom.ports.archive import Archive
from wireroom.records.policy import Policy
from wireroom.records.rulings import RulingKind
from wireroom.runner import judging
from wireroom.runner.publishing import publish
from wireroom.runner.rejudging import Rejudge
from wireroom.runner.replay import Measured, Question, Replay
from wireroom.runner.replay import replayed as told_by_day

LATER = NEWSSTAND_NOW + timedelta(days=2)
BEGIN = NEWSSTAND_NOW - timedelta(days=60)


@pytest.fixture
def beat(newsroom: Newsroom, tmp_path: Path) -> Beat:
    """Give a copy of the demo that a test may change."""
    return load_beat(Path(shutil.copytree(newsroom.folder, tmp_path / "beat")))


def replayed(beat: Beat, *, since: datetime = BEGIN, preset: str | None = None, rules: Path | None = None) -> Replay:
    return replay_beat(beat, Trial(since=since, until=LATER, preset=preset, rules=rules), now=LATER)


def run_again(folder: Path) -> dict[str, tuple[object, ...]]:
    """Judge everything that is pending under the folder's rules; return heat and topics of what is published."""
    with opened_room(load_beat(folder), now=LATER) as room:
        judging.classify(room)
        judging.appraise(room)
        edition = publish(room, (), dry_run=True).edition
        return {
            post.article.canonical_url: (
                peak_of(post.heat, room.policy.preset),
                [match.topic for match in post.matches],
            )
            for post in edition.posts
            if post.published
        }


def dropped(folder: Path, word: str) -> None:
    """Take a keyword out of every topic that has it."""
    for file in (folder / "topics").glob("*.yaml"):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if line.strip() != f"- {word}"), encoding="utf-8")


def contents(beat: Beat) -> list[str]:
    with closing(sqlite3.connect(archive_dsn(beat))) as connection:
        return list(connection.iterdump())


def test_the_rules_in_force_change_nothing(beat: Beat) -> None:
    changes = replayed(beat).changes
    assert changes.total.articles > 200
    assert (changes.gained, changes.missed, changes.moved) == ((), (), ())
    assert set(changes.published) == set(run_again(beat.folder))


def weighed(folder: Path, changes: str) -> None:
    """Give terms of the preset other weights."""
    file = folder / "beat.toml"
    file.write_text(file.read_text("utf-8").replace("[preset.changes]", f"[preset.changes]\n{changes}"), "utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a dropped keyword": lambda folder: dropped(folder, "facial recognition"),
    "a weight": lambda folder: weighed(folder, "subject = 12"),
    "a weight the other way": lambda folder: weighed(folder, "subject = 60"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_rules_gives_exactly_the_predicted_list(beat: Beat, change: str) -> None:
    before = run_again(beat.folder)
    CHANGES[change](beat.folder)
    predicted = replayed(load_beat(beat.folder)).changes
    after = run_again(beat.folder)
    assert before != after
    assert set(predicted.published) == set(after)
    assert {one.url for one in predicted.gained} == set(after) - set(before)
    assert {one.url for one in predicted.missed} == set(before) - set(after)
    assert {one.url for one in predicted.moved} == {url for url in before if url in after and before[url] != after[url]}


def test_another_folder_s_rules_are_tried_and_this_one_s_stay(beat: Beat, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    shutil.copytree(beat.folder, draft, ignore=shutil.ignore_patterns(".wireroom", "site"))
    dropped(draft, "facial recognition")
    tried = replayed(beat, rules=draft)
    dropped(beat.folder, "facial recognition")
    assert tried.changes == replayed(load_beat(beat.folder)).changes
    assert not (draft / ".wireroom").exists()


def test_another_preset_judges_by_its_own_terms(beat: Beat) -> None:
    answer = replayed(beat, preset="classic")
    assert answer.rules.preset == "classic"
    assert answer.rules.quality.startswith("classic/")
    assert answer.changes.missed
    assert any("does not lead" in change.after.because or change.after.peak == -1 for change in answer.changes.missed)


def test_the_same_question_gives_the_same_bytes_and_writes_nothing(beat: Beat) -> None:
    before = contents(beat)
    first, second = (json.encode(replayed(beat, preset="classic")) for _ in range(2))
    assert first == second
    assert contents(beat) == before


def test_days_add_up_and_a_shorter_span_tells_its_part(beat: Beat) -> None:
    whole = replayed(beat, preset="classic").changes
    for name in ("articles", "before", "after", "gained", "missed", "moved"):
        assert sum(getattr(day, name) for day in whole.days) == getattr(whole.total, name)
    since = NEWSSTAND_NOW - timedelta(days=5)
    part = replayed(beat, since=since, preset="classic").changes
    assert 0 < part.total.articles < whole.total.articles
    assert {change.url for change in part.missed} <= {change.url for change in whole.missed}


def test_rulings_measure_both_rules(beat: Beat) -> None:
    published = sorted(replayed(beat).changes.published)
    held = sorted(set(_everything(beat)) - set(published))
    kinds = [(published[0], RulingKind.PUBLISH), (published[1], RulingKind.KILL), (held[0], RulingKind.SPIKE)]
    with opened_archive(beat) as archive:
        for url, kind in kinds:
            rule(archive, beat.policy.beat, url, kind, Words(by="Ada", reason="r", at=LATER))
    found = replayed(beat).rulings.before
    assert (found.rulings, found.wanted, found.chosen, found.right, found.agreed) == (3, 1, 2, 1, 2)
    assert (found.precision, found.recall) == (0.5, 1.0)


def _everything(beat: Beat) -> Iterator[str]:
    with opened_archive(beat) as archive:
        yield from (c.article.canonical_url for c in archive.snapshot(beat.policy.beat, LATER).candidates)


def at_once(archive: Archive, question: Question) -> tuple[list[OneDay], Measured]:
    """Answer from one snapshot held whole: what reading story by story has to come to."""
    span = question.span
    whole = archive.snapshot(question.after.beat, question.known_at)
    whole = structs.replace(whole, candidates=tuple(c for c in whole.candidates if moment(c) < span.until))
    inside = {c.article.id for c in whole.candidates if span.holds(moment(c))}
    concerned = {
        one.article.id
        for story in gather(unruled(whole))
        if any(one.article.id in inside for one in story.members)
        for one in story.members
    }
    with archive.moment(question.after.beat, question.known_at) as view:
        anew = Rejudge(view, question.after)(whole, concerned)
    sides = ((whole, question.before), (anew, question.after))
    days: list[dict[str, list[Standing]]] = []
    for snapshot, policy in sides:
        judged = [one for one in map(standing, judge(snapshot, policy, span.until)) if one.article in inside]
        days.append({day: [one for one in judged if one.day == day] for day in sorted({one.day for one in judged})})
    rulings = {name: kind for name, kind in ruled(whole).items() if name in inside}
    alone = (chosen_of(judge(unruled(one), policy, span.until)) for one, policy in sides)
    before, after = (agreement(chosen, rulings) for chosen in alone)
    return [compare(day, days[0][day], days[1][day]) for day in days[0]], Measured(before=before, after=after)


def short_of_places(policy: Policy) -> Policy:
    desk = structs.replace(policy.desk, quotas=((policy.topics[0].id, 3), (policy.topics[1].id, 1)), provider_share=0.3)
    return structs.replace(policy, desk=desk)


def rule_on_some(archive: Archive, beat: Beat) -> None:
    """Rule on every fourth article, in all ways."""
    candidates = archive.snapshot(beat.policy.beat, LATER).candidates
    urls = sorted(candidate.article.canonical_url for candidate in candidates)[::4]
    for url, kind in zip(urls, cycle(kind for kind in RulingKind if kind in RULED or kind is RulingKind.BOOST)):
        rule(archive, beat.policy.beat, url, kind, Words(by="Ada", reason="r", at=LATER))


@pytest.mark.parametrize("days", [60, 5, 0.7])
@pytest.mark.parametrize("room", ["room for all", "short of places"])
@pytest.mark.parametrize("desk", ["no rulings", "rulings"])
def test_reading_story_by_story_tells_what_one_snapshot_tells(
    beat: Beat, tmp_path: Path, days: float, room: str, desk: str
) -> None:
    draft = Path(shutil.copytree(beat.folder, tmp_path / "draft", ignore=shutil.ignore_patterns(".wireroom", "site")))
    dropped(draft, "facial recognition")
    weighed(draft, "subject = 20")
    before, after = beat.policy, load_beat(draft).policy
    if room == "short of places":
        before, after = short_of_places(before), short_of_places(after)
    until = NEWSSTAND_NOW - timedelta(hours=30) if days == 5 else LATER
    span = Span(since=NEWSSTAND_NOW - timedelta(days=days), until=until)
    question = Question(span=span, before=before, after=after, known_at=LATER)
    with opened_archive(beat) as archive:
        if desk == "rulings":
            rule_on_some(archive, beat)
        told: list[OneDay] = []
        answer = told_by_day(archive, question, told.append)
        expected, measured = at_once(archive, question)
    assert told == expected
    assert answer.rulings == measured
    assert sum(len(day.missed) + len(day.moved) for day in told) > 0 or days < 1


def test_a_limit_cuts_the_lists_and_not_the_numbers(beat: Beat) -> None:
    trial = Trial(since=BEGIN, until=LATER, preset="classic")
    whole, cut = replay_beat(beat, trial, now=LATER).changes, replay_beat(beat, trial, now=LATER, keep=2).changes
    assert (cut.total, cut.days) == (whole.total, whole.days)
    assert cut.missed == whole.missed[:2]
    assert cut.published == whole.published[:2]


def test_the_report_in_parts_is_the_report_in_one(beat: Beat) -> None:
    trial = Trial(since=BEGIN, until=LATER, preset="classic")
    out = BytesIO()
    write_replay(out, beat, trial, now=LATER)
    assert out.getvalue() == json.encode(replay_beat(beat, trial, now=LATER)) + b"\n"


def test_an_empty_span_is_refused(beat: Beat) -> None:
    with pytest.raises(UsageError, match="the span is empty"):
        replay_beat(beat, Trial(since=LATER, until=LATER), now=LATER)
