import subprocess
import sys

from wireroom.text.fingerprints import NearIndex, shingles, text_hash
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


def test_nearly_equal_texts_are_found_and_others_are_not() -> None:
    index = NearIndex()
    index.add(0, shingles(words(TEXT)))
    index.add(1, {f"other {n}" for n in range(60)})
    assert index.near(shingles(words(f"{TEXT} and a few words more"))) == [0]


def test_the_same_texts_are_near_in_another_process() -> None:
    code = (
        "from wireroom.text.fingerprints import *; index = NearIndex();"
        "index.add(0, {f'x{n}' for n in range(100)});"
        "print([n for n in range(0, 100, 5) if index.near({f'x{m}' for m in range(n, n + 100)})])"
    )
    told = {subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)}
    assert len(told) == 1
    assert told.pop().startswith(b"[0, 5")
