"""The portal: links that lead somewhere, hostile text that stays text, pages that say what is not there."""

import json
import posixpath
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from msgspec import structs
from tests.unit.edition.render.conftest import AI, COURTS, FACES, Draft, edition_of, post_of, story_of

from wireroom.edition.render import addresses, portal, render, wording
from wireroom.edition.render.marks import marks_of
from wireroom.edition.render.portal import card, press, views
from wireroom.edition.render.portal.site import survey
from wireroom.edition.render.portal.wire import tell
from wireroom.records.articles import Image, Rendition
from wireroom.records.editions import Edition, SourceLine
from wireroom.records.ids import ArticleId, Digest
from wireroom.records.portal import SavedSearch, Theme
from wireroom.records.quality import Term
from wireroom.records.rulings import Decision
from wireroom.records.stories import Step, StepKind, Story, Thing, Told
from wireroom.records.topics import Topic
from wireroom.records.versions import Change


def pages(edition: Edition) -> dict[str, Any]:
    found = {file.path: file.body for file in portal.render(edition) if file.path.endswith(".html")}
    return {path: html.document_fromstring(body.decode()) for path, body in found.items()}


def text(page: Any) -> str:
    return " ".join(str(page.text_content()).split())


@pytest.fixture(scope="module")
def site(sample: Edition) -> dict[str, Any]:
    return pages(sample)


def article_page(site: dict[str, Any], part: str) -> Any:
    [path] = [path for path in site if path.startswith("articles/") and part in path]
    return site[path]


def story_page(site: dict[str, Any], edition: Edition) -> Any:
    return site[addresses.story(edition.stories[0].id)]


def test_every_relative_link_leads_to_a_file_of_the_edition(sample: Edition, site: dict[str, Any]) -> None:
    files = {file.path for file in render(sample)}
    for path, page in site.items():
        for _, attribute, link, _ in page.iterlinks():
            if attribute in ("href", "src") and "://" not in link and not link.startswith(("#", "mailto:")):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.partition("#")[0]))
                assert target.removeprefix("/") in files, f"{path} links to {link}"


def test_paths_are_unique_relative_and_the_same_twice(sample: Edition) -> None:
    files = list(render(sample))
    assert len({file.path for file in files}) == len(files)
    assert all(not file.path.startswith("/") and ".." not in file.path for file in files)
    assert [(file.path, file.body) for file in files] == [(file.path, file.body) for file in render(sample)]


def test_no_page_asks_another_server_for_anything(site: dict[str, Any]) -> None:
    for page in site.values():
        assert not page.xpath("//img[starts-with(@src, 'http')] | //script[starts-with(@src, 'http')] | //iframe")
        assert all("://" not in sheet for sheet in page.xpath("//link[@rel='stylesheet']/@href"))
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']")


def test_links_to_publishers_say_so(site: dict[str, Any]) -> None:
    outward = [link for page in site.values() for link in page.xpath("//main//a[starts-with(@href, 'http')]")]
    assert len(outward) > 40
    assert all(link.get("rel") == "noopener nofollow" for link in outward)


def test_the_text_of_an_article_stays_with_its_publisher(sample: Edition) -> None:
    assert not [file.path for file in render(sample) if b"which stays with its publisher" in file.body]


def test_the_front_page_leads_with_the_hottest_story(sample: Edition, site: dict[str, Any]) -> None:
    page = site["index.html"]
    [lead] = page.find_class("lead")
    assert "State board tells district" in text(lead)
    assert "3 independent · 12 reports · first 02:09 · cooling" in text(lead)
    assert text(lead.find_class("kicker")[0]) == "Schools", "the narrowest topic says it"
    assert "9 papers carry Northern Wire’s text" in text(lead)
    assert len(page.find_class("second")[0].findall("article")) == 6
    latest = [text(row) for row in page.xpath("//section[@aria-labelledby='latest']//li")]
    assert sum("Board ends face-matching" in row for row in latest) == 1, "copies stand with their original"
    assert any("Northern Wire · 9 copies" in row for row in latest)


