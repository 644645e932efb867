"""What the head of an answer says, from servers that write it in odd ways."""

from collections.abc import Callable

import pytest

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.records.outcomes import Fetched, Request


def fetch(origin: str) -> Fetched:
    with Gateway(GatewaySettings(per_host_interval_s=0, detour={"*": origin})) as gateway:
        ((_, outcome),) = gateway.fetch_all([Request(url="http://daily.example/", follow_robots=False)])
    assert isinstance(outcome, Fetched), outcome
    return outcome


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        (b"HTTP/1.1 200 OK\r\nX-Two: 1\r\nx-two: 2", (("x-two", "1"), ("x-two", "2"))),
        (b"HTTP/1.1 200\r\nX:\t a \t", (("x", "a"),)),
        (b"HTTP/1.1 200 OK\r\nX: caf\xc3\xa9\r\nY: caf\xe9", (("x", "café"), ("y", "café"))),
        (b"HTTP/1.1 200 OK\r\nX: one\r\n two\r\n\tthree", (("x", "one two three"),)),
        (b"HTTP/1.1 200 OK\nX: 1", (("x", "1"),)),
        (b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nX: 1", (("x", "1"),)),
        (b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nConnection: close\r\nX:", (("x", ""),)),
    ],
)
def test_odd_heads_are_read(
    serve_raw: Callable[[bytes], str], head: bytes, headers: tuple[tuple[str, str], ...]
) -> None:
    outcome = fetch(serve_raw(head + b"\r\nContent-Length: 2\r\n\r\nhi"))
    assert (outcome.headers, outcome.body) == (headers, b"hi")


def test_trailers_are_no_headers(serve_raw: Callable[[bytes], str]) -> None:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nETag: 1\r\n\r\n"
    outcome = fetch(serve_raw(head + b"2\r\nhi\r\n0\r\nETag: 2\r\nX: late\r\n\r\n"))
    assert (outcome.headers, outcome.body) == ((("etag", "1"),), b"hi")
