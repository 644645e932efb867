"""Sitemaps in parts, pages without feeds, redirectors' links, entries that stand alone, films, archives, hubs."""

import base64
import gzip
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from wireroom.intake.poll.articles import looks_like_article
from wireroom.intake.poll.documents import parts_wanted, read_document
from wireroom.intake.poll.page_source import complaint
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.intake.poll.queries import query_feed
from wireroom.intake.poll.unwrap import unwrapped
from wireroom.records.entries import ParsedFeed
from wireroom.records.ids import BeatId, feed_id
from wireroom.records.outcomes import Failed, Fetched
from wireroom.records.sources import Feed, Selectors

URL = "https://paper.example/feed"
FEED = Feed(id=feed_id(BeatId("b"), URL), beat=BeatId("b"), url=URL)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def read(body: str | bytes, selectors: Selectors | None = None) -> ParsedFeed:
    feed = parse_feed(body.encode() if isinstance(body, str) else body, url=URL, selectors=selectors)
    assert isinstance(feed, ParsedFeed), feed
    return feed


def fetched(body: str, url: str = URL) -> Fetched:
    return Fetched(url=url, final_url=url, status=200, body=body.encode())


# ---- sitemaps -------------------------------------------------------------------------------------------------------

INDEX = """<sitemapindex><sitemap><loc>https://paper.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
<sitemap><loc>https://paper.example/posts.xml</loc><lastmod>2026-11-20</lastmod></sitemap>
<sitemap><loc>https://paper.example/news.xml</loc><lastmod>2026-11-19</lastmod></sitemap></sitemapindex>"""


def test_an_index_asks_for_what_changed_since_news_first() -> None:
    assert parts_wanted(FEED, fetched(INDEX), NOW) == (
        "https://paper.example/news.xml",
        "https://paper.example/posts.xml",
    )
    assert len(parts_wanted(FEED, fetched(INDEX), None)) == 3
    assert parts_wanted(FEED, fetched("<rss/>"), None) == ()
    assert parts_wanted(FEED, Failed(url=URL, reason="x"), None) == ()


def test_an_index_reads_as_its_parts_and_names_those_that_failed() -> None:
    part = "<urlset><url><loc>https://paper.example/2026/11/20/board-votes</loc></url></urlset>"
    news = Fetched(url="https://paper.example/news.xml", final_url=URL, status=200, body=gzip.compress(part.encode()))
    whole = Fetched(
        url=URL,
        final_url=URL,
        status=200,
        body=INDEX.encode(),
        parts=(news, Failed(url="https://paper.example/posts.xml", reason="time-out")),
    )
    feed = read_document(FEED, whole)
    assert isinstance(feed, ParsedFeed)
    assert [item.link for item in feed.items] == ["https://paper.example/2026/11/20/board-votes"]
    assert feed.repairs == ("not read: https://paper.example/posts.xml",)


def test_a_plain_sitemap_gives_articles_and_says_what_it_left_out() -> None:
    feed = read_document(
        FEED, fetched("https://paper.example/\nhttps://paper.example/news/board-votes-for-cameras-4821\n")
    )
    assert isinstance(feed, ParsedFeed)
    assert [item.link for item in feed.items] == ["https://paper.example/news/board-votes-for-cameras-4821"]
    assert feed.repairs == ("left out 1 addresses that look like sections, not articles",)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", False),
        ("/about", False),
        ("/tag/cameras-in-all-our-schools", False),
        ("/author/ada-example-senior-staff-writer", False),
        ("/files/annual-report-of-the-board-2026.pdf", False),
        ("/news", False),
        ("/2026/11/20/", False),
        ("/2026/11/20/vote", True),
        ("/news/board-votes-for-face-cameras", True),
        ("/story/4821337", True),
        ("/a/board-4821337.html", True),
    ],
)
def test_addresses_of_articles(path: str, expected: bool) -> None:  # noqa: FBT001 - a column of the table
    assert looks_like_article(f"https://paper.example{path}") is expected


def test_a_packed_file_is_unpacked_and_a_broken_one_is_no_feed() -> None:
    packed = gzip.compress(b"<urlset><url><loc>https://paper.example/1</loc></url></urlset>")
    assert read(packed).items[0].link == "https://paper.example/1"
    assert isinstance(parse_feed(packed[:12] + b"\xff" * 40, url=URL), Unreadable)


# ---- pages ----------------------------------------------------------------------------------------------------------

