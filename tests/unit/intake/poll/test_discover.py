"""Candidate feeds of a page come in order of trust, each once."""

from wireroom.intake.poll.discover import find_feeds

PAGE = b"""<html><head><base href="https://paper.example/section/"><link rel="alternate" type="application/rss+xml"
 title="All" href="all.xml"><link rel="alternate" hreflang="fr" href="/fr"></head><body><a href="/rss/cities">RSS</a>
 <a href="https://other.example/feed/">elsewhere</a></body></html>"""


def test_what_the_page_declares_comes_first_then_links_then_usual_places() -> None:
    found = find_feeds(PAGE, "https://www.paper.example/")
    assert [(guess.url, guess.title) for guess in found[:2]] == [
        ("https://paper.example/section/all.xml", "All"),
        ("https://paper.example/rss/cities", ""),
    ]
    assert found[2].because == "feeds often live at this path"
    assert not any("other.example" in guess.url or guess.url.endswith("/fr") for guess in found)


def test_platforms_are_known_by_their_addresses() -> None:
    first = find_feeds(b"", "https://www.youtube.com/channel/UC0123456789abcdef")[0]
    assert first.url == "https://www.youtube.com/feeds/videos.xml?channel_id=UC0123456789abcdef"


def test_each_address_is_named_once() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed/"><a href="/feed/">feed</a>'
    addresses = [guess.url for guess in find_feeds(page, "https://paper.example/")]
    assert addresses[0] == "https://paper.example/feed/"
    assert len(addresses) == len(set(addresses))


def test_rubbish_gives_nothing() -> None:
    assert find_feeds(b"\x00\xff<", "no address") == ()
