"""Candidate feeds of a page come in order of trust, each once."""

import pytest

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


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/user/paper", "https://www.youtube.com/feeds/videos.xml?user=paper"),
        ("https://bsky.app/profile/paper.example", "https://bsky.app/profile/paper.example/rss"),
        ("https://gitlab.com/group/part/paper", "https://gitlab.com/group/part/paper/-/tags?format=atom"),
        ("https://github.com/paper/site/commits/main", "https://github.com/paper/site/commits/main.atom"),
        ("https://stackoverflow.com/questions/tagged/c%2b%2b", "https://stackoverflow.com/feeds/tag/c%2b%2b"),
        ("https://social.example/tags/cameras", "https://social.example/tags/cameras.rss"),
        ("https://www.reddit.com/user/paper/", "https://www.reddit.com/user/paper/.rss"),
        ("https://vimeo.com/paper", "https://vimeo.com/paper/videos/rss"),
    ],
)
def test_platforms_have_their_own_places(page: str, feed: str) -> None:
    assert find_feeds(b"", page)[0].url == feed


def test_a_blog_in_a_folder_is_looked_for_there_first() -> None:
    addresses = [guess.url for guess in find_feeds(b"", "https://paper.example/blogs/ada/")]
    assert addresses[0] == "https://paper.example/blogs/ada/feed/"
    assert "https://paper.example/feed/" in addresses


def test_each_address_is_named_once() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/feed/"><a href="/feed/">feed</a>'
    addresses = [guess.url for guess in find_feeds(page, "https://paper.example/")]
    assert addresses[0] == "https://paper.example/feed/"
    assert len(addresses) == len(set(addresses))


def test_rubbish_gives_nothing() -> None:
    assert find_feeds(b"\x00\xff<", "no address") == ()
