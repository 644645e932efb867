"""Two other people's parsers read our feeds and find what the posts say."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import fastfeedparser
import feedparser
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs

from wireroom.edition.render import feeds, markup, sitemaps, wording
from wireroom.records.editions import Edition
from wireroom.records.portal import SavedSearch

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def written(edition: Edition) -> dict[str, bytes]:
    return {file.path: file.body for file in feeds.render(edition)} | {
        file.path: file.body for file in sitemaps.render(edition)
    }


@pytest.mark.parametrize("name", ["feeds/rss.xml", "feeds/atom.xml", "feeds/faces/rss.xml", "feeds/faces/atom.xml"])
def test_feedparser_and_fastfeedparser_find_the_posts(sample: Edition, name: str) -> None:
    expected = [
        (post.article.title, post.article.canonical_url)
        for post in sample.posts
        if post.published and ("faces" not in name or any(topic.id == "faces" for topic in post.topics))
    ]
    body = written(sample)[name]
    slow = feedparser.parse(body)
    assert not slow.bozo
    assert [(entry.title, entry.link) for entry in slow.entries] == expected
    assert slow.entries[0].published_parsed[:6] == (2026, 11, 20, 9, 3, 0)
    quick = fastfeedparser.parse(body)
    assert [(entry.title, entry.link) for entry in quick.entries] == expected


def test_the_json_feed_says_the_same_and_dates_only_what_has_a_date(sample: Edition) -> None:
    feed = json.loads(written(sample)["feeds/feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["url"] for item in feed["items"]] == [p.article.canonical_url for p in sample.posts if p.published]
    assert sum("date_published" not in item for item in feed["items"]) == 1
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])


def test_a_feed_keeps_its_bytes_when_only_the_clock_moved(sample: Edition) -> None:
    later = structs.replace(sample, made_at=sample.made_at + timedelta(hours=1))
    first, second = written(sample), written(later)
    assert {name for name in first if first[name] != second[name]} <= {"sitemap-news.xml"}


def test_sitemaps_list_pages_and_the_news_of_two_days(sample: Edition) -> None:
    files = written(sample)
    index = [str(found.text) for found in etree.fromstring(files["sitemap.xml"]).iter(f"{SITEMAP}loc")]
    assert index == sorted(set(index), key=index.index)
    assert {one.removeprefix("https://watch.example/") for one in index} <= files.keys()
    plain = [
        str(found.text)
        for name in files
        if name.startswith("sitemaps/")
        for found in etree.fromstring(files[name]).iter(f"{SITEMAP}loc")
    ]
    providers = {post.article.provider.name for post in sample.posts if post.published}
    assert len(plain) == len(set(plain)) == 3 + 6 + len(providers) + 10 + 21
    assert all(address.startswith("https://watch.example/") for address in plain)
    news = list(etree.fromstring(files["sitemap-news.xml"]).iter(f"{SITEMAP}url"))
    assert len(news) == 17


def test_a_new_article_touches_the_sitemap_of_its_month_alone(sample: Edition) -> None:
    oldest = structs.replace(sample, posts=sample.posts[:-1])
    first, second = written(sample), written(oldest)
    changed = {name for name in first if name.startswith("sitemaps/articles") and first[name] != second.get(name)}
    assert len(changed) <= 1


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])))
def test_moments_are_written_as_mail_does(moment: datetime) -> None:
    assume(1 < moment.year < 9999)
    assert wording.posted(moment) == format_datetime(moment.astimezone(UTC), usegmt=True)


def test_the_sources_are_an_opml(sample: Edition) -> None:
    outlines = list(etree.fromstring(written(sample)["feeds/sources.opml"]).iter("outline"))
    assert [outline.get("xmlUrl") for outline in outlines] == [source.url for source in sample.sources]
    assert [outline.get("text") for outline in outlines] == [source.title or source.url for source in sample.sources]
    titled = structs.replace(sample.sources[0], title='R&D <"news">, Ada\'s', site_url="https://rd.example/?a=1&b=2")
    [odd] = etree.fromstring(written(structs.replace(sample, sources=(titled,)))["feeds/sources.opml"]).iter("outline")
    assert (odd.get("text"), odd.get("htmlUrl")) == (titled.title, titled.site_url)
    [nothing] = etree.fromstring(written(structs.replace(sample, sources=()))["feeds/sources.opml"]).iter("outline")
    assert (nothing.get("xmlUrl"), nothing.get("isComment")) == (None, "true")


@pytest.mark.parametrize(
    ("excerpt", "held"),
    [
        ("AT&T says 3 > 2", "AT&T says 3 > 2"),
        ("How <script> tags and &lt; work", "How &lt;script&gt; tags and &amp;lt; work"),
        ("The &copy sign", "The &amp;copy sign"),
    ],
)
def test_rss_holds_html_where_readers_look_for_it(single: Callable[..., Edition], excerpt: str, held: str) -> None:
    files = written(single(title="Signs", excerpt=excerpt))
    rss: Any = etree.fromstring(files["feeds/rss.xml"])
    assert rss.findtext("channel/item/description") == held
    atom: Any = etree.fromstring(files["feeds/atom.xml"])
    assert atom.findtext(f"{ATOM}entry/{ATOM}summary") == excerpt


def test_hostile_text_is_text_in_every_format(shared: Path, single: Callable[..., Edition]) -> None:
    folder = shared / "data/hostile"
    strings: list[str] = json.loads((folder / "big_list_of_naughty_strings.json").read_text("utf-8"))
    strings += [case["payload"] for case in json.loads((folder / "dompurify_payloads.dev.json").read_text("utf-8"))]
    for string in strings:
        files = written(single(title=string, excerpt=string, provider=string, url="javascript:alert(1)"))
        atom: Any = etree.fromstring(files["feeds/atom.xml"])
        assert not {etree.QName(node).localname for node in atom.iter()} & {"script", "img", "svg", "iframe"}
        assert all(link.get("href", "").startswith("https://watch.example/") for link in atom.iter(f"{ATOM}link"))
        rss: Any = etree.fromstring(files["feeds/rss.xml"])
        assert {str(link.text)[:22] for link in rss.iter("link")} == {"https://watch.example/"}
        assert rss.findtext("channel/item/title") == markup.clean(string)
        assert {item["url"][:22] for item in json.loads(files["feeds/feed.json"])["items"]} == {
            "https://watch.example/"
        }


def test_providers_stories_and_saved_searches_have_feeds(sample: Edition) -> None:
    search = SavedSearch(id="chips", title="Chips", query="topic:chips -neon")
    edition = structs.replace(sample, masthead=structs.replace(sample.masthead, searches=(search,)))
    files = written(edition)
    story = edition.stories[0]
    for folder in ("feeds/providers/civic-wire.example/", f"feeds/stories/{story.id}/", "feeds/searches/chips/"):
        assert {f"{folder}{name}" for name in ("rss.xml", "atom.xml", "feed.json")} <= files.keys()
    titles = [item["title"] for item in json.loads(files["feeds/searches/chips/feed.json"])["items"]]
    assert titles == ["Benchmarks drift: the same test, three answers"]


def test_a_story_that_ended_long_ago_has_no_feeds(sample: Edition) -> None:
    later = structs.replace(sample, made_at=sample.made_at + timedelta(days=40))
    assert any(name.startswith("feeds/stories/") for name in written(sample))
    assert not any(name.startswith("feeds/stories/") for name in written(later))


def test_feeds_name_the_hub_that_pushes_them(sample: Edition) -> None:
    hub = "https://hub.example/?a=1&b=2"
    files = written(structs.replace(sample, masthead=structs.replace(sample.masthead, hub=hub)))
    assert json.loads(files["feeds/feed.json"])["hubs"] == [{"type": "WebSub", "url": hub}]
    for name in ("feeds/rss.xml", "feeds/atom.xml"):
        links = [link.get("href") for link in etree.fromstring(files[name]).iter(f"{ATOM}link")]
        assert hub in links, name
