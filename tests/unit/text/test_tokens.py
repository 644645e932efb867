import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireroom.text.tokens import fold, sentences, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café  “Déjà Vu”", 'cafe "deja vu"'),
        ("STRASSE straße", "strasse strasse"),
        ("a\u00adb\u200bc", "abc"),
        ("one\n two\t", "one two"),
        ("ﬁne – dash", "fine - dash"),
        ("", ""),
    ],
)
def test_folding_keeps_what_is_said_and_drops_how_it_is_set(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_twice_changes_nothing() -> None:
    once = fold("Ünïcödé ‘Quotes’ … ½ ﬀ İstanbul")
    assert fold(once) == once


def test_words_keep_numbers_whole_and_drop_the_possessive() -> None:
    assert words("The Fed’s 3.5% cut at 10:30") == ("the", "fed", "3.5", "cut", "at", "10:30")


def test_unspaced_scripts_are_cut_into_pairs() -> None:
    assert words("東京都知事") == ("東京", "京都", "都知", "知事")


def test_sentences_survive_titles_and_quotes() -> None:
    text = 'Mr. Smith went to the U.S. Senate. He said "No." Then he left! 3 more came.'
    assert sentences(text) == (
        "Mr. Smith went to the U.S. Senate.",
        'He said "No."',
        "Then he left!",
        "3 more came.",
    )


def test_paragraphs_end_sentences() -> None:
    assert sentences("A heading\n\nA sentence.") == ("A heading", "A sentence.")


PLAIN = "aZ19'.,:_- \n"


@given(st.text(st.sampled_from(PLAIN), max_size=60))
def test_plain_text_is_cut_like_any_other(text: str) -> None:
    """A Cyrillic word at the end takes the text through the path of all scripts."""
    assert (*words(text), "мэр") == words(f"{text} мэр")


def test_vowel_signs_stay_in_their_words() -> None:
    assert len(words("परिषद ने कैमरों को बंद किया।")) == 6
    assert len(words("கேமராக்களை நிறுத்த முடிவு")) == 3
    assert words("ब्रेटन") == ("ब्रेटन",)
