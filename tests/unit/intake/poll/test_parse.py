"""What each format says arrives in its field; what is broken is mended and named."""

import json
from datetime import UTC, datetime

import pytest

from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.records.entries import Enclosure, ParsedFeed, Person

URL = "https://paper.example/feeds/all"


def read(body: str | bytes, url: str = URL) -> ParsedFeed:
    feed = parse_feed(body.encode() if isinstance(body, str) else body, url=url)
    assert isinstance(feed, ParsedFeed), feed
    return feed


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The &lt;b&gt;Paper&lt;/b&gt;</title>
<link>https://paper.example/</link><language>en_GB</language><ttl>90</ttl>
<skipHours><hour>0</hour><hour>24</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://paper.example/feeds/all"/>
<item><title>One &amp;amp; two</title><link>/one</link><guid isPermaLink="false">1</guid>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0100</pubDate><dc:creator>Ada Example</dc:creator><category>Cameras</category>
<description>Short</description><content:encoded><![CDATA[<p><img src="/i.png"></p>]]></content:encoded>
<enclosure url="https://paper.example/a.mp3" type="audio/mpeg" length="12"/>
<media:group><media:content url="v.mp4" medium="video" width="640" height="360"/></media:group>
</item></channel></rss>"""


def test_rss_gives_every_field() -> None:
    feed = read(RSS)
    assert (feed.format, feed.title, feed.link, feed.language) == (
        "rss20",
        "The Paper",
        "https://paper.example/",
        "en-GB",
    )
    assert (feed.ttl_s, feed.skip_hours, feed.skip_days, feed.hub) == (5400, (0, 3), (7,), "https://hub.example/")
    (item,) = feed.items
    assert (item.key, item.guid, item.link, item.title) == ("1", "1", "https://paper.example/one", "One & two")
    assert item.published == datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert item.published_raw == "Fri, 20 Nov 2026 10:00:00 +0100"
    assert (item.authors, item.tags, item.summary) == ((Person(name="Ada Example"),), ("Cameras",), "Short")
    assert item.content == '<p><img src="https://paper.example/i.png"></p>'
    assert item.enclosures == (
        Enclosure(url="https://paper.example/a.mp3", type="audio/mpeg", length=12),
        Enclosure(url="https://paper.example/v.mp4", type="video", width=640, height=360),
    )
    assert (item.language, feed.repairs) == ("en-GB", ())


def test_atom_resolves_bases_and_inherits_authors() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://a.example/x/" xml:lang="de"><title>T</title>
        <author><name>Bo</name><email>bo@a.example</email></author><link rel="alternate" href="/"/>
        <entry xml:base="y/"><id>urn:1</id><title type="text">a &lt;b> c</title><link href="p.html"/>
        <link rel="enclosure" href="f.pdf" type="application/pdf"/><updated>2026-11-20T10:00:00Z</updated>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x <a href="q">y</a></p></div></content>
        </entry></feed>"""
    )
    (item,) = feed.items
    assert (feed.format, item.link, item.title) == ("atom10", "https://a.example/x/y/p.html", "a <b> c")
    assert item.content == '<p>x <a href="https://a.example/x/y/q">y</a></p>'
    assert item.authors == (Person(name="Bo", email="bo@a.example"),)
    assert (item.updated, item.published, item.language) == (datetime(2026, 11, 20, 10, tzinfo=UTC), None, "de")
    assert item.enclosures == (Enclosure(url="https://a.example/x/y/f.pdf", type="application/pdf"),)