def test_the_front_page_is_small_enough_for_a_phone(sample: Edition) -> None:
    sizes = {file.path: len(file.body) for file in portal.render(sample)}
    assert sizes["index.html"] + sizes["assets/wireroom.css"] + sizes["assets/wireroom.js"] < 50_000


def test_the_front_page_tells_each_story_once_beside_what_is_latest(site: dict[str, Any]) -> None:
    front = site["index.html"]
    told = [*front.xpath("//*[@class='stories']//h2/a/@href"), *front.xpath("//*[@class='stories']//h3/a/@href")]
    told += front.xpath("//*[@class='brief' or @class='columns']//a[@class='title']/@href")
    assert len(told) == len(set(told)) == 10
    [by_topic] = front.xpath("//section[@aria-labelledby='by-topic']")
    assert "Told already: Facial Recognition · Schools · Courts · AI Hardware" in text(by_topic)


def test_what_the_page_has_not_told_stands_by_topic_where_it_is_rarest(sample: Edition) -> None:
    lots = [
        post_of(Draft(title=f"Report number {number}", hours_ago=100 - number, heat=80, topics=(AI, FACES, COURTS)))
        for number in range(30)
    ]
    edition = edition_of(lots, [story_of([post]) for post in lots])
    front = pages(edition)["index.html"]
    assert [text(one) for one in front.xpath("//*[@class='columns']//h3")] == ["Facial Recognition", "Courts"]
    shown = [text(one) for one in front.xpath("//*[@class='columns']//a[@class='title']")]
    assert shown == [f"Report number {number}" for number in (27, 26, 29, 28)]


def test_a_story_folds_copies_under_their_original(sample: Edition, site: dict[str, Any]) -> None:
    page = story_page(site, sample)
    reports = page.find_class("report")
    assert len(reports) == 3
    assert [len(report.xpath(".//details//li")) for report in reports] == [0, 9, 0]
    assert "9 copies of this text" in text(reports[1])
    [correction] = page.find_class("correction")
    assert text(correction.find("del")) == "State board asks district to pause 300 cameras"
    assert "Regional appeals court" in text(page.xpath("//section[@aria-labelledby='threads']")[0])


def test_a_copy_of_something_elsewhere_stays_on_the_wire(sample: Edition) -> None:
    posts = tuple(post for post in sample.posts if post.article.provider.name != "Northern Wire")
    cut = structs.replace(sample, posts=posts)
    site = survey(cut, marks_of(cut))
    telling = tell(site, site.stories[0])
    assert len(telling.reports) == 11
    assert telling.unseen == 1


def test_a_story_of_one_report_says_so(sample: Edition, site: dict[str, Any]) -> None:
    page = site[addresses.story(sample.stories[2].id)]
    assert "Foundry Weekly · 1 report · first 06:15" in text(page)
    assert "One report so far" in text(page)
    assert not page.find_class("tape")


def test_an_article_leads_to_its_story_without_saying_its_headline_again(site: dict[str, Any]) -> None:
    for part, said in (("chip-maker", "Its story: this report alone so far"), ("the-vote-was", "State board tells")):
        page = article_page(site, part)
        [link] = page.xpath("//section[@aria-labelledby='story']/p/a")
        assert text(link).startswith(said)
        assert text(link) != text(page.xpath("//h1")[0])


def test_an_article_shows_sums_that_add_up(site: dict[str, Any]) -> None:
    page = article_page(site, "state-board")
    for table in page.find_class("sum"):
        numbers = [float(text(cell).replace("−", "-")) for cell in table.xpath("./tbody//td[@class='number']")]
        total = float(text(table.xpath("./tfoot//td[@class='number']")[0]))
        assert sum(numbers) == pytest.approx(total)


