"""The letter: what it tells, that clients can render it, and that hostile text stays text."""

import re
import tomllib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from msgspec import structs
from tests.unit.edition.render.conftest import Draft, edition_of, post_of, story_of

from wireroom.edition.render import front_matter
from wireroom.edition.render.letter import NoIssue, Period, letter
from wireroom.edition.render.letter.contents import Contents, contents
from wireroom.edition.render.letter.written import HEAVIEST, WIDTH, post
from wireroom.records.editions import Edition, File
from wireroom.records.mail import Letter

FEATURES = tomllib.loads((Path(__file__).parent / "mail_features.toml").read_text("utf-8"))


def made(edition: Edition, period: Period = Period.WEEKLY) -> Letter:
    found = letter(edition, period)
    assert isinstance(found, Letter)
    return found


def told(edition: Edition, period: Period = Period.WEEKLY) -> Contents:
    found = contents(edition, period)
    assert isinstance(found, Contents)
    return found


def carried(edition: Edition, *issues: Edition) -> Edition:
    """Return the edition as it is after these issues were kept."""
    letters = [(made(one), one) for one in issues]
    files = tuple(File(path=one.path, body=post(one, at)) for one, at in letters)
    return structs.replace(edition, carried=files)


def later(edition: Edition, **span: float) -> Edition:
    return structs.replace(edition, made_at=edition.made_at + timedelta(**span))


def test_the_hottest_story_leads_with_its_timeline(sample: Edition) -> None:
    found = told(sample)
    assert found.lead.story.id == sample.stories[0].id
    assert len(found.lead.steps) > 1
    page = html.document_fromstring(made(sample).html)
    assert "State board tells district" in str(page.findtext(".//h1/a"))
    assert next(cell.text for cell in page.iter("td") if cell.get("width") == "56") == "02:09"


def test_every_story_stands_once_under_its_topic(sample: Edition) -> None:
    found = told(sample)
    ids = [one.story.id for section in found.sections for one in section.told]
    assert len(set(ids)) == len(ids)
    assert found.lead.story.id not in ids
    names = [section.topic.name if section.topic else "" for section in found.sections]
    assert names[-1] == ""
    assert len(names) == len(set(names)) > 2


def test_text_and_html_tell_the_same(sample: Edition) -> None:
    one = made(sample)
    page = " ".join(" ".join(map(str, html.document_fromstring(one.html).itertext())).split())
    for said in one.text.splitlines():
        line = said.removeprefix("* ").strip()
        if line and not line.startswith(("==", "--", "http", "On the web", "Leave", "You get")) and line[2:3] != ":":
            words = line.partition("”")[0].strip("“").partition(": “")[0].partition(" (")[0]
            assert words[:40] in page or "independent of" in line or ", " in line or line.endswith(")"), line


def test_the_text_is_set_for_those_who_read_it_as_text(sample: Edition) -> None:
    lines = made(sample).text.splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= WIDTH
    titles = [line for line in lines if line.startswith("* ")]
    assert titles[0] == "* State board tells district to switch off its cameras"
    told_stories = [told(sample).lead, *(one for section in told(sample).sections for one in section.told)]
    assert len(titles) == len(told_stories) + len(told(sample).corrections)
    timeline = [line for line in lines if line[4:5] == ":" and line.startswith("  ")]
    assert [line[10:].partition(" ")[0] for line in timeline] == ["State", "Board", "The"]
    assert "  3 independent of 12 reports, Fri 20 Nov 2026" in lines


def test_links_of_a_letter_say_where_they_lead(sample: Edition) -> None:
    page = html.document_fromstring(made(sample).html)
    outward = [link for link in page.iter("a") if str(link.text).startswith("read it")]
    assert outward
    for link in outward:
        name = str(link.text).removeprefix("read it at ")
        assert name.lower().replace(" ", "-") in str(link.get("href"))


def test_the_next_issue_tells_what_is_new_and_what_changed(sample: Edition) -> None:
    first = {one.story.id for section in told(sample).sections for one in section.told} | {sample.stories[0].id}
    after = carried(later(sample, days=7), sample)
    assert isinstance(letter(after, Period.WEEKLY), NoIssue)
    place = next(n for n, one in enumerate(after.posts) if one.article.id == after.stories[0].lead)
    fresh = structs.replace(after.posts[place].article, published_at=after.made_at - timedelta(hours=3))
    posts = [*after.posts]
    posts[place] = structs.replace(posts[place], article=fresh)
    found = told(structs.replace(after, posts=tuple(posts)))
    assert found.last == sample.made_at.replace(microsecond=0)
    assert found.lead.story.id == after.stories[0].id
    assert found.lead.fresh == 1
    assert first.isdisjoint(one.story.id for part in found.sections for one in part.told)
    assert (found.continued, found.corrections) == ((), ())


