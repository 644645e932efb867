"""Servers that speak TLS: whom we believe, how they end, and HTTP/2."""

import asyncio
import hashlib
import ssl
from collections.abc import Callable
from pathlib import Path

import certifi
import pytest
from cryptography import x509
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from wireroom.adapters.web import Gateway, GatewaySettings
from wireroom.adapters.web.trust import Trust, trusted
from wireroom.records.outcomes import Failed, Fetched, Outcome, Request

Papers = Callable[..., tuple[ssl.SSLContext, Path]]
ServeTls = Callable[[ssl.SSLContext | None, bytes], str]
FINE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnews"


def fetch(*urls: str) -> list[Outcome]:
    allow = frozenset(url.split("/")[2] for url in urls)
    requests = [Request(url=url, follow_robots=False) for url in urls]
    settings = GatewaySettings(allow=allow, per_host_interval_s=0, per_host_connections=3)
    with Gateway(settings) as gateway:
        # The first one by itself, as a robots.txt is: until it is answered, nobody knows what the server speaks.
        found = {**dict(gateway.fetch_all(requests[:1])), **dict(gateway.fetch_all(requests[1:]))}
    return [found[request] for request in requests]


def told(outcome: Outcome) -> bytes | str:
    assert isinstance(outcome, Fetched | Failed)
    return outcome.body if isinstance(outcome, Fetched) else outcome.reason


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (("127.0.0.1", 20, True), b"news"),
        (("127.0.0.1", 20, False), "the certificate of 127.0.0.1 is not valid: self-signed certificate"),
        (("127.0.0.1", 1, True), "the certificate of 127.0.0.1 is not valid: certificate has expired"),
        (("127.0.0.2", 20, True), "the certificate of 127.0.0.1 is not valid: it names another host"),
    ],
)
def test_whom_we_believe(
    papers: Papers,
    serve_tls: ServeTls,
    monkeypatch: pytest.MonkeyPatch,
    case: tuple[str, int, bool],
    expected: bytes | str,
) -> None:
    address, years, known = case
    context, file = papers(address, years)
    if known:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert [told(outcome) for outcome in fetch(f"{serve_tls(context, FINE)}/a")] == [expected]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (b"HTTP/1.0 200 OK\r\n\r\nold but fine", b"old but fine"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf", "the answer ended early"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "the answer ended early"),
        (b"", "the server hung up without an answer"),
    ],
)
def test_an_end_without_a_farewell(
    papers: Papers, serve_tls: ServeTls, monkeypatch: pytest.MonkeyPatch, answer: bytes, expected: bytes | str
) -> None:
    context, file = papers()
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    assert [told(outcome) for outcome in fetch(f"{serve_tls(context, answer)}/a")] == [expected]


def test_a_server_that_speaks_no_tls(serve_tls: ServeTls) -> None:
    origin = serve_tls(None, b"HTTP/1.1 400 Bad Request\r\n\r\n")
    assert told(fetch(f"{origin}/a")[0]) == "no secure connection with 127.0.0.1"


def test_a_file_of_certificates_that_holds_none_is_named(
    papers: Papers, serve_tls: ServeTls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty").write_bytes(b"")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "empty"))
    assert told(fetch(f"{serve_tls(papers()[0], FINE)}/a")[0]) == (
        "the certificates of this computer, by which it knows servers, cannot be read"
    )


def hashed(file: Path) -> Path:
    """Put a certificate where OpenSSL looks for it: under a hash of its subject without the outermost tag."""
    subject = x509.load_pem_x509_certificate(file.read_bytes()).subject.public_bytes()
    folder = file.parent / "folder"
    folder.mkdir()
    name = int.from_bytes(hashlib.sha1(subject[2:]).digest()[:4], "little")
    (folder / f"{name:08x}.0").write_bytes(file.read_bytes())
    return folder


@pytest.mark.parametrize("kind", ["file", "folder", "both"])
def test_certificates_are_in_a_file_or_a_folder(
    papers: Papers, serve_tls: ServeTls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    context, file = papers()
    folder = hashed(file)
    known = {"file": (file, tmp_path), "folder": (tmp_path / "missing", folder), "both": (certifi.where(), folder)}
    monkeypatch.setenv("SSL_CERT_FILE", str(known[kind][0]))
    monkeypatch.setenv("SSL_CERT_DIR", str(known[kind][1]))
    assert [told(outcome) for outcome in fetch(f"{serve_tls(context, FINE)}/a")] == [b"news"]


def test_where_there_are_none_those_of_certifi_count(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "missing"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    assert trusted() == Trust(file=certifi.where())


class Http2(asyncio.Protocol):
    """Answers every request over HTTP/2 with what it was asked; /gone is."""

    connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        type(self).connections += 1
        self.transport = transport
        self.talk = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        self.talk.initiate_connection()
        transport.write(self.talk.data_to_send())

    def data_received(self, data: bytes) -> None:
        for event in self.talk.receive_data(data):
            if isinstance(event, RequestReceived):
                self.answer(event)
        self.transport.write(self.talk.data_to_send())

    def answer(self, event: RequestReceived) -> None:
        asked = {str(name): str(value) for name, value in event.headers}
        status = "404" if asked[":path"] == "/gone" else "200"
        self.talk.send_headers(event.stream_id, [(":status", status), ("etag", '"1"'), ("x-asked", asked[":path"])])
        self.talk.send_data(event.stream_id, repr(sorted(asked)).encode() + b"x" * 9_000, end_stream=True)


def test_http_2_is_spoken_where_the_server_does(papers: Papers, monkeypatch: pytest.MonkeyPatch) -> None:
    context, file = papers()
    context.set_alpn_protocols(["h2"])
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    Http2.connections = 0

    async def visit() -> list[Outcome]:
        server = await asyncio.get_running_loop().create_server(Http2, "127.0.0.1", 0, ssl=context)
        async with server:
            origin = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            return await asyncio.to_thread(fetch, f"{origin}/a", f"{origin}/gone", *(f"{origin}/{n}" for n in range(9)))

    first, gone, *others = asyncio.run(visit())
    assert isinstance(first, Fetched)
    assert first.headers == (("etag", '"1"'), ("x-asked", "/a"))
    assert first.body.startswith(
        b"[':authority', ':method', ':path', ':scheme', 'accept', 'accept-encoding', 'user-agent']"
    )
    assert type(gone).__name__ == "Gone"
    assert [outcome.header("x-asked") for outcome in others if isinstance(outcome, Fetched)] == [
        f"/{n}" for n in range(9)
    ]
    assert Http2.connections == 1
