"""What comes from outside is said, and cannot steer the terminal that it is said on."""

import pytest

from wireroom.cli.terminal import complain, say


def test_control_characters_and_half_characters_are_shown_as_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    say("Board\x1b]0;votes\x07\x9b2J\ud83d\nto\tend")
    complain("Board\x1b[2J\r votes")
    said = capsys.readouterr()
    assert said.out == "Board�]0;votes��2J�\nto\tend\n"
    assert said.err == "Board�[2J� votes\n"
