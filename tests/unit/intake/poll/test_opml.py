"""Lists of feeds as other readers and other years wrote them."""

import pytest

from wireroom.intake.poll.opml import read_opml, web_address

FEED = '<outline text="Paper" xmlUrl="https://paper.example/feed"/>'


@pytest.mark.parametrize(
    "text",
    [
        f'<opml xmlns="http://opml.org/spec2"><body>{FEED}</body></opml>',
        f"<opml><body>{FEED}</body></opml>".upper().replace("HTTPS://PAPER.EXAMPLE/FEED", "https://paper.example/feed"),
        f"<opml><head/>{FEED}</opml>",
        f"exported by hand <opml><body>{FEED}</body></opml>",
        '<opml><body><outline text="Paper" type="rss" url="https://paper.example/feed"/></body></opml>',
        '<opml><body><outline text="Paper" xmlUrl="feed:https://paper.example/feed"/></body></opml>',
    ],
    ids=["name space", "capitals", "no body", "words before", "url", "feed:"],
)
def test_they_are_read(text: str) -> None:
    assert [(feed.url, feed.title.capitalize()) for feed in read_opml(text.encode()).feeds] == [
        ("https://paper.example/feed", "Paper")
    ]


def test_stray_ampersands_stay_in_addresses_and_are_named() -> None:
    text = '<opml><body><outline text="Vote & ban" xmlUrl="https://paper.example/feed?a=1&b=2"/></body></opml>'
    found = read_opml(text.encode())
    assert [(feed.url, feed.title) for feed in found.feeds] == [("https://paper.example/feed?a=1&b=2", "Vote & ban")]
    assert "stray ampersands" in found.repairs[0]


def test_titles_in_the_encoding_of_an_old_program_are_words() -> None:
    text = '<opml><body><outline text="Café" xmlUrl="https://paper.example/feed"/></body></opml>'
    assert read_opml(text.encode("latin-1")).feeds[0].title == "Café"


def test_links_and_scripts_are_no_feeds() -> None:
    text = (
        '<opml><body><outline type="link" url="https://paper.example/"/><outline xmlUrl="javascript:x"/></body></opml>'
    )
    found = read_opml(text.encode())
    assert found.feeds == ()
    assert found.repairs == ("left out, no web address: javascript:x",)


def test_the_scheme_by_which_browsers_hand_feeds_on() -> None:
    assert web_address(" feed://paper.example/x ") == "http://paper.example/x"
    assert web_address("FEED:https://paper.example/x") == "https://paper.example/x"
    assert web_address("feed:javascript:x") is None
