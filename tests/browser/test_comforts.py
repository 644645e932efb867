"""What the script adds: keys, what is new since the last visit, and nothing that moves while it is read."""

from datetime import timedelta
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
    """Return the edition of three hours later, with one more story."""
    post = post_of(Draft(title="Clerk resigns over the camera contract", hours_ago=0.1, heat=90))
    made = edition.made_at + timedelta(hours=3)
    post = structs.replace(post, article=structs.replace(post.article, published_at=made - timedelta(minutes=20)))
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
