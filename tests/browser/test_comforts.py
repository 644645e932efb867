"""What the script adds: keys, what is new since the last visit, and nothing that moves while it is read."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec import structs
from playwright.sync_api import Browser, Page
from tests.unit.edition.render.conftest import Draft, edition_of, post_of, sample_edition, story_of

from wireroom.edition.render import portal
from wireroom.records.editions import Edition

SHIFTS = """() => new Promise(done => setTimeout(() => {
  new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done([]), 200);
}, 200))"""
LATE = (
    "document.querySelector('main').prepend(document.createElement('h1'), 'what comes late moves the rest '.repeat(20))"
)


def write(edition: Edition, folder: Path) -> Path:
    for file in portal.render(edition):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.body)
    return folder / "index.html"


@pytest.fixture
def front(browser: Browser, tmp_path: Path) -> Page:
    page = browser.new_context().new_page()
    page.goto(write(sample_edition(), tmp_path).as_uri())
    return page


def later(edition: Edition) -> Edition:
    """Return the edition of three hours later, with a story that was out before this one and had not reached us."""
    post = post_of(Draft(title="Clerk resigns over the camera contract", hours_ago=0.1, heat=90))
    made = edition.made_at + timedelta(hours=3)
    post = structs.replace(post, article=structs.replace(post.article, read_at=made - timedelta(minutes=20)))
    both = edition_of([*edition.posts, post], [*edition.stories, story_of([post])])
    return structs.replace(both, made_at=made)


def test_what_is_new_since_the_last_visit_is_marked_until_the_next_edition(front: Page, tmp_path: Path) -> None:
    assert front.locator(".fresh").count() == 0
    write(later(sample_edition()), tmp_path)
    for _ in range(2):  # looking at the same edition again keeps the marks
        front.reload()
        assert front.locator(".fresh").all_inner_texts() != []
        assert "Clerk resigns" in front.locator(".fresh").first.inner_text()
        assert (
            front.locator("#since").inner_text().startswith("1 story new since you were last here, 20 Nov 2026 09:15")
        )


def test_keys_walk_search_and_explain_themselves(front: Page) -> None:
    front.keyboard.press("j")
    first = front.evaluate("document.activeElement.textContent")
    front.keyboard.press("j")
    assert front.evaluate("document.activeElement.textContent") != first
    front.keyboard.press("k")
    assert front.evaluate("document.activeElement.textContent") == first
    front.keyboard.press("?")
    assert front.get_by_role("dialog").is_visible()
    front.keyboard.press("Escape")
    assert not front.get_by_role("dialog").is_visible()
    front.keyboard.press("/")
    front.wait_for_url("**/search/index.html")
    assert front.evaluate("document.activeElement.id") == "q"


def test_keys_can_be_switched_off_for_good_and_on_again(front: Page) -> None:
    def walks() -> bool:
        before = front.evaluate("document.activeElement.textContent")
        front.keyboard.press("j")
        return bool(front.evaluate("document.activeElement.textContent") != before)

    assert walks()
    for switch, walking in (("Switch keys off", False), ("Switch keys on", True)):
        front.get_by_role("button", name="Keys").click()
        front.get_by_role("button", name=switch).click()
        front.get_by_role("button", name="Close").click()
        assert not front.get_by_role("dialog").is_visible()
        front.reload()
        assert walks() is walking


def test_the_first_key_press_leads_past_the_menu(front: Page) -> None:
    front.keyboard.press("Tab")
    link = front.locator(":focus")
    assert (link.inner_text(), link.is_visible()) == ("Skip to the news", True)
    front.keyboard.press("Enter")
    front.keyboard.press("Tab")
    assert front.evaluate("document.activeElement.closest('main') !== null")


def test_headings_never_skip_a_level(front: Page, tmp_path: Path) -> None:
    kinds = ("index.html", "404.html", "*/index.html", "stories/*/index.html", "articles/*/index.html")
    for path in sorted({path for kind in kinds for path in tmp_path.glob(kind)}):
        front.goto(path.as_uri())
        levels = front.evaluate(
            "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(one => Number(one.tagName[1]))"
        )
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), f"{path}: {levels}"


def test_text_of_twice_the_size_still_fits(front: Page, tmp_path: Path) -> None:
    front.set_viewport_size({"width": 640, "height": 700})
    for kind in ("*.html", "*/index.html", "stories/*/index.html", "articles/*/index.html", "providers/*/index.html"):
        for path in sorted(tmp_path.glob(kind))[:5]:
            front.goto(path.as_uri())
            front.evaluate("document.documentElement.style.fontSize = '200%'")
            assert front.evaluate("document.documentElement.scrollWidth") <= 640, path


def test_lines_and_charts_show_in_colours_that_readers_force(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_context(forced_colors="active", color_scheme="dark").new_page()
    page.goto(write(sample_edition(), tmp_path).as_uri())
    ink = page.locator(".tape path.own").first.evaluate("path => getComputedStyle(path).stroke")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (ink, paper) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    page.close()


def test_nothing_moves_while_it_is_read(browser: Browser, portal: Path, front: Page, tmp_path: Path) -> None:
    write(later(sample_edition()), tmp_path)
    front.reload()
    assert front.locator(".fresh").count() == 1
    assert front.evaluate(SHIFTS) == []
    page = browser.new_page(viewport={"width": 360, "height": 800})
    for name in ("index.html", "search/index.html", "topics/ai/index.html"):
        page.goto((portal / name).as_uri())
        page.wait_for_load_state("load")
        assert page.evaluate(SHIFTS) == [], name
    page.evaluate(LATE)
    assert page.evaluate(SHIFTS) != []
    page.close()
