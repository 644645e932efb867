"""What many tests need: the outside data, PostgreSQL, and a summary that says aloud what did not run."""

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import settings
from tests.postgres import fresh_postgres, postgres, postgres_server

__all__ = ["fresh_postgres", "postgres", "postgres_server"]

# Two busy cores make single examples slow; time limits belong in bench/.
settings.register_profile("calm", deadline=None)
settings.load_profile("calm")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of outside data; skip, naming it, where it is absent."""
    folder = Path(os.environ.get("WIREROOM_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"outside test data not found at {folder}; set WIREROOM_SHARED to run this test")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud how many tests did not run, and for want of what; under xdist too."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(report.longrepr[2] for report in skipped if isinstance(report.longrepr, tuple))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_sep("!", f"{count} SKIPPED: {reason.removeprefix('Skipped: ')}", red=True)
