"""Debian's Chromium, driven for real, over the newsstand's edition; skipped aloud where there is no Chromium.

The driver keeps an event loop running in its thread, so it must be gone before other files' tests start loops of their
own: hence one browser per module.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from wireroom.app.demo import run_demo
from wireroom.runner.room import Silent

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium found; on Debian: apt install chromium")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=found, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portal") / "demo"
    run_demo(folder, report=Silent())
    return folder / "site"
