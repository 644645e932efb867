"""The portal in a real browser: it fits every width, asks nobody else for anything, and runs nothing it was fed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, Request

WIDTHS = (320, 360, 768, 1440)
LOADED = "Promise.all([...document.images].map(one => (one.loading = 'eager', one.decode().catch(() => 0))))"
SHOWN = 360
"""Pictures are kept from this width on; 320 px is what a page of four times the size has (WCAG 1.4.10)."""
KINDS = (
    "index.html", "stories/*/index.html", "articles/*/index.html", "topics/*/index.html", "providers/*/index.html",
    "days/*/index.html", "*/index.html",
)  # fmt: skip
SHOTS = Path(__file__).parents[2] / "build/screenshots"
"""What the pages look like, kept for whoever wants to look: `make clean` removes them."""


def samples(portal: Path) -> list[Path]:
    """Return the front page, and of every other kind the largest page and the smallest."""
    pages: list[Path] = []
    for kind in KINDS:
        stay = (path for path in portal.glob(kind) if b'http-equiv="refresh"' not in path.read_bytes())
        found = sorted(stay, key=lambda path: (path.stat().st_size, str(path)))
        assert found, f"no page matches {kind}"
        pages.extend(found if kind == "*/index.html" else dict.fromkeys([found[0], found[-1]]))
    return pages


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_ask_nobody_else(browser: Browser, portal: Path, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    strangers: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: strangers.append(request.url) if _stranger(request) else None)
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route(lambda url: not url.startswith(("file:", "data:")), lambda route: route.abort())
    for path in samples(portal):
        page.goto(path.as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide in a window of {width}: {_widest(page, width)}"
        if width >= SHOWN:
            name = "-".join(path.relative_to(portal).parent.parts)[:40] or "front"
            page.evaluate(LOADED)
            page.screenshot(path=SHOTS / f"{name}-{width}-{scheme}.png", full_page=True)
    context.close()
    assert strangers == []
    assert complaints == []


def _stranger(request: Request) -> bool:
    """Nothing comes from outside, no picture either."""
    return not request.url.startswith(("file:", "data:"))


def _widest(page: Page, width: int) -> str:
    script = """width => [...document.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > width + 1)
        .slice(0, 3).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 60)).join(' | ')"""
    return str(page.evaluate(script, width))


def test_the_table_of_publishers_stands_whole_on_a_phone(browser: Browser, portal: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((portal / "providers/index.html").as_uri())
    hidden = page.evaluate("(box => box.scrollWidth - box.clientWidth)(document.querySelector('.scroll'))")
    page.close()
    assert hidden == 0


def test_works_without_javascript(browser: Browser, portal: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((portal / "index.html").as_uri())
    first = page.locator("main a").first
    assert first.inner_text().strip()
    first.click()
    assert page.locator("h1").first.inner_text().strip()
    context.close()


def test_every_page_has_one_heading_a_language_and_named_landmarks(browser: Browser, portal: Path) -> None:
    page = browser.new_page()
    for path in samples(portal):
        page.goto(path.as_uri())
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.lang"), path
        assert page.locator("main").count() == 1, path
        assert page.evaluate("[...document.images].every(i => i.hasAttribute('alt') && i.width && i.height)"), path
    page.close()


def test_nothing_fetched_is_run(browser: Browser, portal: Path) -> None:
    page = browser.new_page()
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    for path in sorted(portal.rglob("*.html")):
        assert "<script>alert" not in path.read_text(encoding="utf-8"), path
    hostile = [path for path in sorted(portal.glob("articles/*/index.html")) if "&lt;script" in path.read_text("utf-8")]
    for path in hostile:
        page.goto(path.as_uri())
    page.close()
    assert dialogs == []


def test_focus_can_be_seen(browser: Browser, portal: Path) -> None:
    page = browser.new_page()
    page.goto((portal / "index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    style = page.evaluate(
        "(e => getComputedStyle(e).outlineStyle + ' ' + getComputedStyle(e).outlineWidth)(document.activeElement)"
    )
    assert not style.startswith("none"), style
    page.close()


def test_pictures_are_our_own_copies_in_sensible_sizes(browser: Browser, portal: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto((portal / "index.html").as_uri())
    shown = page.locator("img.picture")
    assert shown.count() > 3
    first = shown.first
    first.scroll_into_view_if_needed()
    assert "media/" in str(first.get_attribute("srcset"))
    loaded = first.evaluate("image => image.decode().then(() => [image.currentSrc, image.naturalWidth])")
    assert loaded[0].startswith("file:")
    assert loaded[0].endswith("-480.jpg"), "a phone gets the small copy"
    assert shown.nth(3).get_attribute("loading") == "lazy"
    page.close()
    assert all(path.stat().st_size < 150_000 for path in portal.glob("media/*.jpg"))
