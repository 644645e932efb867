"""Bodies are decoded up to a limit, and no bomb gets beyond it."""

import gzip
import resource
import zlib
from collections.abc import Awaitable, Callable, Iterator

import brotli  # type: ignore[import-untyped]  # ships no types
import pytest
from aiohttp import web

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.adapters.web.bodies import Body, Intake, Limits, TooLarge, Undecodable
from wireroom.records.outcomes import Failed, Fetched, Request

Serve = Callable[[Callable[[web.Request], Awaitable[web.StreamResponse]]], str]
TEXT = b"<rss>" + bytes(range(256)) * 40 + b"</rss>"


def in_steps(data: bytes, step: int = 7) -> Iterator[bytes]:
    for at in range(0, len(data), step):
        yield data[at : at + step]


def read_body(chunks: Iterator[bytes], encoding: str, limits: Limits) -> Body:
    intake = Intake(encoding, limits)
    all(map(intake.take, chunks))  # as a transfer does: until no more is wanted
    return intake.body()


def raw_deflate(data: bytes) -> bytes:
    squeezer = zlib.compressobj(wbits=-15)
    return squeezer.compress(data) + squeezer.flush()


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:])),
        ("gzip", gzip.compress(TEXT) + b"\0\0rubbish"),
        ("gzip", TEXT),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("br", brotli.compress(TEXT)),
    ],
)
def test_every_encoding_gives_the_text(encoding: str, data: bytes, step: int) -> None:
    body = read_body(in_steps(data, step), encoding, Limits(most=1_000_000))
    assert (body.data, body.whole) == (TEXT, True)


@pytest.mark.parametrize("size", [0, 1, 262_143, 262_144, 262_145, 524_288, 1_000_000])
@pytest.mark.parametrize("step", [100, 10**9])
def test_sizes_around_the_slice(size: int, step: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    for encoding, squeezed in (("gzip", gzip.compress(data[:size])), ("br", brotli.compress(data[:size]))):
        assert read_body(in_steps(squeezed, step), encoding, Limits(most=size)).data == data[:size]


def test_first_bytes_stop_quietly() -> None:
    body = read_body(in_steps(gzip.compress(TEXT)), "gzip", Limits(most=10, enough=100))
    assert (body.data, body.whole) == (TEXT[:100], False)
    body = read_body(in_steps(TEXT), "", Limits(most=10**6, enough=10**6))
    assert (body.data, body.whole) == (TEXT, True)


@pytest.mark.parametrize("encoding", ["gzip", "br", ""])
def test_the_cap_counts_decoded_bytes(encoding: str) -> None:
    data = {"gzip": gzip.compress, "br": brotli.compress, "": bytes}[encoding](TEXT)
    assert read_body(in_steps(data), encoding, Limits(most=len(TEXT))).data == TEXT
    with pytest.raises(TooLarge):
        read_body(in_steps(data), encoding, Limits(most=len(TEXT) - 1))


@pytest.mark.parametrize(("encoding", "data"), [("br", b"\xff" * 50), ("gzip", b"\x1f\x8b\x08rubbish, not gzip")])
def test_rubbish_is_said_to_be_rubbish(encoding: str, data: bytes) -> None:
    with pytest.raises(Undecodable):
        read_body(in_steps(data), encoding, Limits(most=10**6))


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_a_bomb_of_300_mb_costs_no_memory(serve: Serve, encoding: str) -> None:
    if encoding == "gzip":
        squeezer = zlib.compressobj(9, wbits=31)
        bomb = b"".join(squeezer.compress(b"\0" * 1_000_000) for _ in range(300)) + squeezer.flush()
    else:
        press = brotli.Compressor(quality=5)
        bomb = b"".join(press.process(b"\0" * 1_000_000) for _ in range(300)) + press.finish()
    assert len(bomb) < 400_000

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=bomb, headers={"Content-Encoding": encoding})

    with Gateway(GatewaySettings(detour={"*": serve(answer)}, per_host_interval_s=0)) as gateway:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        requests = [Request(url=f"http://daily.example/{n}", follow_robots=False) for n in range(10)]
        outcomes = [outcome for _, outcome in gateway.fetch_all(requests)]
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert {outcome.reason for outcome in outcomes if isinstance(outcome, Failed)} == {"body larger than 5 MB"}
    assert len(outcomes) == 10
    assert grown < 60_000, f"peak memory grew by {grown} kB"


def test_an_image_needs_only_its_first_bytes(serve: Serve) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=b"\x89PNG" + b"\0" * 3_000_000)

    with Gateway(GatewaySettings(detour={"*": serve(answer)})) as gateway:
        request = Request(url="http://daily.example/a.png", first_bytes=4_096, follow_robots=False)
        ((_, outcome),) = gateway.fetch_all([request])
    assert isinstance(outcome, Fetched)
    assert (len(outcome.body), outcome.truncated) == (4_096, True)
