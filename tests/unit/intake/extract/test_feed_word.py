"""What a feed says of a piece counts where the page says nothing."""

from datetime import UTC, datetime

from wireroom.intake.extract import extract
from wireroom.records.articles import Unread
from wireroom.records.entries import Entry, FeedItem
from wireroom.records.ids import EntryId, FeedId, PageId
from wireroom.records.pages import Page

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://www.filmhouse.example/watch?v=a"
BODY = b"<title>Council debates cameras</title><meta property='og:title' content='Council debates cameras'>"


def kind_of(said: str | None) -> str | None:
    item = FeedItem(key="1", link=URL, title="Council debates cameras", published=NOW, kind=said)
    entry = Entry(id=EntryId("e"), feed=FeedId("f"), item=item, content_hash="", seen_at=NOW)
    page = Page(id=PageId("p"), url=URL, final_url=URL, fetched_at=NOW, outcome="fetched", status=200)
    reading, _ = extract(Unread(page=page, entries=(entry,)), BODY + b"<h1>Council debates cameras</h1>", (), NOW)
    return reading.article.type if reading.article else None


def test_an_item_of_a_film_channel_is_a_video() -> None:
    assert kind_of("video") == "video"
    assert kind_of(None) != "video"
