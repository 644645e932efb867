"""The newsstand in, a whole site out: one run, looked at by many tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct

from wireroom.app.beat import Beat, load_beat
from wireroom.app.build import opened_archive
from wireroom.app.demo import run_demo
from wireroom.app.newsroom import Summary
from wireroom.newsstand import NEWSSTAND_NOW
from wireroom.ports.archive import Archive
from wireroom.records.editions import Candidate
from wireroom.runner.room import Silent


class Newsroom(Struct, frozen=True, kw_only=True):
    """A demo after its first run."""

    folder: Path
    beat: Beat
    summary: Summary
    archive: Archive
    candidates: dict[str, Candidate]
    """By canonical address."""

    @property
    def site(self) -> Path:
        return self.folder / "site"


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    folder = tmp_path_factory.mktemp("newsroom") / "demo"
    summary = run_demo(folder, report=Silent())
    beat = load_beat(folder)
    with opened_archive(beat) as archive:
        snapshot = archive.snapshot(beat.policy.beat, NEWSSTAND_NOW)
        candidates = {candidate.article.canonical_url: candidate for candidate in snapshot.candidates}
        yield Newsroom(folder=folder, beat=beat, summary=summary, archive=archive, candidates=candidates)