PAGE = """<html><head><title>Council news</title><base href="/en/"></head><body><ul>
<li class="news"><h3>Board <i>votes</i></h3><a href="vote.html">more</a>
<time datetime="2026-11-20T10:00+01:00">today</time><p>By 5 to 2.</p></li>
<li class="news"><a href="/audit">Audit of cameras</a></li>
<li class="news">no link</li></ul></body>"""
SELECTORS = Selectors(items="li.news", title="h3", date="time", summary="p")


def test_a_page_is_read_by_the_selectors_of_the_beat() -> None:
    feed = read(PAGE, SELECTORS)
    first, second = feed.items
    assert (feed.format, feed.title) == ("page", "Council news")
    assert (first.link, first.title, first.summary) == (
        "https://paper.example/en/vote.html",
        "Board votes",
        "By 5 to 2.",
    )
    assert (first.published, first.published_raw) == (datetime(2026, 11, 20, 9, tzinfo=UTC), "2026-11-20T10:00+01:00")
    assert (second.link, second.title, second.published) == ("https://paper.example/audit", "Audit of cameras", None)


def test_selectors_that_find_nothing_and_selectors_that_are_none_say_so() -> None:
    outcome = parse_feed(PAGE.encode(), url=URL, selectors=Selectors(items="div.gone"))
    assert isinstance(outcome, Unreadable)
    assert "items = 'div.gone'" in outcome.reason
    assert complaint("li.news > a") is None
    assert "no CSS selector" in (complaint("li[[") or "")


# ---- links ----------------------------------------------------------------------------------------------------------


def google_news(record: bytes) -> str:
    name = base64.urlsafe_b64encode(b"\x08\x13\x22" + record).decode().rstrip("=")
    return f"https://news.google.com/rss/articles/{name}?oc=5"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://www.google.com/url?rct=j&url=https://paper.example/1&ct=ga", "https://paper.example/1"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2F1&h=x", "https://paper.example/1"),
        ("http://www.bing.com/news/apiclick.aspx?ref=x&url=http%3a%2f%2fpaper.example%2f1", "http://paper.example/1"),
        ("https://www.google.co.uk/url?q=https://paper.example/1&sa=D", "https://paper.example/1"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example%2F1&data=x",
            "https://paper.example/1",
        ),
        ("https://medium.com/m/global-identity?redirectUrl=https%3A%2F%2Fpaper.example%2F1", "https://paper.example/1"),
        (google_news(b"\x17https://paper.example/1\xd2\x01\x00"), "https://paper.example/1"),
    ],
)
def test_the_address_inside_a_redirectors_link(link: str, expected: str) -> None:
    assert unwrapped(link) == expected


@pytest.mark.parametrize(
    "link",
    [
        "https://paper.example/url?url=https://other.example/",
        "https://www.google.com/search?q=https://paper.example/1",
        "https://www.google.com/url?url=javascript:alert(1)",
        google_news(b"AU_yqLOpaque-reference-that-only-they-can-resolve"),
        "https://news.google.com/rss/articles/€",
    ],
)
def test_links_that_tell_nothing_stay_as_they_are(link: str) -> None:
    assert unwrapped(link) == link


def test_items_of_feeds_are_unwrapped() -> None:
    body = (
        "<rss><channel><item><link>https://www.google.com/url?url=https://paper.example/1</link></item></channel></rss>"
    )
    assert read(body).items[0].link == "https://paper.example/1"


# ---- entries, films, archives ---------------------------------------------------------------------------------------


def test_an_atom_entry_may_stand_alone() -> None:
    feed = read('<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:1</id><title>One</title><link href="/1"/></entry>')
    assert [(item.guid, item.title, item.link) for item in feed.items] == [("urn:1", "One", "https://paper.example/1")]
    assert feed.format == "atom10"


def test_films_are_told_from_pieces_that_carry_one() -> None:
    channel = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:yt="http://www.youtube.com/xml/schemas/2015"
     xmlns:media="http://search.yahoo.com/mrss/"><entry><id>yt:video:a</id><yt:videoId>a</yt:videoId>
     <link rel="alternate" href="https://www.youtube.com/watch?v=a"/></entry><entry><id>2</id>
     <media:content medium="video" url="https://paper.example/v.mp4"/>
     <media:content medium="image" url="https://paper.example/i.jpg"/></entry></feed>"""
    assert [item.kind for item in read(channel).items] == ["video", None]


def test_a_feed_names_its_hub_itself_and_its_archive() -> None:
    feed = read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/>
        <link rel="self" href="/feed"/><link rel="prev-archive" href="/2025.atom"/></feed>"""
    )
    assert (feed.hub, feed.topic, feed.older) == ("https://hub.example/", URL, "https://paper.example/2025.atom")
    json = (
        '{"items":[],"feed_url":"/feed","next_url":"?page=2","hubs":[{"type":"WebSub","url":"https://hub.example/"}]}'
    )
    assert (read(json).topic, read(json).older) == (URL, "https://paper.example/feed?page=2")


