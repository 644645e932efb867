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
    assert set(told) == {"LOCKPORT", "Mara Quill"}
