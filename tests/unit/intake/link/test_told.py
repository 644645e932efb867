"""What a report names, counts and quotes."""

from datetime import UTC, datetime

from wireroom.intake.link.told import Gazetteer
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId
from wireroom.records.sources import Provider
from wireroom.records.stories import Named, Thing, ThingKind, Told

NIST = Thing(name="National Institute of Standards and Technology", kind=ThingKind.ORGANISATION, wikidata="Q176691")
GAZETTEER = Gazetteer([Named(thing=NIST, also=("NIST",))])


def told(title: str = "", text: str = "", keywords: tuple[str, ...] = (), outlet: str = "A") -> Told:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    article = Article(
        id=ArticleId("a"), extractor="t", read_at=now, canonical_url="https://a.example/", original_url="",
        title=title, text=text, keywords=keywords, provider=Provider(name=outlet),
    )  # fmt: skip
    return GAZETTEER.told(article)


def test_a_known_name_is_one_thing_however_it_is_spelled() -> None:
    text = "The figures come from NIST, which has tested cameras since the spring of that year."
    assert told("Nist Tests Cameras", text).things == (NIST,)


def test_a_name_said_once_counts_when_it_is_long_or_a_keyword() -> None:
    text = "It was in the hall that the clerk Marisol Vega met a man from Lockport who would not give his name."
    assert [thing.name for thing in told(text=text).things] == ["Marisol Vega"]
    assert {thing.name for thing in told(text=text, keywords=("lockport",)).things} == {"Marisol Vega", "Lockport"}


def test_sums_and_counts_are_told_years_and_small_numbers_are_not() -> None:
    assert told(text="In 2024 some 12 of the 1,417 cameras cost $2.1 million.").numbers == ("1,417", "2.1")


def test_of_quotes_only_the_beginning_is_kept() -> None:
    quote = "nobody told us " * 20
    (kept,) = told(text=f"The mayor said: “{quote}” and left.").quotes
    assert kept.startswith("nobody told us")
    assert kept.endswith("told…")
    assert len(kept) <= 90


def test_an_outlet_is_no_news_of_its_own_report() -> None:
    text = "On its way out of the hall the clerk Marisol Vega told Harbor Wire that the doors would stay closed."
    assert [thing.name for thing in told(text=text, outlet="Harbor Wire 9").things] == ["Marisol Vega"]
    assert "Harbor Wire" in [thing.name for thing in told(text=text, outlet="Ledger").things]


def test_a_quote_ends_without_the_comma_before_its_speaker() -> None:
    assert told(text="“A lead is not a suspect,” the judge said.").quotes == ("A lead is not a suspect",)


def test_hostile_and_empty_texts_tell_nothing() -> None:
    assert told() == Told()
    assert len(told(text="“" * 100_000 + "A B " * 100_000).things) <= 10
