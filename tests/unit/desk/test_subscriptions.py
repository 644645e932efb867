"""A beat's list of feeds is edited one outline at a time; the rest stays as it was."""

from typing import Final

import pytest

from wireroom.desk.subscriptions import listed, with_feeds, with_pause, without_feed
from wireroom.errors import BeatError, UsageError
from wireroom.intake.poll.opml import Outline

LEDGER: Final = "https://harbor-ledger.example/feed.xml"
WIRE: Final = "https://civicwire.example/atom.xml"
LIST: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- reviewed in May -->
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="Press"><outline type="rss" text="Ledger" xmlUrl="{LEDGER}"/></outline>
</body></opml>""".encode()


def test_new_feed_goes_into_its_group() -> None:
    opml, new = with_feeds(LIST, [Outline(url=WIRE, title="Wire", category="Press", dedicated=True)])
    assert [feed.url for feed in new] == [WIRE]
    assert [(feed.url, feed.category, feed.dedicated) for feed in listed(opml)] == [
        (LEDGER, "Press", False),
        (WIRE, "Press", True),
    ]
    assert b"reviewed in May" in opml


def test_known_feed_is_not_added_twice() -> None:
    opml, new = with_feeds(LIST, [Outline(url=LEDGER, title="Again")])
    assert new == ()
    assert listed(opml) == listed(LIST)


def test_pause_and_wake() -> None:
    paused = with_pause(LIST, LEDGER, paused=True, note="asks us to stop")
    assert [(feed.paused, feed.note) for feed in listed(paused)] == [(True, "asks us to stop")]
    assert listed(with_pause(paused, LEDGER, paused=False)) == listed(LIST)


def test_remove() -> None:
    assert listed(without_feed(LIST, LEDGER)) == ()


def test_unknown_address_is_said() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.example.* not on the list"):
        without_feed(LIST, "https://nowhere.example/")


def test_broken_list_is_left_alone() -> None:
    with pytest.raises(BeatError, match="not XML"):
        with_feeds(b"<opml><body>", [Outline(url=WIRE)])


def test_titles_are_text_not_markup() -> None:
    title = '"><outline xmlUrl="https://evil.example/"/>'
    opml, _ = with_feeds(LIST, [Outline(url=WIRE, title=title)])
    assert [feed.title for feed in listed(opml)] == ["Ledger", title]


@pytest.mark.parametrize(
    "outline",
    [
        '<outline xmlUrl=" HTTPS://Harbor-Ledger.example/feed.xml"/>',
        f'<outline XMLURL="{LEDGER}"/>',
        f'<outline xmlUrl="feed:{LEDGER}"/>',
        f'<outline xmlns="http://opml.org/spec2" type="rss" url="{LEDGER}"/>',
    ],
)
def test_a_feed_is_found_by_the_address_it_is_listed_under(outline: str) -> None:
    opml = f"<opml><body>{outline}</body></opml>".encode()
    assert [feed.url for feed in listed(opml)] == [LEDGER]
    assert [feed.paused for feed in listed(with_pause(opml, LEDGER, paused=True))] == [True]
    assert listed(without_feed(opml, LEDGER)) == ()
