import pytest

from wireroom.text.language import by_little_words, detect

TEXTS = {
    "en": "The council said on Friday that the bridge would stay open through the winter, and trams would cross it.",
    "de": "Der Rat sagte am Freitag, dass die Brücke den Winter über offen bleibe und Straßenbahnen sie queren.",
    "fr": "Le conseil a annoncé vendredi que le pont resterait ouvert tout l'hiver et que les trams le traverseraient.",
    "ja": "市議会は金曜日、橋が冬の間も開通し続け、路面電車がその上を走ると発表した。住民は喜んだ。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_languages_are_told_apart(code: str) -> None:
    assert detect(TEXTS[code]) == code


def test_too_little_text_is_no_guess() -> None:
    assert detect("Bridge opens") is None
    assert detect("") is None
    assert detect("1234 5678 " * 50) is None


def test_little_words_and_statistics_agree() -> None:
    for code in ("en", "de"):
        longer = f"{TEXTS[code]} " * 3
        assert by_little_words(longer) == detect(longer) == code
    assert by_little_words("Quito Lima Bogota Caracas " * 20) is None
    assert by_little_words("The bridge") is None