def test_several_pieces_under_one_id_are_kept_apart_by_their_links() -> None:
    items = "".join(f"<item><guid>same</guid><link>https://paper.example/{n}</link></item>" for n in (1, 2, 2))
    feed = read_document(FEED, fetched(f"<rss><channel>{items}<item><guid>other</guid></item></channel></rss>"))
    assert isinstance(feed, ParsedFeed)
    assert [item.key for item in feed.items] == [
        "https://paper.example/1",
        "https://paper.example/2",
        "https://paper.example/2",
        "other",
    ]


def test_pieces_whose_links_all_lead_to_the_front_page_are_kept_apart_by_their_titles() -> None:
    items = "".join(f"<item><title>{title}</title><link>/</link></item>" for title in ("Vote", "Ban", "Vote"))
    feed = read_document(FEED, fetched(f"<rss><channel>{items}<item><title>x</title></item></channel></rss>"))
    assert isinstance(feed, ParsedFeed)
    keys = [item.key for item in feed.items]
    assert (len(set(keys)), keys[0]) == (3, keys[2])


def test_a_key_is_short_enough_for_every_index() -> None:
    items = "".join(f"<item><guid>{'x' * 5000}{n}</guid></item>" for n in (1, 2))
    feed = read_document(FEED, fetched(f"<rss><channel>{items}</channel></rss>"))
    assert isinstance(feed, ParsedFeed)
    assert len({item.key for item in feed.items}) == 2
    assert max(len(item.key) for item in feed.items) < 600
    assert all(len(item.guid or "") == 5001 for item in feed.items), "what the publisher said is kept"


def test_a_link_longer_than_any_server_takes_is_left_out_and_named() -> None:
    item = f"<item><guid>1</guid><link>https://paper.example/{'x' * 3000}</link></item>"
    feed = read_document(FEED, fetched(f"<rss><channel>{item}</channel></rss>"))
    assert isinstance(feed, ParsedFeed)
    assert [(one.key, one.link) for one in feed.items] == [("1", None)]
    assert "more than 2,000 characters" in feed.repairs[-1]


def test_the_hub_that_the_server_names_goes_before_one_in_the_document() -> None:
    link = '<https://hub.example/?a,b>; rel="hub", </feed>; title="x"; rel=self'
    copied = "<feed xmlns='http://www.w3.org/2005/Atom'><link rel='hub' href='https://copied.example/'/></feed>"
    for body in ("<rss><channel><title>x</title></channel></rss>", copied):
        feed = read_document(FEED, replace(fetched(body), headers=(("link", link),)))
        assert isinstance(feed, ParsedFeed)
        assert (feed.hub, feed.topic) == ("https://hub.example/?a,b", "https://paper.example/feed")
    for none in ("<x", "<https://hub.example/>", "rel=hub", "<javascript:x>; rel=hub"):
        feed = read_document(FEED, replace(fetched(copied), headers=(("link", none),)))
        assert isinstance(feed, ParsedFeed)
        assert feed.hub == "https://copied.example/"


def test_a_packed_file_may_have_several_members() -> None:
    start, end = "<rss><channel><item><guid>1</guid></item>", "<item><guid>2</guid></item></channel></rss>"
    assert len(read(gzip.compress(start.encode()) + gzip.compress(end.encode())).items) == 2
    assert len(read(gzip.compress(f"{start}{end}".encode()) + b"\x1f\x8bbroken").items) == 2


def test_an_index_inside_an_index_is_named() -> None:
    part = fetched(INDEX, "https://paper.example/more.xml")
    feed = read_document(FEED, replace(fetched(INDEX), parts=(part,)))
    assert isinstance(feed, ParsedFeed)
    assert feed.repairs == ("not read: https://paper.example/more.xml",)


def test_a_search_puts_its_own_quotation_marks() -> None:
    assert "all:%22face+recognition%22&" in query_feed("arxiv", '"face  recognition"').url


def test_lines_that_are_no_addresses_cost_nothing_else() -> None:
    body = "https://paper.example/2026/11/20/council-votes\nhttp://[::1\nhttps://paper.example:99999/\n"
    feed = read_document(FEED, fetched(body))
    assert isinstance(feed, ParsedFeed)
    assert [item.link for item in feed.items] == ["https://paper.example/2026/11/20/council-votes"]
