"""No bytes crash what reads bytes from outside, and the short cut of the sanitiser equals the long way."""

from hypothesis import given, settings
from hypothesis import strategies as st

from wireroom.intake.poll.discover import find_feeds
from wireroom.intake.poll.identity import content_hash
from wireroom.intake.poll.opml import read_opml
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.text import sanitize as sanitizing
from wireroom.text.dates import parse_date
from wireroom.text.encodings import decode
from wireroom.text.sanitize import plain, sanitize
from wireroom.text.tidy_markup import tidy

URL = "https://feed.example/x"

PIECES = [
    *(b"<x:https:", b"<skipHours><hour>", b"9" * 5000, b"</hour>", b"<media:group>", b"<description>", b" a:b:c='1'>"),
    *(b"<rss version='2.0'>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<channel>", b"</channel>", b"<item>"),
    *(b"</item>", b"<entry>", b"</entry>", b"<title>", b"</title>", b"<link href='x'/>", b"<link>", b"</link>"),
    *(b"<![CDATA[", b"]]>", b"&nbsp;", b"&", b"&#0;", b"&#x110000;", b"\x00", b"\xff", b"<!DOCTYPE a [", b"]>"),
    *(b"<!ENTITY a 'b'>", b"<pubDate>", b"2004", b"<content type='xhtml'>", b"<div>", b"xml:base='://'", b"{", b"}"),
    *(
        b'"items":[',
        b"<urlset>",
        b"<url><loc>",
        b"http://[",
        b"<guid>",
        b"<?xml version='1.0' encoding='",
        b"utf-16'?>",
    ),
]
documents = st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join))

MARKUP = [
    *("<p>", "</p>", "<b>", "</b>", "<em>", "</em>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<a>", "</a>", " ", "x"),
    *(
        '<a href="https://a.example/b">',
        '<a href="https://a.example/?q=1&amp;r">',
        "&amp;",
        "&nbsp;",
        "&",
        "<",
        ">",
        '"',
    ),
    *('<img src="https://a.example/i.png" alt="A" width="9">', "<h2>", "</h2>", "<blockquote>", "</blockquote>", "é"),
    *('<p class="x">', '<li id="a" style="color:red">', '<a rel="x" href="https://a.example/b" target="_blank">'),
    *(
        '<img class="a" src="https://a.example/i.png" srcset="b 2x" alt="A">',
        '<p title="x">',
        '<b class="a" class="b">',
    ),
    *("<P>", "</P>", "<LI>", "<p class=x>", "<A HREF='https://a.example/b'>", "<br/>", "<img src=https://a.example/i>"),
    *('<a href="javascript:x">', '<a href="/rel">', "</br>", "&copy;", "&#39;", "<h3>"),
    *("<code>", "</code>", "\r", "\xa0", "\n", "<!--", "-->", "<script>", "</script>", "&lt;", "<table>", "<svg>"),
]


@given(documents)
@settings(max_examples=300)
def test_no_bytes_crash_the_reader(body: bytes) -> None:
    read_opml(body)
    feed = parse_feed(body, url=URL)
    if isinstance(feed, Unreadable):
        assert feed.reason
        return
    for item in feed.items:
        assert item.key
        assert content_hash(item)
        assert item.link is None or item.link.startswith(("http://", "https://"))


@given(st.binary(max_size=300), st.one_of(st.none(), st.text(max_size=60)))
def test_decoding_never_fails(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type).text, str)


@given(st.text(max_size=130))
def test_no_text_crashes_the_date_reader(text: str) -> None:
    moment = parse_date(text)
    assert moment is None or moment.when.tzinfo is not None


@given(st.lists(st.sampled_from(MARKUP), max_size=25).map("".join))
@settings(max_examples=1000)
def test_tidy_markup_is_what_the_sanitiser_returns(html: str) -> None:
    known = tidy(html, sanitizing._LINK_REL)
    if known is not None and "<" in html:
        assert known == sanitizing._cleaned(html, None)


@given(st.lists(st.sampled_from(MARKUP), max_size=25).map("".join))
def test_nothing_that_acts_is_shown(html: str) -> None:
    shown = sanitize(html)
    assert "<" not in html or not any(tag in shown for tag in ("<script", "<svg", "<!--"))
    assert plain(html) == " ".join(plain(html).split())


@given(st.binary(max_size=300), st.text(max_size=40))
def test_no_page_crashes_discovery(body: bytes, url: str) -> None:
    for candidate in find_feeds(body, url):
        assert candidate.url.startswith(("http://", "https://"))
