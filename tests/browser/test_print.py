"""A printed page is a decent sheet: no menus, nothing cut off, and links that can be read without a mouse."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

A4 = ViewportSize(width=718, height=1047)
"""Pixels between margins of one centimetre."""
KINDS = ("index.html", "stories/*/index.html", "articles/*/index.html", "providers/*/index.html", "topics/*/index.html")
SHOWN = """element => element.checkVisibility() && getComputedStyle(element).visibility === "visible"
"""
WIDER = """() => [...document.querySelectorAll("main *")]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 80))"""


def printed(browser: Browser, path: Path) -> Page:
    page = browser.new_page(viewport=A4, color_scheme="dark")
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    return page


@pytest.mark.parametrize("kind", KINDS)
def test_a_sheet_has_no_menus_and_nothing_cut_off(browser: Browser, portal: Path, kind: str, tmp_path: Path) -> None:
    page = printed(browser, max(portal.glob(kind), key=lambda path: path.stat().st_size))
    hidden = page.locator(".masthead nav, .skip, .follow")
    assert not any(one.evaluate(SHOWN) for one in hidden.all())
    assert page.locator("h1").evaluate(SHOWN)
    assert page.evaluate(WIDER) == []
    page.screenshot(path=tmp_path / "sheet.png", full_page=True)
    sheet = page.pdf(format="A4")
    assert sheet.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) <= 12
    page.close()


def test_a_sheet_is_black_on_white_also_at_night(browser: Browser, portal: Path) -> None:
    page = printed(browser, portal / "index.html")
    ink, paper = page.evaluate("(s => [s.color, s.backgroundColor])(getComputedStyle(document.body))")
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    page.close()


def test_the_way_to_the_publisher_is_spelled_out_once(browser: Browser, portal: Path) -> None:
    page = printed(browser, next(portal.glob("articles/*/index.html")))
    told = "link => [getComputedStyle(link, '::after').content, link.getAttribute('href'), link.textContent]"
    after, href, _ = page.locator(".outward a[rel]").first.evaluate(told)
    assert after in (f'" (" "{href}" ")"', f'" ({href})"')
    listed = [link.evaluate(told) for link in page.locator(".addresses a").all()]
    assert listed
    assert all((after, href) == ("none", words) for after, href, words in listed)
    page.close()
