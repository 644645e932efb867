"""The newsstand's stories as an editor meets them, and judged a second time."""

import json
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from typing import Any

import pytest
from tests.acceptance.conftest import Newsroom

from wireroom.edition.gather import gather
from wireroom.edition.survey import survey
from wireroom.intake.link import Linker, relinked
from wireroom.newsstand import NEWSSTAND_NOW, truth
from wireroom.records.stories import StoryLink
from wireroom.runner.judging import MEMORY


def wireroom(newsroom: Newsroom, *words: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "wireroom", "stories", *words, "--json", "--now", NEWSSTAND_NOW.isoformat()]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=newsroom.folder, timeout=120)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_stories_are_listed_and_shown_with_their_reasons(newsroom: Newsroom) -> None:
    listed = wireroom(newsroom, "list")
    assert listed == sorted(listed, key=lambda line: line["last_at"], reverse=True)
    copied = next(line for line in listed if line["copies"])
    (view,) = wireroom(newsroom, "show", copied["id"][:8])
    assert view["line"] == copied
    assert len(view["reports"]) == copied["reports"] >= copied["independent"] + copied["copies"]
    assert all(report["because"] for report in view["reports"])
    assert all(report["proof"] for report in view["reports"] if report["kind"] != "original")
    assert view["timeline"][0]["kind"] == "first"
    assert view["timeline"][-1]["independent"] == copied["independent"]


def test_doubtful_stories_are_listed_for_the_editor(newsroom: Newsroom) -> None:
    ids = {line["id"]: line["near"] for line in wireroom(newsroom, "list", "--ambiguous", "--limit", "1000")}
    assert ids
    assert all(one in ids[other] for one, near in ids.items() for other in near)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("larkmoor-schools", "larkmoor-suit"),
        ("delgado-arrest", "delgado-suit"),
        ("tarn-drones", "tarn-drones-floor"),
        ("heron-3-release", "heron-library-deal"),
    ],
)
def test_an_affair_goes_on_in_a_thread(newsroom: Newsroom, before: str, after: str) -> None:
    told = gather(newsroom.archive.snapshot(newsroom.beat.policy.beat, NEWSSTAND_NOW))
    homes = {member.article.canonical_url: thread.id for thread in told for member in thread.members}
    first, second = (next(homes[one.url] for one in truth().articles if one.story == name) for name in (before, after))
    assert survey(told).affairs.continues.get(second) == first


def test_what_one_agency_reports_from_one_place_is_no_affair(newsroom: Newsroom) -> None:
    told = gather(newsroom.archive.snapshot(newsroom.beat.policy.beat, NEWSSTAND_NOW))
    true = {one.url: one.story for one in truth().articles}
    subject = {thread.id: true[thread.members[0].article.canonical_url].split("-")[0] for thread in told}
    threads = {tuple(sorted({subject[one] for one in thread})) for thread in survey(told).affairs.thread.values()}
    assert ("insurer", "tarn") not in threads


def test_judged_again_from_the_start_the_stories_are_the_same(newsroom: Newsroom) -> None:
    policy, archive = newsroom.beat.policy, newsroom.archive
    articles = archive.recent(policy.beat, NEWSSTAND_NOW - timedelta(days=400), NEWSSTAND_NOW)
    copies = archive.copies_of(policy.beat, [one.id for one in articles])
    linker = Linker(policy.beat, policy.windows.story_h)
    links: dict[str, StoryLink] = {
        one.id: linker.assign(one, copies.get(one.id), now=NEWSSTAND_NOW) for one in articles
    }
    for merged in linker.merged():
        links |= {name: relinked(links[name], merged, NEWSSTAND_NOW) for name in merged.moved}
    known = {one.article.id: one.link.story for one in newsroom.candidates.values() if one.link}
    assert {name: link.story for name, link in links.items() if name in known} == known


def test_judged_day_by_day_the_stories_are_the_same(newsroom: Newsroom) -> None:
    """A linker that forgot the words of the weeks before would mix two matters of one town."""
    policy, archive = newsroom.beat.policy, newsroom.archive
    articles = archive.recent(policy.beat, NEWSSTAND_NOW - timedelta(days=400), NEWSSTAND_NOW)
    copies = archive.copies_of(policy.beat, [one.id for one in articles])
    links: dict[str, StoryLink] = {}
    for day, pending in groupby(articles, key=lambda one: (one.published_at or one.read_at).date()):
        first = datetime.combine(day, time(), UTC) - MEMORY
        around = [one for one in articles if one.id in links and (one.published_at or one.read_at) >= first]
        linker = Linker(policy.beat, policy.windows.story_h, [(one, links[one.id]) for one in around])
        links |= {one.id: linker.assign(one, copies.get(one.id), now=NEWSSTAND_NOW) for one in pending}
        for merged in linker.merged():
            links |= {name: relinked(links[name], merged, NEWSSTAND_NOW) for name in merged.moved}
    known = {one.article.id: one.link.story for one in newsroom.candidates.values() if one.link}
    assert {name: link.story for name, link in links.items() if name in known} == known
