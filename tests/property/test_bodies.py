"""Laws of decoding: whatever the bytes, it ends, stays under the cap, and gives back what was compressed."""

import gzip
import zlib
from collections.abc import Iterator

import brotli  # type: ignore[import-untyped]  # ships no types
from hypothesis import given, settings
from hypothesis import strategies as st

from wireroom.adapters.web.bodies import Body, Intake, Limits, TooLarge, Undecodable

UNHURRIED = settings(deadline=None)  # a busy machine is no failure
PACKERS = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "": bytes}


def cut(data: bytes, step: int) -> Iterator[bytes]:
    for at in range(0, len(data), step):
        yield data[at : at + step]


def read_body(chunks: Iterator[bytes], encoding: str, limits: Limits) -> Body:
    intake = Intake(encoding, limits)
    all(map(intake.take, chunks))  # as a transfer does: until no more is wanted
    return intake.body()


@UNHURRIED
@given(st.sampled_from(sorted(PACKERS)), st.binary(max_size=3_000), st.integers(1, 100))
def test_what_was_compressed_comes_back(encoding: str, data: bytes, step: int) -> None:
    body = read_body(cut(PACKERS[encoding](data), step), encoding, Limits(most=3_000))
    assert body.data == data


@UNHURRIED
@given(
    st.sampled_from(sorted(PACKERS)),
    st.binary(min_size=20, max_size=300),
    st.integers(0, 400),
    st.binary(max_size=20),
    st.integers(1, 400),
)
def test_damaged_bytes_end_in_a_body_or_a_word(
    encoding: str, data: bytes, place: int, damage: bytes, step: int
) -> None:
    packed = PACKERS[encoding](data)
    broken = packed[:place] + damage + packed[place + len(damage) :]
    try:
        body = read_body(cut(broken, step), encoding, Limits(most=1_000))
    except (TooLarge, Undecodable):
        return
    assert len(body.data) <= 1_000
