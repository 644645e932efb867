"""What a user is told about feeds: their health, what is found at an address, what is wrong with one."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from tests.acceptance.conftest import Newsroom

from wireroom.app.beat import load_beat
from wireroom.app.feed_health import feed_lines, newest_visits
from wireroom.app.newsroom import run_cycle
from wireroom.app.starting import start_beat
from wireroom.app.subscribing import add_feed, check_feeds, pause_feed, read_history
from wireroom.errors import BeatError, UsageError
from wireroom.newsstand import NEWSSTAND_NOW, Newsstand, truth

LEDGER = "https://harbor-ledger.example/feed.xml"
FORBIDDEN = next(page.url for page in truth().pages if "robots" in page.outcome)
LEDGER_PAGE = "https://harbor-ledger.example/"


@pytest.fixture
def beat(tmp_path: Path) -> Path:
    start_beat(tmp_path / "mine", "blank")
    return tmp_path / "mine"


def wireroom(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "wireroom", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)


def test_health_tells_everything_about_a_feed(newsroom: Newsroom) -> None:
    lines = {line.url: line for line in feed_lines(newsroom.beat, NEWSSTAND_NOW)}
    ledger = lines[LEDGER]
    assert (ledger.state, ledger.error) == ("active", None)
    assert ledger.last_new == NEWSSTAND_NOW
    assert ledger.last_try is not None
    assert ledger.last_try == ledger.last_success
    assert ledger.next_visit is not None
    assert ledger.next_visit > ledger.last_try
    assert "every" in ledger.why
    assert ledger.discovered >= ledger.stored >= ledger.published > 0


def test_a_feed_that_stops_is_named(newsroom: Newsroom) -> None:
    later = feed_lines(newsroom.beat, NEWSSTAND_NOW + timedelta(days=60))
    assert "silent for" in next(line.alarm or "" for line in later if line.url == LEDGER)


def test_health_on_the_command_line(newsroom: Newsroom) -> None:
    where = ("--beat", str(newsroom.folder), "--now", NEWSSTAND_NOW.isoformat())
    done = wireroom("feeds", "health", LEDGER, *where)
    assert done.returncode == 0, done.stderr
    assert "answered 2026-11-2" in done.stdout
    assert "brought news 2026-11-20 18:00" in done.stdout
    assert "fetched" in done.stdout
    listed = wireroom("feeds", "list", "--json", *where)
    lines = [json.loads(line) for line in listed.stdout.splitlines()]
    assert {"url", "state", "discovered", "stored", "published", "next_visit", "alarm"} <= set(lines[0])
    unknown = wireroom("feeds", "health", "https://nowhere.example/", *where)
    assert (unknown.returncode, unknown.stdout) == (2, "")
    assert "wireroom feeds list" in unknown.stderr


def test_what_had_to_be_mended_is_told_with_the_visit(newsroom: Newsroom) -> None:
    mended = [
        (feed.url, visit.repairs)
        for feed in newsroom.beat.feeds
        for visit in newest_visits(newsroom.beat, feed, 1)
        if visit.repairs
    ]
    url, repairs = mended[0]
    told = wireroom("feeds", "health", url, "--beat", str(newsroom.folder), "--now", NEWSSTAND_NOW.isoformat())
    assert all(repair in told.stdout for repair in repairs), told.stdout


def test_a_page_leads_to_its_feeds_and_a_dead_host_to_words(beat: Path) -> None:
    with Newsstand() as stand:
        new, found = add_feed(load_beat(beat), LEDGER_PAGE, category="Press", dedicated=False, detour=stand.detour())
        assert LEDGER in [feed.url for feed in new]
        assert len(new) == found
        again, _ = add_feed(load_beat(beat), LEDGER_PAGE, category=None, dedicated=False, detour=stand.detour())
        assert again == ()
        with pytest.raises(UsageError, match="leads to no feed"):
            add_feed(load_beat(beat), f"{LEDGER_PAGE}nowhere", category=None, dedicated=False, detour=stand.detour())
        checks = list(check_feeds(load_beat(beat), detour=stand.detour()))
    assert [check.ok for check in checks] == [True] * found
    assert "items" in checks[0].told


def test_a_search_is_a_feed(beat: Path) -> None:
    done = wireroom("feeds", "add", "facial  recognition", "--query", "govuk", "--beat", str(beat), "--json")
    assert done.returncode == 0, done.stderr
    feed = json.loads(done.stdout)
    assert feed["title"] == "GOV.UK news: facial recognition"
    assert feed["url"].endswith("keywords=facial+recognition&order=updated-newest")
    empty = wireroom("feeds", "add", ' "" ', "--query", "govuk", "--beat", str(beat))
    assert (empty.returncode, "nothing to search for" in empty.stderr) == (2, True)
    wrong = wireroom("feeds", "add", "x", "--query", "nowhere", "--beat", str(beat))
    assert wrong.returncode == 2
    assert "arxiv, courtlistener, govuk" in wrong.stderr


def test_hubs_need_an_address_to_reach_us(beat: Path) -> None:
    done = wireroom("feeds", "listen", "--at", "hooks", "--beat", str(beat))
    assert done.returncode == 2
    assert "hooks is no address that hubs could reach" in done.stderr


def test_lists_of_feeds_that_are_none_and_files_that_cannot_be_written(beat: Path, tmp_path: Path) -> None:
    (tmp_path / "x.opml").write_text("not a list", encoding="utf-8")
    done = wireroom("feeds", "import", str(tmp_path / "x.opml"), "--beat", str(beat))
    assert done.returncode == 2
    assert "lists no feeds" in done.stderr
    done = wireroom("feeds", "export", str(tmp_path / "no" / "x.opml"), "--beat", str(beat))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr


def test_a_blocked_feed_is_shown_and_asked_again_when_the_desk_wakes_it(beat: Path) -> None:
    opml = f'<opml version="2.0"><body><outline type="rss" text="No" xmlUrl="{FORBIDDEN}"/></body></opml>'
    (beat / "feeds.opml").write_text(opml, encoding="utf-8")
    with Newsstand() as stand:
        run_cycle(load_beat(beat), now=NEWSSTAND_NOW, detour=stand.detour())
    (line,) = feed_lines(load_beat(beat))
    assert (line.state, line.next_visit) == ("blocked", None)
    assert "robots refuses" in (line.error or "")
    pause_feed(load_beat(beat), FORBIDDEN, paused=False, note=None)
    assert [line.state for line in feed_lines(load_beat(beat))] == ["active"]


def test_a_page_without_a_feed_is_read_by_selectors(beat: Path) -> None:
    settings = beat / "beat.toml"
    table = f'\n[pages."{LEDGER_PAGE}"]\nitems = "article, li"\nname = "Ledger front page"\n'
    settings.write_text(settings.read_text("utf-8") + table, encoding="utf-8")
    with Newsstand() as stand:
        run_cycle(load_beat(beat), now=NEWSSTAND_NOW, detour=stand.detour())
    (line,) = feed_lines(load_beat(beat), NEWSSTAND_NOW)
    assert (line.kind, line.error) == ("page", None)
    assert line.discovered > 0
    with pytest.raises(UsageError, match="is a page, not a feed"):
        pause_feed(load_beat(beat), LEDGER_PAGE, paused=True, note=None)
    with pytest.raises(UsageError, match="names no archive"):
        read_history(load_beat(beat), LEDGER_PAGE, 1, NEWSSTAND_NOW)
    settings.write_text(settings.read_text("utf-8").replace("article, li", "li[["), encoding="utf-8")
    with pytest.raises(BeatError, match="no CSS selector"):
        load_beat(beat)
