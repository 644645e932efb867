"""An edition that is made a few stories at a time is the one that is made from everything held at once."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import partial
from itertools import cycle
from pathlib import Path

import pytest
from msgspec import structs
from tests.acceptance.conftest import Newsroom

from wireroom.adapters.spool import Spool
from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import archive_dsn, opened_archive
from wireroom.app.drafting import drafted
from wireroom.desk.review import Words, queue, rule
from wireroom.edition.lines import PostLine
from wireroom.edition.lineup import Frame, make
from wireroom.edition.shelf import whole
from wireroom.newsstand import NEWSSTAND_NOW
from wireroom.records.editions import Edition, Post
from wireroom.records.policy import Desk, Policy
from wireroom.records.rulings import Decision, RulingKind
from wireroom.records.stories import Story
from wireroom.runner import making, past
from wireroom.scoring.presets import shipped

POLICIES: dict[str, Callable[[Policy], Policy]] = {
    "modern": lambda policy: policy,
    "classic": lambda policy: structs.replace(policy, preset=shipped("classic")),
    "short of places": lambda policy: structs.replace(
        policy, desk=Desk(quotas=((policy.topics[0].id, 4),), provider_share=0.2)
    ),
}


@pytest.fixture
def beat(newsroom: Newsroom, tmp_path: Path) -> Beat:
    """Give a copy of the demo in which some is ruled upon, and every third post was never in an edition."""
    beat = load_beat(Path(shutil.copytree(newsroom.folder, tmp_path / "beat")))
    with opened_archive(beat) as archive:
        kinds = cycle((RulingKind.KILL, RulingKind.PUBLISH, RulingKind.HOLD, RulingKind.SPIKE, RulingKind.BOOST))
        for url, kind in zip(sorted(newsroom.candidates)[::8], kinds, strict=False):
            rule(archive, beat.policy.beat, url, kind, Words(by="Ada", reason="a test", at=NEWSSTAND_NOW))
    with closing(sqlite3.connect(archive_dsn(beat))) as connection, connection:
        connection.execute("DELETE FROM paths WHERE rowid % 3 = 0")
    return beat


@pytest.mark.parametrize("write_held", [True, False])
@pytest.mark.parametrize("name", POLICIES)
def test_the_same_edition(
    beat: Beat, name: str, *, write_held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "AT_ONCE", 7)
    policy, masthead = POLICIES[name](beat.policy), structs.replace(beat.masthead, write_held=write_held)
    with opened_archive(beat) as archive:
        snapshot = archive.snapshot(policy.beat, NEWSSTAND_NOW)
        held = make(snapshot, policy, masthead, (), NEWSSTAND_NOW)
        frame = Frame(policy=policy, masthead=masthead, now=NEWSSTAND_NOW)
        spooled = making.draft(archive, frame, partial(Spool, tmp_path))
    assert all(isinstance(post, PostLine) for post in spooled.posts)
    assert sum(bool(post.related) for post in held.posts) > 30
    assert told(spooled) == told(held)
    assert spooled.id == held.id


def told(edition: Edition) -> tuple[list[Post], list[list[object]]]:
    """Return the posts and stories with all that they say."""
    stories = [[getattr(story, name) for name in Story.__struct_fields__] for story in edition.stories]
    return [structs.replace(whole(post), story=None) for post in edition.posts], stories


def test_the_queue_lists_what_is_on_hold_the_nearest_first(beat: Beat) -> None:
    silent = structs.replace(beat, masthead=structs.replace(beat.masthead, write_held=False))
    with opened_archive(beat) as archive:
        edition = make(archive.snapshot(beat.policy.beat, NEWSSTAND_NOW), beat.policy, beat.masthead, (), NEWSSTAND_NOW)
        waiting = queue(drafted(silent, archive, NEWSSTAND_NOW, with_held=True), 5)
    held = sorted((-one.weight, one.path) for one in edition.posts if one.verdict.decision is Decision.HOLD)
    assert [(-one.weight, one.path) for one in waiting] == held[:5]
    assert len(held) > 5
