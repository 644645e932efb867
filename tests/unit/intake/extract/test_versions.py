from datetime import UTC, datetime, timedelta

from msgspec import structs

from wireroom.intake.extract.versions import compare
from wireroom.records.articles import Article
from wireroom.records.ids import article_id
from wireroom.records.sources import Provider
from wireroom.text.fingerprints import text_hash

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
URL = "https://outlet.example/a"
SENTENCES = [f"Sentence number {name} says something of the harbour and its trams." for name in "abcdefghijklmnopqrst"]


def article(text: str, title: str = "Bridge opens", published: datetime = NOW) -> Article:
    return Article(
        id=article_id(URL),
        extractor="extract/1",
        read_at=NOW,
        canonical_url=URL,
        original_url=URL,
        title=title,
        text=text,
        text_hash=text_hash(text),
        published_at=published,
        provider=Provider(name="Outlet"),
    )


BEFORE = article(" ".join([*SENTENCES, "12 comments."]))


def test_counters_spacing_and_punctuation_are_noise() -> None:
    ticked = article("  ".join([*SENTENCES, "340 comments."]), title="Bridge opens!")
    assert compare(BEFORE, ticked) is None
    assert compare(BEFORE, structs.replace(BEFORE, published_at=NOW + timedelta(seconds=20))) is None


def test_a_changed_sentence_is_shown_before_and_after() -> None:
    changed = article(" ".join([*SENTENCES[:-1], "The last tram was late.", "12 comments."]))
    version = compare(BEFORE, changed)
    assert version is not None
    assert [(change.field, change.before, change.after) for change in version.changes] == [
        ("text", SENTENCES[-1], "The last tram was late.")
    ]


def test_headline_and_date_changes_are_named() -> None:
    version = compare(BEFORE, structs.replace(BEFORE, title="Bridge shuts", published_at=NOW + timedelta(hours=2)))
    assert version is not None
    assert [change.field for change in version.changes] == ["title", "published_at"]
    assert version.number == 2


def test_a_body_that_could_not_be_read_this_time_is_no_change() -> None:
    assert compare(BEFORE, structs.replace(BEFORE, text="", text_hash="")) is None
