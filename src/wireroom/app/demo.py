"""What does the demo run? The bundled newsstand as a beat: shipped topics, invented outlets, a clock that moves on."""

from datetime import datetime, timedelta
from pathlib import Path

from wireroom.app.beat import BEAT_FILE, Beat, load_beat
from wireroom.app.build import cache_folder
from wireroom.app.newsroom import Summary, run_cycle
from wireroom.app.starting import start_beat
from wireroom.errors import UsageError
from wireroom.newsstand import NEWSSTAND_NOW, Newsstand
from wireroom.runner.room import Report

STEP = timedelta(days=1)
"""How much later each further run happens: by then the slowest feed is due again."""
MARK = ".newsstand"
"""A file that tells a demo's folder from a beat somebody cares for; holds the time of its last edition."""


def scratch_folder() -> Path:
    """Return the demo's folder in the system's cache."""
    return cache_folder() / "demo"


def run_demo(folder: Path | None, *, report: Report) -> Summary:
    """Run one cycle over the newsstand; a second run in the same folder goes on from the first."""
    folder = folder or scratch_folder()
    made = last_run(folder)
    with Newsstand(stage=2 if made else 1) as stand:
        beat = demo_beat(folder, stand)
        now = made + STEP if made else NEWSSTAND_NOW
        summary = run_cycle(beat, now=now, report=report, detour=stand.detour())
    (folder / MARK).write_text(now.isoformat(), encoding="utf-8")
    return summary


def last_run(folder: Path) -> datetime | None:
    """Return the time of the demo's last finished run, None before the first."""
    mark = folder / MARK
    made = mark.read_text(encoding="utf-8") if mark.is_file() else ""
    return datetime.fromisoformat(made) if made else None


def demo_beat(folder: Path, stand: Newsstand) -> Beat:
    """Make the demo's beat folder, or read it when it is there."""
    if not (folder / MARK).is_file():
        _make(folder, stand)
    return load_beat(folder)


def _make(folder: Path, stand: Newsstand) -> None:
    if (folder / BEAT_FILE).is_file():
        raise UsageError(f"{folder} is a beat of its own. Name another folder for the demo: --dir DIR")
    start_beat(folder, "ai-watch", named=False)
    (folder / "feeds.opml").write_bytes(stand.opml())
    (folder / MARK).touch()