def test_an_article_says_where_each_fact_came_from(site: dict[str, Any]) -> None:
    table = article_page(site, "state-board").xpath("//table[@class='facts']/tbody/tr")
    rows = [" ".join(text(cell) for cell in row) for row in table]
    assert "Published Fri 20 Nov 2026, 02:09 UTC json-ld 95 %" in rows
    assert "By Ada Merrow byline 80 %" in rows
    assert any(row.startswith("Headline") and "also offered: 1" in row for row in rows)


def test_an_article_shows_its_versions_word_by_word(site: dict[str, Any]) -> None:
    page = article_page(site, "state-board")
    assert [text(node) for node in page.xpath("//ol[@class='versions']//del")] == ["asks", "pause 300"]
    assert [text(node) for node in page.xpath("//ol[@class='versions']//ins")] == ["tells", "switch off its"]


def test_held_records_are_shown_as_held(sample: Edition, site: dict[str, Any]) -> None:
    page = article_page(site, "gadgets")
    assert "On hold. Heat 61 < 70." in text(page)
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "Our ten favourite gadgets" in text(site["held/index.html"])
    others = [path for path in site if "gadgets" not in path and path != "held/index.html"]
    assert not [path for path in others if "favourite gadgets" in text(site[path])]


def test_a_long_list_of_what_waits_ends_and_says_so(single: Callable[..., Edition]) -> None:
    [post] = single(title="Our ten favourite gadgets", decision=Decision.HOLD).posts
    posts = [
        structs.replace(
            post, path=f"_news/2026-11-20-{n}.md", article=structs.replace(post.article, id=ArticleId(str(n)))
        )
        for n in range(views.WAITING + 2)
    ]
    edition = structs.replace(single(title="A vote"), posts=tuple(posts), stories=())
    page = pages(edition)["held/index.html"]
    assert len(page.xpath("//main//ol/li")) == views.WAITING
    assert "2 older records wait, too" in text(page)
    fewer = structs.replace(edition, posts=tuple(posts[: views.WAITING]))
    assert "older record" not in text(pages(fewer)["held/index.html"])


def test_names_that_run_from_right_to_left_leave_the_words_beside_them_in_place(single: Callable[..., Edition]) -> None:
    plain = single(title="A vote", provider="Al Manara", topics=(AI, FACES))
    named = structs.replace(plain.posts[0].article.provider, name="المنارة الرقمية")
    more = [
        structs.replace(post, feeds=("المنارة الرقمية",), article=structs.replace(post.article, provider=named))
        for number in range(views.SECOND + views.BRIEF + 4)
        for post in single(title=f"Vote number {number}", provider="Al Manara", topics=(AI, FACES)).posts
    ]
    made = pages(edition_of(more, [story_of([post]) for post in more]))
    found = [
        (path, node.getparent().tag, str(node))
        for path, page in made.items()
        for node in page.xpath("//main//text()[contains(., 'المنارة')]")
        if node.getparent().tag != "bdi" and not node.getparent().get("dir")
    ]
    assert found == []
    assert "Vote number" in text(made["index.html"].xpath("//*[@class='columns']")[0])


@pytest.mark.parametrize(("title", "line"), [("Cameras at school", "camera -lens"), ("camera -lens", "")])
def test_a_saved_search_without_a_name_says_its_words_once(sample: Edition, title: str, line: str) -> None:
    search = SavedSearch(id="cameras", title=title, query="camera -lens")
    made = pages(structs.replace(sample, masthead=structs.replace(sample.masthead, searches=(search,))))
    head = made["searches/cameras/index.html"].xpath("//main/header")[0]
    assert " ".join(map(text, head)) == f"Search {title} {line}".strip()


def test_undated_is_called_undated(site: dict[str, Any]) -> None:
    assert "Paper Trail · undated" in text(article_page(site, "undated-leaflet"))
    assert "1 report · undated" in text(site["index.html"])
    assert "undated" in text(site["days/index.html"])