@pytest.mark.parametrize(("read", "version", "told"), [(1, 1, 1), (-0.1, 1, 0), (1, 2, 0)])
def test_what_came_to_us_after_the_last_issue_is_told_though_it_was_out_before(
    sample: Edition, read: float, version: int, told: int
) -> None:
    """A report of before the morning's letter, in a feed that was read after it; what is read again is not new."""
    news = [post_of(Draft(title=f"What happened at {hour}", hours_ago=-hour)) for hour in (3, 4, 5)]
    late = post_of(Draft(title="What happened in the night", hours_ago=0.2))
    at = sample.made_at + timedelta(hours=read)
    late = structs.replace(late, article=structs.replace(late.article, read_at=at, version=version))
    edition = edition_of([*news, late], [story_of([one]) for one in (*news, late)])
    edition = structs.replace(later(edition, days=1), carried=carried(sample, sample).carried)
    found = contents(edition, Period.DAILY)
    assert isinstance(found, Contents)
    shown = {found.lead.lead.article.title, *(one.lead.article.title for part in found.sections for one in part.told)}
    assert (late.article.title in shown, len(shown)) == (told, 3 + told)


def test_a_quiet_window_widens_and_says_so(sample: Edition) -> None:
    quiet = later(sample, days=3)
    found = told(quiet, Period.DAILY)
    assert found.window > timedelta(days=1)
    assert f"looks back {found.window.days} days" in made(quiet, Period.DAILY).html
    assert f"looks back {found.window.days} days" in made(quiet, Period.DAILY).text
    assert f"looks back {found.window.days} days" in made(quiet, Period.DAILY).fragment
    nothing = letter(later(sample, days=400), Period.DAILY)
    assert isinstance(nothing, NoIssue)
    assert "nothing was published in the last 8 days" in nothing.because


def test_corrections_are_told(sample: Edition) -> None:
    assert "Corrected by their publishers" in made(sample).html
    assert "300 cameras" in made(sample).text


def test_the_post_of_an_issue_has_the_shape_of_the_classic_one(sample: Edition) -> None:
    one = made(sample)
    kept = front_matter.read(post(one, sample))
    assert list(kept.fields) == ["title", "excerpt", "publishedDateTime", "webUrl", "type", "topics"]
    assert kept.fields["webUrl"] == "https://watch.example/newsletters/ai-watch-2026-11-20/"
    assert "<h1>AI Watch, Fri 20 Nov 2026</h1>" in kept.body
    assert "unsubscribe" not in kept.body


def long_titles(edition: Edition) -> Edition:
    posts = tuple(
        structs.replace(one, article=structs.replace(one.article, title="ж" * 2000, excerpt="ж " * 4000))
        for one in edition.posts
    )
    return structs.replace(edition, posts=posts)


def test_a_letter_stays_below_what_clients_cut_off(sample: Edition) -> None:
    for edition in (sample, long_titles(sample)):
        assert len(made(edition).html.encode()) < HEAVIEST


def styles(page: Any) -> Iterator[tuple[str, str]]:
    for element in page.iter():
        for declaration in (element.get("style") or "").split(";"):
            name, _, value = declaration.partition(":")
            if name.strip():
                yield name.strip(), value.strip()


def test_mail_clients_render_all_that_it_uses(sample: Edition) -> None:
    page = html.document_fromstring(made(sample).html)
    for element in page.iter():
        if isinstance(element.tag, str):
            assert element.tag not in FEATURES["elements"], FEATURES["elements"].get(element.tag)
            assert not set(element.attrib) & set(FEATURES["attributes"]), element.attrib
    for name, value in styles(page):
        assert name not in FEATURES["properties"] or (name, value) == ("display", "none"), FEATURES["properties"][name]
        unsafe = [one for one in FEATURES["values"] if re.search(rf"(?<![a-z]){re.escape(one)}", value)]
        assert unsafe == [], (name, value)
    for table in page.iter("table"):
        assert table.get("role") == "presentation"
    [sheet] = page.iter("style")
    rules = str(sheet.text)
    selectors = re.sub(r"\{[^{}]*\}", "", rules)
    assert [one for one in FEATURES["rules"] if one in selectors] == []
    assert "prefers-color-scheme: dark" in rules
    coloured = {
        name for element in page.iter() if element.get("style") for name in (element.get("class") or "").split()
    }
    assert coloured == set(re.findall(r"\.(\w+) \{", rules)), "each class has a dark colour"


def test_hostile_text_stays_text(sample: Edition, shared: Path) -> None:
    hostile = (shared / "data/hostile/dompurify_payloads.dev.json").read_text("utf-8")
    bad = f"\r\nBcc: x@y.example\u2028{hostile[:1500]}\x00\ud800"
    posts = tuple(
        structs.replace(one, article=structs.replace(one.article, title=bad, excerpt=bad, canonical_url="javascript:1"))
        for one in sample.posts
    )
    one = made(structs.replace(sample, posts=posts))
    page = html.document_fromstring(one.html)
    allowed = {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "td", "p", "h1", "h2", "h3", "a"}
    assert {element.tag for element in page.iter()} <= allowed | {"span"}
    assert all(str(link.get("href")).startswith("https://") for link in page.iter("a"))
    assert "\n" not in one.title


@pytest.mark.parametrize("period", list(Period))
def test_the_same_edition_gives_the_same_letter(sample: Edition, period: Period) -> None:
    assert letter(sample, period) == letter(sample, period)
