"""What is sealed comes back, and nothing else opens: one flipped bit anywhere is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wireroom.errors import SealError
from wireroom.text.seals import canonical, open_sealed, read_ring, seal

RING = read_ring([f"2025:{bytes(range(64)).hex()}", f"2026:{bytes(range(1, 65)).hex()}"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), TEXT)
PAYLOADS = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4), max_leaves=12
)


@given(PAYLOADS, TEXT)
def test_what_is_sealed_comes_back_and_seals_the_same_again(payload: object, path: str) -> None:
    sealed = seal(payload, path, RING)
    opened = open_sealed(sealed, path, RING)
    assert opened == payload
    assert canonical(opened) == canonical(payload)
    assert seal(opened, path, RING) == sealed


@given(PAYLOADS, st.data())
def test_a_flipped_bit_anywhere_is_refused(payload: object, data: st.DataObject) -> None:
    sealed = bytearray(seal(payload, "_news/a.md", RING).encode())
    at = data.draw(st.integers(0, len(sealed) - 1))
    sealed[at] ^= 1 << data.draw(st.integers(0, 6))
    with pytest.raises(SealError):
        open_sealed(sealed.decode(), "_news/a.md", RING)


@given(PAYLOADS, TEXT, TEXT)
def test_a_payload_moved_to_another_record_is_refused(payload: object, path: str, other: str) -> None:
    sealed = seal(payload, path, RING)
    if path != other:
        with pytest.raises(SealError):
            open_sealed(sealed, other, RING)


@given(st.text(max_size=80))
def test_anything_else_is_refused_and_nothing_crashes(text: str) -> None:
    with pytest.raises(SealError):
        open_sealed(text, "_news/a.md", RING)
