"""Do we read what other readers' own test documents hold: encodings, pairs of document and feed, lists of feeds?"""

import json
from pathlib import Path
from typing import Any

from wireroom.intake.poll.opml import read_opml
from wireroom.intake.poll.parse import Unreadable, parse_feed
from wireroom.records.entries import FeedItem
from wireroom.text.dates import parse_date
from wireroom.text.sanitize import plain

URL = "https://feed.example/feed"


def test_documents_in_odd_encodings_hold_no_broken_characters(shared: Path) -> None:
    for path in sorted((shared / "data/feeds/encodings").rglob("*")):
        if path.is_file() and not isinstance(feed := parse_feed(path.read_bytes(), url=URL), Unreadable):
            shown = " ".join(f"{item.title} {item.summary} {item.content}" for item in feed.items)
            assert "\ufffd" not in shown, path
            assert "Ã©" not in shown, path


def test_pairs_of_document_and_feed_agree(shared: Path) -> None:
    folder = shared / "data/feeds/gofeed/translator"
    misses, held = [], 0
    for expected in sorted(folder.rglob("*.json")):
        document = expected.with_suffix(".xml")
        if document.exists():
            wrong = _differences(document, json.loads(expected.read_text()))
            misses += [f"{document.name}: {line}" for line in wrong]
            held += 1
    assert held >= 40
    assert not misses, "\n".join(misses)


def _differences(document: Path, wanted: dict[str, Any]) -> list[str]:
    feed = parse_feed(document.read_bytes(), url=URL)
    if isinstance(feed, Unreadable):
        return [feed.reason]
    found = [("title", feed.title, wanted.get("title")), ("count", len(feed.items), len(wanted.get("items") or []))]
    for item, told in zip(feed.items, wanted.get("items") or [], strict=False):
        found += _told(item, told)
    return [f"{name}: {ours!r} for {theirs!r}" for name, ours, theirs in found if theirs and ours != theirs]


def _told(item: FeedItem, told: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Pair what we read with what is told of an item, for the fields both have."""
    published = parse_date(told["publishedParsed"]) if told.get("publishedParsed") else None
    return [
        ("title", item.title, plain(told.get("title") or "")),
        # Of several links gofeed takes the last, we take the first.
        ("link", item.link in (told.get("links") or [told.get("link")]), str(told.get("link")).startswith("http")),
        ("guid", item.guid, told.get("guid")),
        ("published", item.published, published.when if published else None),
        # Where a category has a label beside its term, gofeed takes the label; order follows the kind of element.
        ("categories", len(item.tags), len(told.get("categories") or ())),
        ("content", item.content, told.get("content")),
        (
            "author",
            [person.name for person in item.authors],
            [a["name"] for a in told.get("authors") or [] if "name" in a],
        ),
    ]


def test_lists_of_feeds_good_and_broken(shared: Path) -> None:
    counts = {path.name: len(read_opml(path.read_bytes()).feeds) for path in (shared / "data/feeds/opml").iterdir()}
    assert counts["example.opml"] >= 4
    assert counts["body-element-missing.opml"] == 0
    assert counts["test-urls+.opml"] >= 3
