"""Formats that few write and some still send: what they say is read like any other."""

import pytest

from wireroom.intake.poll.parse import parse_feed
from wireroom.records.entries import ParsedFeed

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
CDF = (
    '<!DOCTYPE Channel SYSTEM "http://www.w3c.org/Channel.dtd"><CHANNEL HREF="https://paper.example/">'
    '<TITLE>Paper</TITLE><ITEM HREF="https://paper.example/a" LASTMOD="2026-11-01T10:00Z"><TITLE>Vote</TITLE>'
    "<ABSTRACT>Monday</ABSTRACT></ITEM></CHANNEL>"
)
RSS_090 = (
    f'<rdf:RDF xmlns:rdf="{RDF}" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>Paper</title>'
    "<link>https://paper.example/</link></channel><item><title>Vote</title><link>https://paper.example/a</link>"
    "<description>Monday</description></item></rdf:RDF>"
)
RSS_11 = (
    f'<Channel xmlns="http://purl.org/net/rss1.1#" xmlns:rdf="{RDF}"><title>Paper</title>'
    '<link>https://paper.example/</link><items rdf:parseType="Collection"><item rdf:about="https://paper.example/a">'
    "<title>Vote</title><link>https://paper.example/a</link><description>Monday</description></item></items></Channel>"
)
ATOM_03 = (
    '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Paper</title>'
    '<link rel="alternate" href="https://paper.example/"/><entry><title>Vote</title><summary>Monday</summary>'
    '<link rel="alternate" href="https://paper.example/a"/><id>1</id><issued>2026-11-01T10:00:00Z</issued></entry></feed>'
)
JSON_1 = (
    '{"version": "https://jsonfeed.org/version/1", "title": "Paper", "home_page_url": "https://paper.example/", '
    '"items": [{"id": "1", "url": "https://paper.example/a", "title": "Vote", "summary": "Monday"}]}'
)


@pytest.mark.parametrize("text", [CDF, RSS_090, RSS_11, ATOM_03, JSON_1], ids=["cdf", "0.90", "1.1", "0.3", "json 1.0"])
def test_they_are_read(text: str) -> None:
    feed = parse_feed(text.encode(), url="https://paper.example/feed", content_type=None)
    assert isinstance(feed, ParsedFeed)
    assert (feed.title, feed.link) == ("Paper", "https://paper.example/")
    assert [(item.title, item.link, item.summary) for item in feed.items] == [
        ("Vote", "https://paper.example/a", "Monday")
    ]


def test_the_time_of_a_cdf_item_is_that_of_its_change() -> None:
    feed = parse_feed(CDF.encode(), url="https://paper.example/feed", content_type=None)
    assert isinstance(feed, ParsedFeed)
    assert [f"{item.updated:%Y-%m-%d %H:%M}" for item in feed.items] == ["2026-11-01 10:00"]


def test_addresses_of_cdf_items_stand_against_the_channel_s() -> None:
    text = (
        '<CHANNEL HREF="https://paper.example/index.html" BASE="https://paper.example/news/"><ITEM HREF="a.html"/>'
        '<CHANNEL><ITEM><A HREF="/b.html">Vote</A></ITEM></CHANNEL></CHANNEL>'
    )
    feed = parse_feed(text.encode(), url="https://cdn.example/feed.cdf")
    assert isinstance(feed, ParsedFeed)
    assert [item.link for item in feed.items] == ["https://paper.example/news/a.html", "https://paper.example/b.html"]
    lower = parse_feed(CDF.lower().encode(), url="https://paper.example/feed")
    assert isinstance(lower, ParsedFeed)
    assert (lower.link, lower.items[0].link) == ("https://paper.example/", "https://paper.example/a")
