"""Hostile text in every field, in real Chromium with our own policy switched off: nothing runs, no request leaves.

The pages' Content-Security-Policy would stop most of it. It is the second lock; this looks at the first one, escaping.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page
from tests.unit.edition.render.conftest import sample_edition
from tests.unit.edition.render.test_portal import poisoned

from wireroom.edition.render import addresses, render
from wireroom.records.editions import Edition

AT_ONCE = 23
"""Payloads in one edition: its posts and topics share them, so that each stands in every field."""
LOUD = (
    "<script>parent.said = 1</script>",
    "<img src=x onerror=\"document.title='said'\">",
    '"><svg onload="document.title=\'said\'">',
    "' onmouseover='document.title=\"said\"' x='",
    "</script><script>document.title='said'</script>",
    "]]><script>document.title='said'</script>",
    "{{ 7 * 7 }}{% include 'about.html' %}${7*7}",
    "\u2028</title><iframe src='//evil.example/'></iframe>",
    "javascript:document.title='said'",
    "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<style>@import '//evil.example/x.css'</style><link rel=stylesheet href=//evil.example/x.css>",
)


def payloads(shared: Path) -> Iterator[str]:
    yield from LOUD
    folder = shared / "data/hostile"
    yield from (case["payload"] for case in json.loads((folder / "dompurify_payloads.dev.json").read_text("utf-8")))
    yield from (case["input"] for case in json.loads((folder / "html5lib_sanitizer.json").read_text("utf-8")))


def write(edition: Edition, folder: Path) -> None:
    for file in render(edition):
        if not file.path.startswith(("_news/", "cards/", "api/news/")):
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.body)


def largest(folder: Path) -> Iterator[Path]:
    """Yield the page with most in it, of each kind, and what a browser may open besides."""
    for kind in ("stories/*/index.html", "articles/*/index.html", "topics/*/index.html", "providers/*/index.html"):
        yield from sorted(folder.glob(kind), key=lambda path: path.stat().st_size)[-1:]
    for name in (addresses.FRONT, addresses.ABOUT, addresses.HELD, addresses.PROVIDERS, addresses.TOPICS):
        yield folder / name
    yield folder / addresses.search("bad")
    yield folder / "feeds/atom.xml"


@pytest.fixture
def watched(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    context = browser.new_context(bypass_csp=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    heard: list[str] = []

    def note(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("dialog", note)
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda one: heard.append(f"request: {one.url}") if not one.url.startswith("file:") else None)
    page.on("framenavigated", lambda frame: heard.append(f"frame: {frame.url}") if frame.parent_frame else None)
    yield page, heard
    context.close()


def test_nothing_runs_and_no_request_leaves(watched: tuple[Page, list[str]], shared: Path, tmp_path: Path) -> None:
    page, heard = watched
    strings = list(payloads(shared))
    assert len(strings) > 190
    for start in range(0, len(strings), AT_ONCE):
        folder = tmp_path / str(start)
        write(poisoned(sample_edition(), strings[start : start + AT_ONCE]), folder)
        for path in largest(folder):
            page.goto(path.as_uri())
            assert page.evaluate("document.title") != "said", path
            assert not page.evaluate("Boolean(parent.said)"), path
        assert heard == [], folder


def test_results_of_a_search_are_text(watched: tuple[Page, list[str]], tmp_path: Path) -> None:
    page, heard = watched
    loud = [f"needle {one}" for one in LOUD]
    write(poisoned(sample_edition(), loud), tmp_path)
    page.goto(f"{(tmp_path / addresses.SEARCH).as_uri()}?q=needle")
    page.wait_for_selector("#results[aria-busy=false]", state="attached")
    while page.locator("#more").is_visible():
        page.click("#more")
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
    assert page.locator("#results li").count() > len(LOUD)
    assert page.locator("#results :is(script, img, svg, iframe, style, link, base)").count() == 0
    assert page.evaluate("document.title") != "said"
    assert heard == []
