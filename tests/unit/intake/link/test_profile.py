import gc
from datetime import UTC, datetime

from wireroom.intake.link.profile import Bag, profile
from wireroom.intake.link.shelf import Shelf
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId, StoryId
from wireroom.records.sources import Provider

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def report(number: int) -> Article:
    return Article(
        id=ArticleId(str(number)),
        extractor="test",
        read_at=NOW,
        canonical_url=f"https://town.example/{number}",
        original_url="",
        title="Tarnwick council votes 417 to 12 on the Veridian cameras",
        excerpt="Superintendent Mara Quill of Lockport had defended the 417 cameras, bought with a state grant of "
        "14,200 crowns, as a shield against intruders.",
        provider=Provider(name="Town Crier"),
    )


def test_the_garbage_collector_looks_through_nothing_that_an_article_leaves_behind() -> None:
    """A hundred thousand recent ones would be gone through again and again, for a tenth of a rebuild."""
    shelf, tracked = Shelf(120.0), []
    for number in range(200):
        shelf.add(profile(report(number)), StoryId("one"))
        if number in {99, 199}:
            gc.collect()
            tracked.append(len(gc.get_objects()))
    assert shelf.profiles[0].names
    assert shelf.profiles[0].numbers
    assert tracked[1] - tracked[0] < 10


def test_weights_are_packed_in_single_precision() -> None:
    bag = Bag.of(("vote", "town"), [0.5, 0.1])
    assert list(bag.weights) == [0.5, 0.10000000149011612]
