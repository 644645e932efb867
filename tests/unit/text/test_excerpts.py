from hypothesis import given
from hypothesis import strategies as st

from wireroom.text.excerpts import excerpt, first_sentences


def test_a_short_text_is_kept_on_one_line() -> None:
    assert excerpt(" The bridge\n opens. ") == "The bridge opens."


def test_a_long_text_is_cut_at_a_word_end() -> None:
    assert excerpt("The bridge opens, at last, for trams and people", 24) == "The bridge opens, at…"
    assert excerpt("橋" * 50, 10) == "橋" * 9 + "…"


def test_an_ellipsis_after_a_whole_sentence_goes() -> None:
    assert excerpt("The bridge opens.…") == "The bridge opens."
    assert excerpt("Who crosses it? [...]") == "Who crosses it?"
    assert excerpt("The bridge opens …") == "The bridge opens …"


def test_whole_sentences_are_preferred() -> None:
    assert first_sentences("One bridge. Two trams. Three people wait here.", 25) == "One bridge. Two trams."
    assert first_sentences("A sentence that does not fit at all", 20).endswith("…")


@given(st.text(max_size=400), st.integers(1, 120))
def test_an_excerpt_never_exceeds_its_limit(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit
    assert "\n" not in excerpt(text, limit)
