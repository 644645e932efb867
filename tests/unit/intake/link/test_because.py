"""The reason of a link is a true sentence that a person can read."""

from datetime import UTC, datetime, timedelta

from wireroom.intake.link.because import joined
from wireroom.intake.link.profile import profile
from wireroom.records.articles import Article
from wireroom.records.ids import ArticleId
from wireroom.records.sources import Provider

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def reason(one: tuple[str, str], other: tuple[str, str], hours: float | None = 3) -> str:
    made = []
    for name, (title, text), after in (("a", one, 0.0), ("b", other, hours)):
        made.append(
            profile(
                Article(
                    id=ArticleId(name),
                    extractor="t",
                    read_at=NOW,
                    canonical_url=f"https://{name}.example/",
                    original_url="",
                    title=title,
                    text=text,
                    published_at=None if after is None else NOW + timedelta(hours=after),
                    provider=Provider(name=name),
                )
            )
        )
    return joined(made[1], made[0])


BOARD = (
    "Board of Brayton ends camera trial",
    (
        "It took them three hours, but then the board said that Quentin Maroun had to take all 214,000 pictures away, "
        "and that the BBC may film how it is done when he does so on Tuesday of the next week."
    ),
)
PLEA = (
    "A plea from the firm",
    (
        "Nobody had thought of it before, but on Tuesday it was Quentin Maroun who said that the 214,000 pictures were "
        "his, and that he would tell the BBC as much in the week when they come for him, as they will."
    ),
)


def test_full_names_are_said_and_numbers_as_people_write_them() -> None:
    said = reason(BOARD, PLEA)
    assert said.startswith("both name Quentin Maroun; ")
    assert "the same numbers (214,000)" in said
    assert said.endswith("; 3 hours apart")


def test_a_name_is_written_as_the_headline_has_it() -> None:
    title = "Quentin Maroun tells BBC why"
    assert reason((title, BOARD[1]), PLEA).startswith("both name Quentin Maroun and BBC; ")


def test_nobody_says_how_far_apart_undated_reports_are() -> None:
    assert "apart" not in reason(BOARD, PLEA, hours=None)
    assert "within" not in reason(BOARD, PLEA, hours=None)


def test_words_of_every_text_are_not_quoted() -> None:
    assert reason(("Hearing 6 on tv, first", ""), ("Hearing 6 is the first on tv", "")).startswith(
        "both say “hearing”; "
    )


def test_pairs_of_signs_are_no_names() -> None:
    text = "東京都は22日、駅に設置した顔認証カメラの運用を来月末で停止すると発表した。誤認識が17件あったという。" * 2
    assert reason(("東京都 顔認証を停止", text), ("東京都 顔認証を停止へ", text)).startswith("similar wording; ")
