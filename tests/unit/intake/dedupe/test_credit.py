import pytest

from wireroom.intake.dedupe.credit import licence_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "The vote is over. This story was originally published by\nthe Ledger.",
            "This story was originally published by",
        ),
        ("Republished  from the Ledger, under a Creative Commons licence", "{}"),
        ("A first line\nReprinted with permission. More.", "Reprinted with permission"),
        ("They publish what they find.", None),
    ],
)
def test_a_licence_is_quoted_as_the_sentence_it_stands_in(text: str, line: str | None) -> None:
    assert licence_line(text) == (" ".join(text.split()) if line == "{}" else line)
