from collections.abc import Callable, Iterable

import pytest

from wireroom.intake.classify.keywords import PhraseFinder, hashtags, opened, written
from wireroom.text.tokens import fold


def counts(phrases: Iterable[str], text: str, plain: Callable[[str], str] = fold) -> dict[str, int]:
    return {phrase: len(spans) for phrase, spans in PhraseFinder(phrases, plain).find(text).items()}


def test_phrases_are_whole_words() -> None:
    said = "Said: AI to face scans, a face scan"
    assert counts(("ai", "face scan", "scan"), said) == {"ai": 1, "face scan": 1, "scan": 1}


def test_places_are_told() -> None:
    assert PhraseFinder(("scan",)).find("A scan, a scan") == {"scan": [(2, 6), (10, 14)]}


def test_folding_forgives_case_accents_and_quotes() -> None:
    assert counts(("Résumé", "worker's"), "RESUME of the worker’s union") == {"resume": 1, "worker's": 1}


def test_dashes_are_opened_on_request_only() -> None:
    title = "Facial-recognition rules"
    assert counts(("facial recognition",), title, opened) == {"facial recognition": 1}
    assert counts(("facial recognition",), title) == {}


def test_other_scripts_have_word_ends_too() -> None:
    assert counts(("лица",), "Распознавание лица") == {"лица": 1}
    assert counts(("лица",), "улицам") == {}


def test_a_star_takes_longer_words_from_their_beginning() -> None:
    assert counts(("scan*", "scan"), "Scans, rescans, a scan and scanning") == {"scan": 1, "scan*": 3}


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("Cameras compare each face", 1),
        ("Face: what the camera saw", 1),
        ("A face one two three four camera", 0),
        ("Surface of a camera", 0),
        ("The face", 0),
        ("A face, a camera, a face", 2),
    ],
)
def test_near_wants_both_within_so_many_words_in_either_order(text: str, met: int) -> None:
    assert counts(("face NEAR/4 camera*",), text) == ({"face NEAR/4 camera*": met} if met else {})


def test_a_place_is_not_near_itself() -> None:
    assert counts(("face scan* NEAR/5 scan*",), "Face scans here") == {}
    assert counts(("face scan* NEAR/5 scan*",), "Face scans scanned") == {"face scan* NEAR/5 scan*": 1}


def test_queries_are_written_plainly_too() -> None:
    assert written("Face-Scan* NEAR/3 École", opened) == "face scan* NEAR/3 ecole"


def test_no_phrases_find_nothing() -> None:
    assert PhraseFinder(()).find("anything") == {}
    assert PhraseFinder(("", "  ")).find("anything") == {}


def test_hashtags_stand_alone() -> None:
    assert hashtags("#BanFacialRecognition now, not a#b or # c") == {"banfacialrecognition"}