def test_rdf_items_beside_the_channel() -> None:
    feed = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>C</title><link>https://c.example/</link></channel>
        <item rdf:about="https://c.example/1"><title>I</title><dc:date>2026-11-20</dc:date></item></rdf:RDF>"""
    )
    assert (feed.format, feed.title, [item.link for item in feed.items]) == ("rss10", "C", ["https://c.example/1"])
    assert feed.items[0].published == datetime(2026, 11, 20, tzinfo=UTC)


def test_json_feed() -> None:
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "home_page_url": "https://j.example/",
        "items": [{"id": 7, "url": "/p", "content_text": "a < b", "authors": [{"name": "Cy"}], "tags": ["x"]}, "junk"],
    }
    feed = read(json.dumps(body))
    (item,) = feed.items
    assert (feed.format, item.key, item.link, item.content) == ("json11", "7", "https://j.example/p", "a &lt; b")
    assert (item.authors, item.tags) == ((Person(name="Cy"),), ("x",))


def test_news_sitemap() -> None:
    feed = read(
        """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://s.example/1</loc><n:news>
        <n:publication><n:name>S</n:name><n:language>fr</n:language></n:publication>
        <n:publication_date>2026-11-20T10:00:00+01:00</n:publication_date><n:title>Un</n:title></n:news></url></urlset>"""
    )
    (item,) = feed.items
    assert (feed.format, item.key, item.title, item.language) == ("sitemap-news", "https://s.example/1", "Un", "fr")
    assert item.published == datetime(2026, 11, 20, 9, tzinfo=UTC)


def test_index_and_text_sitemaps() -> None:
    index = read("<sitemapindex><sitemap><loc>https://s.example/a.xml</loc></sitemap></sitemapindex>")
    assert (index.format, index.items[0].link) == ("sitemap-index", "https://s.example/a.xml")
    text = read("https://s.example/1\nnonsense\nhttps://s.example/2\n")
    assert (text.format, len(text.items)) == ("sitemap-text", 2)


def test_entities_ampersands_and_control_characters_are_mended_and_named() -> None:
    feed = read(
        b"junk<rss><channel><item><title>caf&eacute; & \x01tea</title><link>https://a.example/?a=1&b=2</link></item>"
    )
    (item,) = feed.items
    assert (item.title, item.link) == ("café & tea", "https://a.example/?a=1&b=2")
    assert "removed 1 characters that XML forbids" in feed.repairs
    assert "skipped text before the document" in feed.repairs


def test_an_item_that_is_cut_off_waits_for_the_next_visit() -> None:
    feed = read("<rss><channel><item><link>https://a.example/1</link></item><item><link>https://a.exam")
    assert [item.link for item in feed.items] == ["https://a.example/1"]
    assert any("ends inside an item" in repair for repair in feed.repairs)


def test_entities_of_the_document_are_written_once_and_never_nested() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "ok"><!ENTITY b "&a;&a;">]>'
    feed = "<rss><channel><item><title>&a; &b;</title></item></channel></rss>"
    assert read(bomb + feed).items[0].title == "ok &b;"


def test_dates_that_cannot_be_read_stay_as_text() -> None:
    (item,) = read("<rss><channel><item><pubDate>soon</pubDate></item></channel></rss>").items
    assert (item.published, item.published_raw) == (None, "soon")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html></html>", "HTML"),
        (b"<svg/>", "<svg> is no element of a feed"),
        (b"{]", "JSON"),
        (b'{"a": 1}', "no JSON Feed"),
        (b"words", "begins with 'words'"),
        (b"\x89PNG\0", "bytes that are no text"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html/>', "an HTML page"),
        (b'{"items":' + b"[" * 300_000, "more than"),
    ],
)
def test_what_is_no_feed_says_why(body: bytes, reason: str) -> None:
    outcome = parse_feed(body, url=URL)
    assert isinstance(outcome, Unreadable)
    assert reason in outcome.reason


def test_the_number_of_items_is_bounded_and_said() -> None:
    feed = read("<rss><channel>" + "<item><guid>x</guid></item>" * 10_001 + "</channel></rss>")
    assert (len(feed.items), feed.repairs) == (10_000, ("read only the first 10,000 items",))


def test_numbers_too_long_to_be_numbers_cost_nothing_else() -> None:
    hours = f"<skipHours><hour>{'9' * 5000}</hour><hour>4</hour></skipHours>"
    feed = read(f"<rss version='2.0'><channel>{hours}<item><title>One</title></item></channel></rss>")
    assert (feed.skip_hours, len(feed.items)) == ((4,), 1)
    ids = read(f'{{"items": [{{"id": {"9" * 5000}}}, {{"id": 7}}]}}')
    assert [item.guid for item in ids.items] == ["9" * 5000, "7"]


@pytest.mark.parametrize(
    "text", ['{"items": [{"id": "1"}]}', "https://paper.example/1", RSS], ids=["json", "text", "rss"]
)
def test_wide_encodings_are_told_by_their_mark(text: str) -> None:
    assert len(read(text.encode("utf-16")).items) == 1


def test_the_lines_of_a_text_sitemap_may_end_as_they_like() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert len(read(f"https://paper.example/1{end}https://paper.example/2{end}").items) == 2


def test_the_films_of_a_sitemap_are_kept() -> None:
    feed = read(
        "<urlset xmlns:v='http://www.google.com/schemas/sitemap-video/1.1'><url><loc>https://paper.example/a</loc><v:video>"
        "<v:thumbnail_loc>https://paper.example/t.jpg</v:thumbnail_loc><v:title>Vote</v:title>"
        "<v:content_loc>https://paper.example/v.mp4</v:content_loc></v:video></url></urlset>"
    )
    assert feed.items[0].enclosures == (
        Enclosure(url="https://paper.example/v.mp4", type="video"),
        Enclosure(url="https://paper.example/t.jpg", type="image"),
    )


def test_what_only_the_media_group_says_belongs_to_the_item() -> None:
    media = "<media:group><media:title>Other</media:title><media:description>Said</media:description></media:group>"
    names = "xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'"
    feed = read(f"<feed {names}><entry><id>1</id><title>Film</title>{media}</entry></feed>")
    assert [(item.title, item.summary) for item in feed.items] == [("Film", "Said")]


@pytest.mark.parametrize("name", ["item:x", "https:", "0x"])
def test_names_that_xml_forbids_cost_nothing_else(name: str) -> None:
    item = f"<item><title>One</title><description><{name} a:b:c='1'>said</{name}></description></item>"
    assert [item.title for item in read(f"<rss><channel><x:y:z/>{item}</channel></rss>").items] == ["One"]
    assert isinstance(parse_feed(f"<{name} x='>'><a>".encode(), url=URL), Unreadable)


def test_content_that_lies_elsewhere_is_a_file() -> None:
    entry = "<entry><id>1</id><content type='audio/mpeg' src='/a.mp3'/></entry>"
    feed = read(f"<feed xmlns='http://www.w3.org/2005/Atom'>{entry}</feed>")
    assert feed.items[0].enclosures == (Enclosure(url="https://paper.example/a.mp3", type="audio/mpeg"),)
