"""robots.txt, humans.txt, llms.txt and _headers say what holds for the edition they lie in."""

import re
from fnmatch import fnmatch

import pytest
from msgspec import structs
from protego import Protego

from wireroom.edition.render import render
from wireroom.records.editions import Edition

ADDRESS = "https://watch.example/"


@pytest.fixture(scope="module")
def files(sample: Edition) -> dict[str, bytes]:
    return {one.path: one.body for one in render(sample) if not one.path.startswith("cards/")}


def said(edition: Edition, path: str) -> str:
    return next(one.body.decode() for one in render(edition) if one.path == path)


def test_robots_may_read_all_and_are_shown_the_sitemap(files: dict[str, bytes]) -> None:
    rules = Protego.parse(files["robots.txt"].decode())
    assert all(rules.can_fetch(ADDRESS + path, agent) for path in files for agent in ("anybot", "Googlebot-News"))
    [sitemap] = rules.sitemaps
    assert sitemap.removeprefix(ADDRESS) in files


def test_humans_are_told_whose_it_is_in_lines_that_a_name_cannot_break(
    sample: Edition, files: dict[str, bytes]
) -> None:
    lines = files["humans.txt"].decode().splitlines()
    assert lines[:4] == ["/* DESK */", "AI Watch", "Contact: desk@watch.example", f"Address: {ADDRESS}"]
    named = structs.replace(sample.masthead, name="AI\r\n/* SITE */\u2028Watch", contact="")
    changed = said(structs.replace(sample, masthead=named), "humans.txt").splitlines()
    assert changed[:3] == ["/* DESK */", "AI /* SITE */ Watch", f"Address: {ADDRESS}"]


def test_language_models_are_led_to_files_that_are_there(sample: Edition, files: dict[str, bytes]) -> None:
    text = files["llms.txt"].decode()
    assert text.startswith(f"# AI Watch\n\n> {sample.masthead.description}\n\n")
    assert re.findall("^## (.*)$", text, re.MULTILINE) == ["Data", "Topics"]
    links = re.findall(r"^- \[(.+)\]\((\S+)\)", text, re.MULTILINE)
    assert [label for label, _ in links][4:] == [topic.name for topic in sample.topics]
    assert {link.removeprefix(ADDRESS) for _, link in links} <= files.keys()


def test_a_topic_cannot_leave_its_link(sample: Edition) -> None:
    topics = (structs.replace(sample.topics[0], name="AI](https://evil.example/)\n# x ["), *sample.topics[1:])
    line = next(one for one in said(structs.replace(sample, topics=topics), "llms.txt").splitlines() if "evil" in one)
    assert line.startswith(rf"- [AI\](https://evil.example/) # x \[]({ADDRESS}topics/ai/index.html)")


def headers(text: str) -> dict[str, dict[str, str]]:
    """Read `_headers`: a path, then its headers, each on a line of its own that is indented."""
    rules: dict[str, dict[str, str]] = {}
    for line in filter(None, text.split("\n")):
        if line.startswith("/"):
            current = rules.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            assert value
            assert name not in current
            current[name] = value
    return rules


def test_hosts_are_told_what_pages_demand_of_browsers(files: dict[str, bytes]) -> None:
    rules = headers(files["_headers"].decode())
    all_of_it = rules["/*"]
    pages = [body.decode() for path, body in files.items() if path.endswith("index.html") and "redirect" not in path]
    policies = {found[1] for page in pages if (found := re.search(r'Content-Security-Policy" content="([^"]+)"', page))}
    assert {f"{one}; frame-ancestors 'none'" for one in policies} == {all_of_it["Content-Security-Policy"]}
    assert all_of_it["X-Content-Type-Options"] == "nosniff"
    assert all_of_it["Referrer-Policy"] == "no-referrer"
    opened = {path for path, rule in rules.items() if rule.get("Access-Control-Allow-Origin") == "*"}
    assert opened == {"/feeds/*", "/api/*"}
    assert all(any(fnmatch(f"/{path}", one) for path in files) for one in opened)
