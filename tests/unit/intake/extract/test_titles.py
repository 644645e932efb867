import pytest

from wireroom.intake.extract import merge, titles
from wireroom.intake.extract.sheet import clue
from wireroom.records.articles import Evidence

HOUSE = ("Harbour Post", "harbour-post.example")


def decide(*stated: tuple[str, str, float]) -> str:
    clues: list[Evidence] = [clue("title", text, source, confidence) for source, text, confidence in stated]
    return merge.title(clues, HOUSE).value


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("Bridge opens | Harbour Post", "Bridge opens"),
        ("Bridge opens - Town | Harbour Post", "Bridge opens - Town"),
        ("Harbour Post – Bridge opens", "Bridge opens"),
        ("Bridge opens after nine-year wait", "Bridge opens after nine-year wait"),
        ("Bridge - at last - opens", "Bridge - at last - opens"),
        ("Bridge opens -- Harbour Post", "Bridge opens"),
        ("橋が開通\uff1aHarbour Post", "橋が開通"),
        ("Harbour Post: Bridge opens", "Bridge opens"),
        ("Mayor: Bridge opens", "Mayor: Bridge opens"),
    ],
)
def test_the_house_is_cut_off_and_the_rest_is_kept(written: str, headline: str) -> None:
    assert decide(("title", written, 0.5)) == headline


def test_a_section_goes_when_the_heading_shows_the_headline_without_it() -> None:
    stated = (
        ("title", "Bridge opens after years - Town and Region - Harbour Post", 0.5),
        ("heading", "Bridge opens after years", 0.7),
    )
    assert decide(*stated) == "Bridge opens after years"


def test_a_declared_headline_that_only_the_title_tag_shares_is_for_search_engines() -> None:
    stated = (("json-ld", "Harbour bridge opening 2026", 0.86), ("title", "Harbour bridge opening 2026", 0.5))
    readers = (("open-graph", "At last, a bridge", 0.74), ("heading", "At last, a bridge", 0.7))
    assert decide(*stated, *readers) == "At last, a bridge"


def test_what_only_search_engines_share_counts_unless_card_and_heading_agree_on_another() -> None:
    stated = (("json-ld", "Harbour bridge opening 2026", 0.86), ("title", "Harbour bridge opening 2026", 0.5))
    readers = (("open-graph", "At last, a bridge", 0.74), ("heading", "A bridge, at last", 0.7))
    assert decide(*stated, *readers) == "Harbour bridge opening 2026"


def test_a_headline_that_a_system_cut_is_taken_whole_from_where_it_stands_so() -> None:
    whole = "Bridge over the harbour opens after nine years of building and two of waiting for the tram to cross it"
    assert decide(("json-ld", whole[:95].rpartition(" ")[0], 0.86), ("heading", whole, 0.7)) == whole
    assert decide(("json-ld", "Bridge over the har…", 0.86), ("heading", whole, 0.7)) == whole
    assert decide(("json-ld", "Bridge over the harbour opens", 0.86), ("heading", whole, 0.7)) != whole


def test_a_kicker_goes_when_the_card_does_without() -> None:
    assert decide(("json-ld", "Transport: Bridge opens", 0.86), ("open-graph", "Bridge opens", 0.74)) == "Bridge opens"


def test_a_site_name_that_repeats_the_headline_leaves_the_headline() -> None:
    clues = [clue("title", "Bridge opens", "heading", 0.7)]
    assert merge.title(clues, ("Bridge opens",)).value == "Bridge opens"


def test_a_long_title_counts_only_where_none_is_shorter() -> None:
    caption = "In the matter of the bridge " * 20
    assert decide(("heading", caption, 0.7)) == caption.strip()
    assert decide(("heading", caption, 0.7), ("title", "Bridge opens", 0.5)) == "Bridge opens"
    assert decide(("heading", "bridge " * 400, 0.7)) == ""


def test_titles_that_differ_in_punctuation_have_one_key() -> None:
    assert titles.key("“Bridge” opens!") == titles.key("'Bridge' Opens")
    assert titles.key("Bridge opens") != titles.key("Bridge closes")


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("Bridge opens after nine years - Town", "Bridge opens after nine years"),
        ("Bridge opens after nine years | Town News | Harbour Post", "Bridge opens after nine years"),
        ("Bridge opens after nine years | World News | Harbour Post", "Bridge opens after nine years"),
        ("Bridge opens after nine years – HP – 20.11.2026", "Bridge opens after nine years"),
        ("Bridge opens after nine years * Harbour Post * by Ada Rivers", "Bridge opens after nine years"),
        ("Bridge opens after nine years – The New Harbour Post", "Bridge opens after nine years"),
        ("Bridge opens after nine years - Harbour Post, news from the sea", "Bridge opens after nine years"),
        ("Opinion | Bridge opens after nine years", "Bridge opens after nine years"),
        ("Bridge opens – by night", "Bridge opens – by night"),
        ("Village – Town", "Village – Town"),
        ("Bridge opens – and closes – Harbour Post", "Bridge opens – and closes"),
        ("Harbour | Boats | Harbour Post", "Harbour | Boats"),
    ],
)
def test_section_day_and_signature_are_no_part_of_a_headline(stated: str, meant: str) -> None:
    clues = [clue("title", stated, "title", 0.5)]
    assert merge.title(clues, ("Harbour Post", "hp"), ("Town",)).value == meant
