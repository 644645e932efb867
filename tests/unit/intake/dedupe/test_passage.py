"""The passage that proves a copy is shown as the copy has it."""

import pytest

from wireroom.intake.dedupe.likeness import compare
from wireroom.intake.dedupe.passage import as_written
from wireroom.text.tokens import words


@pytest.mark.parametrize(
    "passage",
    [
        "The Mayor’s office, on Monday, said 2.1 million “at least” was spent.",
        "Größe und Maß: die Öffnung – „für alle“ – sei verschoben worden",
        "東京都は22日、駅に設置した顔認証カメラの運用を停止すると発表した",
        "กรุงเทพมหานครประกาศหยุดใช้กล้อง",
    ],
)
def test_it_stands_in_the_text_as_it_is(passage: str) -> None:
    assert as_written(f"Before. {passage} 。After.", words(passage)).rstrip(".") == passage.rstrip(".")


def test_a_quotation_that_was_not_compared_may_stand_within() -> None:
    text = 'The mayor said: "Nobody has told us of it before this day." Then she left the hall by the back door.'
    assert as_written(text, ("the", "mayor", "said", "then", "she", "left")) == text.partition(" the hall")[0]


def test_what_is_not_found_is_told_in_words() -> None:
    assert as_written("Nothing of it.", ("the", "mayor", "said")) == "the mayor said"
    assert as_written("", ()) == ""


def test_two_texts_in_japanese_are_proved_by_running_text() -> None:
    text = "東京都は22日、駅に設置した顔認証カメラの運用を来月末で停止すると発表した。誤認識が17件あったという。" * 2
    assert as_written(text, compare(text, text).proof).startswith("東京都は22日、駅に設置した顔認証カメラ")
