import subprocess
import sys

from wireroom.text.fingerprints import bands, likeness, shingles, sketch, text_hash
from wireroom.text.tokens import words

TEXT = " ".join(f"word{n}" for n in range(60))


def test_short_texts_have_no_hash() -> None:
    assert text_hash("only a few words") == ""
    assert text_hash(TEXT) != ""


def test_the_hash_sees_words_not_typography() -> None:
    assert text_hash(TEXT.upper().replace(" ", "\n  ")) == text_hash(TEXT)
    assert text_hash(TEXT + " more") != text_hash(TEXT)


def test_a_short_text_is_one_shingle() -> None:
    assert shingles(("a", "b")) == {"a b"}
    assert shingles(()) == set()


def test_sketches_estimate_jaccard() -> None:
    one = {f"x{n}" for n in range(200)}
    other = {f"x{n}" for n in range(100, 300)}
    assert abs(likeness(sketch(one), sketch(other)) - 1 / 3) < 0.12
    assert set(bands(sketch(one))) == set(bands(sketch(one)))


def test_sketches_are_the_same_in_another_process() -> None:
    code = (
        "from wireroom.text.fingerprints import *; from wireroom.text.tokens import words;"
        f"print(bands(sketch(shingles(words({TEXT!r})))))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.strip() == str(bands(sketch(shingles(words(TEXT)))))
