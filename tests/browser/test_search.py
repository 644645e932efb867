"""Search in a real browser, opened from a disk: the answers of the queries module, beginnings and filters."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from wireroom.text.queries import Sought, answers, parse_query

QUERIES = (
    "school cameras",
    "SCHOOLS -larkmoor",
    '"facial recognition"',
    "title:ban",
    "provider:cws.example vote",
    'topic:fr-schools "school board"',
    "after:2026-11-14 before:2026-11-18",
    "gesichtserkennung",
    "zwölf",
    "xylophone",
)


def records(portal: Path) -> list[tuple[str, Sought]]:
    topics = json.loads((portal / "api/v2/topics.json").read_text("utf-8"))["topics"]
    stories = json.loads((portal / "api/v2/stories.json").read_text("utf-8"))["stories"]
    names = {topic["id"]: topic["name"] for topic in topics}
    told = {story["id"]: story["title"] for story in stories}
    found = []
    for day in sorted((portal / "api/v2/days").glob("*.json")):
        for post in json.loads(day.read_text("utf-8"))["posts"]:
            if post["verdict"]["decision"] == "publish":
                at = post["publishedAt"]
                sought = Sought(
                    title=post["title"],
                    excerpt=post["excerpt"],
                    provider=(post["provider"]["name"], post["provider"]["domain"] or ""),
                    topics=tuple(text for one in post["topics"] for text in (one["id"], names[one["id"]])),
                    story=(post["story"], told.get(post["story"], "")),
                    published_at=datetime.fromisoformat(at) if at else None,
                )
                found.append((post["title"], sought))
    return found


def results(page: Page, query: str) -> list[str]:
    """Return the headlines of all results of a query."""
    page.fill("#q", f"{query} ")  # a finished word is not taken for the beginning of another
    page.locator("form.search").evaluate("form => form.requestSubmit()")
    page.wait_for_selector("#results[aria-busy=false]", state="attached")
    while page.locator("#more").is_visible():
        page.click("#more")
        page.wait_for_selector("#results[aria-busy=false]", state="attached")
    return page.locator("#results li a").all_inner_texts()


@pytest.fixture(scope="module")
def page(browser: Browser, portal: Path) -> Page:
    page = browser.new_page()
    page.goto((portal / "search/index.html").as_uri())
    page.wait_for_selector("#provider option:nth-child(2)", state="attached")
    return page


@pytest.mark.parametrize("query", QUERIES)
def test_the_browser_finds_what_the_query_says(page: Page, portal: Path, query: str) -> None:
    asked = parse_query(query)
    expected = sorted(title for title, sought in records(portal) if answers(asked, sought))
    assert sorted(results(page, query)) == expected
    assert expected or query == "xylophone"


def test_more_results_are_where_reading_goes_on(page: Page) -> None:
    page.fill("#q", "recognition ")
    page.wait_for_selector("#more:visible")
    page.wait_for_selector("#results[aria-busy=false]")
    shown = page.locator("#results li").count()
    page.focus("#more")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#results li:nth-child({shown + 1}) a:focus")
    assert page.locator("#results .when").first.inner_text() == "20 Nov 2026"


def test_typing_finds_beginnings_and_filters_narrow(page: Page) -> None:
    page.fill("#q", "recogn")
    page.wait_for_selector("#results li")
    page.select_option("#topic", "fr-schools")
    narrowed = results(page, "recognition")
    page.select_option("#topic", "")
    assert 0 < len(narrowed) < len(results(page, "recognition"))


def test_without_a_script_the_page_leads_elsewhere(browser: Browser, portal: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((portal / "search/index.html").as_uri())
    assert not page.locator("form.search").is_visible()
    for text in ("By topic", "By day", "By publisher"):
        assert page.get_by_role("link", name=text).is_visible()
    context.close()