def test_right_to_left_text_decides_its_own_direction(site: dict[str, Any]) -> None:
    heading = article_page(site, "al-manara").find(".//h1")
    assert heading.get("dir") == "auto"


def test_pictures_are_shown_when_the_copy_is_ours(sample: Edition) -> None:
    copies = tuple(Rendition(body=Digest(f"{width:032}"), width=width, height=width // 2) for width in (480, 960))
    own = Image(url="https://img.example/lead.jpg", width=1200, height=600, title="The hearing", renditions=copies)
    posts = tuple(structs.replace(p, article=structs.replace(p.article, images=(own,))) for p in sample.posts)
    shown = pages(structs.replace(sample, posts=posts))["index.html"].xpath("//img")
    small, large = (f"media/{one.body}-{one.width}.jpg" for one in copies)
    assert {one.get("src") for one in shown} == {small}
    assert shown[0].get("srcset") == f"{small} 480w, {large} 960w"
    assert (shown[0].get("width"), shown[0].get("height"), shown[0].get("alt")) == ("960", "480", "The hearing")
    assert [one.get("loading") for one in shown] == [None] + ["lazy"] * (len(shown) - 1)


def test_pictures_of_others_are_not_shown(site: dict[str, Any]) -> None:
    assert [img for page in site.values() for img in page.xpath("//img")] == []


def test_a_page_for_addresses_that_lead_nowhere_is_the_same_wherever_it_is_shown(sample: Edition) -> None:
    below = structs.replace(sample, masthead=structs.replace(sample.masthead, address="https://papers.example/watch/"))
    page = pages(below)["404.html"]
    links = [link for _, name, link, _ in page.iterlinks() if name in ("href", "src") and "#main" not in link]
    assert "/watch/assets/wireroom.css" in links
    assert all(link.startswith(("/watch/", "https://papers.example/watch/")) for link in links)
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_a_page_says_where_in_the_menu_it_stands(site: dict[str, Any]) -> None:
    def here(path: str) -> list[tuple[str, str]]:
        return [(link.text, link.get("aria-current")) for link in site[path].xpath("//header/nav/a[@aria-current]")]

    assert here("topics/index.html") == [("Topics", "page")]
    assert here("topics/faces/index.html") == [("Topics", "true")]
    assert here("index.html") == here("404.html") == []


def test_what_a_page_says_of_all_its_reports_its_lines_do_not_repeat(site: dict[str, Any]) -> None:
    rows = site["providers/harbor-ledger.example/index.html"].xpath("//ol[@class='rows wide']/li")
    assert rows
    assert not [text(row) for row in rows if "Harbor Ledger" in text(row)]
    times = [text(row.find_class("when")[0]) for row in site["days/2026-11-19/index.html"].xpath("//main//li")]
    assert times
    assert all(len(time) == len("09:15") for time in times)


def test_sources_of_one_name_are_told_apart(sample: Edition) -> None:
    twins = tuple(
        SourceLine(title=title, url=f"https://www.harbor-ledger.example/{n}.xml", site_url=None, state="active")
        for n, title in enumerate(("Harbor Ledger", "Harbor Ledger", "Harbor Sport"))
    )
    made = pages(structs.replace(sample, sources=twins))
    for path in ("about/index.html", "providers/harbor-ledger.example/index.html"):
        shown = [text(one) for one in made[path].find_class("twin")]
        assert shown == [one.url for one in twins[:2]], path


def test_texts_of_others_say_their_language(single: Callable[..., Edition]) -> None:
    for language, said in (
        ("de", "de"),
        ("pt-BR", "pt-BR"),
        ("en", None),
        ('"><script>', None),
        ("", None),
        (None, None),
    ):
        made = pages(single(title="Kameras an Schulen", language=language))
        headings = [
            page.xpath("//h1[@dir]")[0] for path, page in made.items() if path.startswith(("articles", "stories"))
        ]
        assert [one.get("lang") for one in headings] == [said, said]
        assert made["index.html"].xpath("//h2[@dir]")[0].get("lang") == said


def test_links_make_sense_out_of_their_place(site: dict[str, Any]) -> None:
    """Those who list the links of a page hear no two alike that lead to different places."""
    for path in ("topics/faces/index.html", "providers/harbor-ledger.example/index.html", "index.html"):
        feeds = {(text(link), link.get("href")) for link in site[path].xpath("//a[contains(@href, 'feeds/')]")}
        names = [name for name, _ in feeds]
        assert len(names) == len(set(names)), path


def test_the_archive_is_told_by_month(sample: Edition) -> None:
    page = pages(sample)["days/index.html"]
    assert [text(one) for one in page.iter("h2")] == ["Nov 2026", "undated"]
    made = pages(sample)
    days = sorted(path for path in made if path.startswith("days/2"))
    assert [link.get("rel") for link in made[days[0]].xpath("//main//p[@class='subtopics']/a")] == ["next"]
    assert made[days[-1]].xpath("//main//p[@class='subtopics']/a/text()") == ["Earlier: Thu 19 Nov 2026"]
    assert not made["days/undated/index.html"].xpath("//main//p[@class='subtopics']/a")


def test_empty_editions_say_what_would_be_here(sample: Edition) -> None:
    nothing = structs.replace(sample, posts=(), stories=())
    assert "brought nothing so far" in text(pages(nothing)["index.html"])
    held = tuple(post for post in sample.posts if not post.published)
    assert "2 records are on hold, each with its reason" in text(
        pages(structs.replace(nothing, posts=held))["index.html"]
    )
    unread = structs.replace(nothing, sources=(), topics=())
    found = pages(unread)
    assert "reads no sources yet" in text(found["index.html"])
    assert "has no topics yet" in text(found["topics/index.html"])


def test_the_about_page_leads_to_the_desk(sample: Edition, site: dict[str, Any]) -> None:
    assert "mailto:desk@watch.example" in site["about/index.html"].xpath("//main//a/@href")
    odd = structs.replace(
        sample, masthead=structs.replace(sample.masthead, contact="desk@watch.example?bcc=a@b.example")
    )
    assert not pages(odd)["about/index.html"].xpath("//main//a[starts-with(@href, 'mailto:')]")


def test_the_about_page_states_the_whole_rule(sample: Edition, site: dict[str, Any]) -> None:
    said = "A record is published when a topic of the beat applies to it, it repeats no report that we have, "
    assert f"{said}and its heat reaches 70, by the preset “modern”" in text(site["about/index.html"])
    strict = structs.replace(sample.masthead, least_quality=30.0, cools_later=True)
    page = pages(structs.replace(sample, masthead=strict))["about/index.html"]
    assert f"{said}its quality is at least 30, and its heat before it cools reaches 70" in text(page)


def test_the_about_page_names_who_refuses_us(site: dict[str, Any]) -> None:
    assert "The Closed Door blocked robots.txt refuses us; not worked around" in text(site["about/index.html"])
    assert "Each host is asked at most once" in text(site["about/index.html"])


def hostile_strings(shared: Path) -> Iterator[str]:
    folder = shared / "data/hostile"
    yield from json.loads((folder / "big_list_of_naughty_strings.json").read_text("utf-8"))
    yield from (case["payload"] for case in json.loads((folder / "dompurify_payloads.dev.json").read_text("utf-8")))
    yield from (case["input"] for case in json.loads((folder / "html5lib_sanitizer.json").read_text("utf-8")))


def test_no_hostile_string_becomes_markup(shared: Path, sample: Edition) -> None:
    strings = list(hostile_strings(shared))
    assert len(strings) > 650
    for number in range(0, len(strings), 20):
        some = strings[number : number + 20]
        for path, page in pages(poisoned(sample, some)).items():
            check_harmless(path, page)


def poisoned(edition: Edition, strings: list[str]) -> Edition:
    """Put strings into every field that a page may show."""

    def pick(place: int) -> str:
        return strings[place % len(strings)]

    posts = []
    for place, post in enumerate(edition.posts):
        bad = pick(place)
        changes = (Change(field=bad, before=bad, after=pick(place + 1)), Change(field="title", before=bad, after=bad))
        article = structs.replace(
            post.article,
            title=bad,
            excerpt=bad,
            canonical_url=bad if place % 2 else f"javascript:{bad}",
            original_url=f"data:text/html,{bad}",
            amp_url=bad,
            authors=(bad,),
            agencies=(bad,),
            provider=structs.replace(post.article.provider, name=bad, domain=bad),
            language=bad,
            section=bad,
            keywords=(bad,),
            images=(_picture(f"{edition.masthead.address}{bad}", bad),),
            evidence=tuple(structs.replace(one, value=bad, source=bad) for one in post.article.evidence),
        )
        posts.append(
            structs.replace(
                post,
                article=article,
                verdict=structs.replace(post.verdict, because=bad, flip=bad),
                quality=structs.replace(post.quality, preset=bad, terms=(Term(name=bad, points=1, because=bad),)),
                story_reason=bad,
                feeds=(bad,),
                copy=structs.replace(post.copy, proof=bad, agency=bad) if post.copy else None,
                related=tuple(structs.replace(one, article=None, title=bad, web_url=bad) for one in post.related),
                versions=tuple(structs.replace(one, changes=changes) for one in post.versions),
                matches=tuple(structs.replace(one, because=bad) for one in post.matches),
            )
        )
    topics = tuple(_poisoned_topic(topic, pick(place)) for place, topic in enumerate(edition.topics))
    sources = tuple(
        SourceLine(title=bad, url=bad, site_url=f"javascript:{bad}", state=bad, note=bad) for bad in strings
    )
    masthead = structs.replace(
        edition.masthead,
        name=pick(1),
        description=pick(2),
        contact=pick(3),
        notes=tuple(strings),
        preset=pick(4),
        searches=(SavedSearch(id="bad", title=pick(5), query=pick(6)),),
    )
    stories = tuple(_poisoned_story(story, pick(place)) for place, story in enumerate(edition.stories))
    return structs.replace(
        edition, posts=tuple(posts), topics=topics, sources=sources, masthead=masthead, stories=stories
    )


def _picture(url: str, title: str) -> Image:
    kept = Rendition(body=Digest("0" * 32), width=480, height=270)
    return Image(url=url, width=1200, height=675, title=title, is_cached=True, renditions=(kept,))


def _poisoned_story(story: Story, bad: str) -> Story:
    told = Told(things=(Thing(name=bad, wikidata=bad),), numbers=(bad,), quotes=(bad,))
    steps = tuple(
        Step(at=story.first_at, kind=StepKind.REPORT, article=one, title=bad, provider=bad, url=bad, new=told)
        for one in story.articles
    )
    return structs.replace(story, title=bad, timeline=steps, things=told.things)


def _poisoned_topic(topic: Topic, bad: str) -> Topic:
    return structs.replace(topic, name=bad, shortname=bad, description=bad, keywords=(bad,))


def check_harmless(path: str, page: Any) -> None:
    for data in page.xpath("//script[@type='application/ld+json']"):
        assert not set("<>&\u2028") & set(data.text), path
        json.loads(data.text)
    scripts = page.xpath("//script[not(@type='application/ld+json')]")
    ours = ["wireroom.js", "search.js"] if path == addresses.SEARCH else ["wireroom.js"]
    assert [script.get("src").rpartition("assets/")[2] for script in scripts] == ours, path
    assert not any(script.text for script in scripts)
    assert not page.xpath("//iframe | //object | //embed | //style | //base | //math | //foreignObject"), path
    assert path == addresses.SEARCH or not page.xpath("//form"), path
    for node in page.iter():
        for name, value in node.attrib.items():
            assert not name.startswith("on"), f"{path}: {name}={value}"
            assert name != "style", f"{path}: {value}"
            if name in ("href", "src", "action", "xlink:href"):
                scheme = value.partition(":")[0].lower() if ":" in value.partition("/")[0] else ""
                assert scheme in ("", "http", "https"), f"{path}: {value}"
                assert not value.startswith("//"), f"{path}: {value}"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        (" http://a.example/a b\"c'", "http://a.example/a%20b%22c'"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://a.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/x", None),
        ("https:/a.example", None),
        ("https://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, expected: str | None) -> None:
    assert addresses.web_only(url) == expected


@pytest.mark.parametrize(
    "name", ["..", ".", "a/b", "a b", "ä", "index.html", "~", "%2e%2e", "con\x00", "\U00010400" * 300]
)
def test_path_segments_are_harmless_and_distinct(name: str) -> None:
    made = addresses.segment(name)
    assert made not in (".", "..", "index.html")
    assert len(made) <= addresses.LONGEST_SEGMENT
    assert not set(made) & set('/\\ %\x00"<>')
    assert made != addresses.segment(name + "~")


def test_words_of_the_portal(sample: Edition) -> None:
    now = sample.made_at
    assert wording.stamp(now) == "Fri 20 Nov 2026, 09:15 UTC"
    assert wording.short(now - timedelta(hours=1), now) == "08:15"
    assert wording.short(now - timedelta(days=400), now) == "16 Oct 2025"
    assert wording.listed(now - timedelta(hours=1), now) == "08:15"
    assert wording.listed(now - timedelta(days=1), now) == "19 Nov 09:15"
    assert wording.listed(now - timedelta(days=400), now) == "16 Oct 2025"
    assert wording.listed(None, now) == wording.dated("undated") == wording.monthly("undated") == "undated"
    assert (wording.dated("2026-11-20"), wording.monthly("2026-02")) == ("Fri 20 Nov 2026", "Feb 2026")
    assert wording.ago(now - timedelta(minutes=119), now) == "1 h ago"
    assert wording.ago(now - timedelta(days=2, hours=23), now) == "2 days ago"
    assert wording.ago(now + timedelta(hours=1), now) == ""
    assert (wording.points(-0.5), wording.points(12.0), wording.whole(69.99)) == ("−0.5", "12", "69")
    assert wording.count(1, "copy", "copies") == "1 copy"
    assert wording.count(12_000, "report") == "12\u202f000 reports"
    assert wording.brief("Long words in a row", 12) == "Long words…"
    assert wording.percent(0.29) == "29 %"


def test_long_differences_are_shown_whole() -> None:
    change = Change(field="text", before="a " * 300, after="b " * 300)
    assert [piece.kind for piece in card.difference(change)] == ["out", "in"]


def test_a_story_says_when_a_text_was_changed(sample: Edition) -> None:
    changed = next(post for post in sample.posts if post.versions)
    version = structs.replace(changed.versions[0], changes=(Change(field="text", before="Six", after="Five"),))
    post = structs.replace(changed, versions=(version,))
    edition = structs.replace(sample, posts=tuple(post if one is changed else one for one in sample.posts))
    assert post.story
    told = text(pages(edition)[addresses.story(post.story.id)])
    assert f"Text changed, seen {wording.stamp(version.seen_at)}: what changed" in " ".join(told.split())


def test_the_long_headline_is_set_smaller(single: Callable[..., Edition]) -> None:
    edition = single(title="Word " * 40, decision=Decision.PUBLISH)
    [page] = [page for path, page in pages(edition).items() if path.startswith("articles/")]
    assert page.find(".//h1").get("class") == "long"


def test_evidence_is_quoted_briefly(sample: Edition) -> None:
    [post, *others] = sample.posts
    passage = "a passage of the article " * 40
    long = structs.replace(post.quality, terms=(Term(name="copy", points=1, because=passage),))
    edition = structs.replace(sample, posts=(structs.replace(post, quality=long), *others))
    assert not [
        path for path, page in pages(edition).items() if "of the article a passage of the article " * 8 in text(page)
    ]


@pytest.mark.parametrize("name", press.SHIPPED)
def test_every_shipped_theme_makes_every_page(sample: Edition, name: str) -> None:
    themed = structs.replace(sample, masthead=structs.replace(sample.masthead, theme=Theme(name=name)))
    made = pages(themed)
    assert made.keys() == pages(sample).keys()
    assert "State board tells district" in text(made["index.html"])


def test_a_theme_of_ones_own_changes_what_it_brings_and_no_more(sample: Edition) -> None:
    front = '{% extends "wire/front.html" %}{% block title %}Evening {{ "<b>" }}{% endblock %}'
    theme = Theme(
        name="evening", templates=(("front.html", front),), style='@import "wire/style.css";\n.lead { color: teal }'
    )
    themed = structs.replace(sample, masthead=structs.replace(sample.masthead, theme=theme))
    made, plain = pages(themed), pages(sample)
    assert made["index.html"].findtext(".//title") == "Evening <b>"
    assert text(made["about/index.html"]) == text(plain["about/index.html"])
    style = {file.path: file.body for file in portal.render(themed)}["assets/wireroom.css"].decode()
    assert "@import" not in style
    assert style.endswith(".lead{color:teal}\n")
    assert "--pencil" in style


def test_a_style_sheet_is_sent_without_what_only_its_writers_need() -> None:
    first = '/* why */\n.a , .b:hover > i { content: " { x; } : , /" ;\n  width: calc(1px + 2px); }\n\n'
    sent = press.style(Theme(style=f"{first}@media print {{ p {{ margin: 0 }} }}\n")).decode()
    assert sent == '.a,.b:hover > i{content:" { x; } : , /";width:calc(1px + 2px)}\n@media print{p{margin:0}\n}\n'


def test_a_theme_may_change_one_of_the_parts(sample: Edition) -> None:
    own = '{% macro menu(site, to) %}<nav><a href="{{ to(address.ABOUT) }}">Us</a></nav>{% endmacro %}'
    theme = Theme(name="evening", templates=(("parts.html", own),))
    made = pages(structs.replace(sample, masthead=structs.replace(sample.masthead, theme=theme)))
    assert all(page.xpath("string(//header//nav)") == "Us" for page in made.values() if page.xpath("//header//nav"))
    assert made["index.html"].xpath("//footer")


def test_a_story_says_what_each_report_adds_and_what_it_belongs_to(sample: Edition) -> None:
    told, other = sample.stories[0], sample.stories[1]
    civic = next(post for post in sample.posts if post.article.title.startswith("The vote was"))
    step = Step(
        at=civic.article.published_at or sample.made_at,
        kind=StepKind.REPORT,
        article=civic.article.id,
        title=civic.article.title,
        provider=civic.article.provider.name,
        url=civic.article.canonical_url,
        new=Told(things=(Thing(name="Élodie <b>Marsh"),), numbers=("4–1",), quotes=("I could not vote for it",)),
    )
    longer = structs.replace(told, timeline=(step,), things=(Thing(name="Harbor County"),), thread=(other.id, told.id))
    stories = (longer, *sample.stories[1:])
    page = pages(structs.replace(sample, stories=stories))[addresses.story(told.id)]
    shown = text(page)
    assert "adds Élodie <b>Marsh, 4–1" in shown
    assert "quotes I could not vote for it" in shown
    assert "Named in it Harbor County" in shown
    affair = page.xpath("//section[@aria-labelledby='affair']")[0]
    assert [link.get("href") for link in affair.iter("a")] == [f"../../{addresses.story(other.id)}"]
    assert "This story" in affair.text_content()
