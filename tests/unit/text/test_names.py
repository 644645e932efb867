import pytest

from wireroom.text.names import names


def test_a_surname_counts_for_the_full_name() -> None:
    text = "On Monday the clerk Marisol Vega spoke for an hour. As Vega left, Vega was silent, and nobody asked why."
    assert names(text) == {"Marisol Vega": 3}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody at the Bank of Brayton would say who had signed it.", {"Bank of Brayton"}),
        ("The tests were run by New Harbor police in the spring of last year.", {"New Harbor"}),
        ("Yesterday it rained in all of the valley, and on Tuesday it will rain again.", set()),
        ("It was Lakeland's Senator Phil Dace who asked for the vote on that bill.", {"Lakeland", "Phil Dace"}),
    ],
)
def test_capitals_within_sentences_are_names(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Governor Signs Biometric Privacy Act With A Right To Sue For Every Citizen",
        "Das Gericht in Mainz hat den Versuch mit der Kamera im Supermarkt nach einer Klage der Kundin gestoppt.",
        "",
    ],
)
def test_where_everything_has_capitals_they_tell_nothing(text: str) -> None:
    assert names(text) == {}


@pytest.mark.parametrize("mark", ["(CWS) —", "(Reuters) -", "(AP) --", "(dpa) –"])
def test_a_datelines_agency_is_no_name(mark: str) -> None:
    told = names(f"LOCKPORT, N.Y. {mark} The school board heard on Monday what the clerk Mara Quill had to say of it.")
    assert set(told) == {"LOCKPORT", "N.Y.", "Mara Quill"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("While Lockport waits for word from Albany, the board in Lockport will not say when.", {"Lockport", "Albany"}),
        ("Farmer Moira Dunne was having lunch when it came through the roof of the barn.", {"Moira Dunne"}),
        ("Rescuers dug through the night, and by the morning they had found nobody alive.", set()),
        ("It was the U.S. Navy that asked for it all, said Gov. Ada Quill of a plan.", {"U.S. Navy", "Ada Quill"}),
        ("They had met with US President Tim Clark in the spring, and nobody had asked why.", {"Tim Clark"}),
        ("The report was made for Bang & Sons by a small firm that nobody has ever heard of.", {"Bang & Sons"}),
        ("Late last year the New York State Attorney General opened an inquiry into all of the sales of it.",
         {"New York State Attorney General"}),
    ],
)  # fmt: skip
def test_what_belongs_to_the_sentence_is_no_part_of_a_name(text: str, expected: set[str]) -> None:
    assert set(names(text)) == expected


@pytest.mark.parametrize("place", ["LINDALE —", "LINDALE, N.Y. (CWS) —", "LINDALE -", "LINDALE (AP) --"])
def test_a_sentence_begins_behind_a_dateline(place: str) -> None:
    text = f"{place} Inside the largest building of the county a bell rings, and Curtis Hale sits down on the floor."
    assert set(names(text)) - {"N.Y."} == {"LINDALE", "Curtis Hale"}


def test_a_list_of_names_is_read_when_it_is_wanted() -> None:
    text = "It was late when they came and nobody knew what to say to them, for they had been there for a long time. "
    listed = text * 2 + (
        "The winners are Mara Quill, Tomas Vega, Ada Castell and Phil Dace, who won in a boat "
        "that they had made of old doors."
    )
    assert {"Mara Quill", "Tomas Vega", "Ada Castell"} <= set(names(listed))
    assert names(listed, listed=False) == {}


GERMAN = (
    "Am Montag hat der Bürgermeister von dem Ort gesprochen. Die Feuerwehr kam mit dem Wagen, und die Kinder liefen "
    "auf die Straße. Bürgermeisterin Marlene Quast sagte, dass die Schule nicht mehr zu retten sei. Quast lobte die "
    "Helfer. "
    "Der Brand war in der Nacht ausgebrochen, die Ursache ist noch unklar. Eine Sprecherin der EU wollte sich nicht "
    "dazu äußern. In Lindach ist das Wasser knapp, nach Lindach kamen deshalb auch Wagen aus der Stadt."
)


def test_german_nouns_are_no_names() -> None:
    assert names(GERMAN) == {"Marlene Quast": 2, "EU": 1, "Lindach": 2}


def test_a_keyword_shows_which_capital_is_a_name() -> None:
    text = GERMAN + " Nun soll Tervita das Dach liefern, und die Kosten sind noch nicht bekannt."
    assert "Tervita" not in names(text)
    assert names(text, ["Tervita", "Kosten"])["Tervita"] == 1
    assert "Kosten" not in names(text, ["Tervita", "Kosten"])


def test_scripts_without_capitals_have_the_names_that_are_stated() -> None:
    text = "東京都は22日、顔認証を止めると発表した。東京都の担当者は「誤りが多い」と話した。"
    assert names(text) == {}
    assert names(text, ["東京都", "政治"]) == {"東京都": 2}


def test_currencies_offices_and_months_are_nobody() -> None:
    text = (
        "Anna Weber sah Anfang März die CFO. Laut Bericht stiegen USD und CAGR, sagte Anna Weber im Februar in Mainz."
    )
    assert not {"CFO", "USD", "CAGR", "März", "Anfang März", "Februar"} & names(text).keys()
    assert "Anna Weber" in names(text)


def test_a_nationality_is_nobody_and_part_of_a_name() -> None:
    text = (
        "The firm said that American schools and the German ministry had asked the British Museum about it in spring."
    )
    assert {"British Museum"} == names(text).keys()


def test_titles_are_dropped_where_names_are_shown() -> None:
    text = (
        "The vote was a defeat for Superintendent Mara Quill and for the police, whose Commissioner Tom Gren had asked "
        "for the cameras in the spring."
    )
    assert {"Mara Quill", "Tom Gren"} <= names(text).keys()
    assert "Superintendent Mara Quill" in names(text, listed=False)
