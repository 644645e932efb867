"""Real servers on loopback, each in a loop of its own."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@pytest.fixture
def serve() -> Iterator[Callable[[Handler], str]]:
    """Return a function that serves a handler for every path and names the origin."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    runners: list[web.AppRunner] = []

    async def start(handler: Handler) -> str:
        runner = web.AppRunner(web.Application(), access_log=None, shutdown_timeout=0.1)
        runner.app.router.add_get("/{path:.*}", handler)
        await runner.setup()
        runners.append(runner)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return site.name.rstrip("/")

    async def stop() -> None:
        for runner in runners:
            await runner.cleanup()

    yield lambda handler: asyncio.run_coroutine_threadsafe(start(handler), loop).result()
    asyncio.run_coroutine_threadsafe(stop(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def serve_raw() -> Iterator[Callable[[bytes], str]]:
    """Return a function that answers every connection with the same bytes and closes it."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    servers: list[asyncio.Server] = []

    async def start(answer: bytes) -> str:
        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            writer.close()

        servers.append(await asyncio.start_server(talk, "127.0.0.1", 0))
        return f"http://127.0.0.1:{servers[-1].sockets[0].getsockname()[1]}"

    yield lambda answer: asyncio.run_coroutine_threadsafe(start(answer), loop).result()
    for server in servers:
        loop.call_soon_threadsafe(server.close)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def papers(tmp_path: Path) -> Callable[..., tuple[ssl.SSLContext, Path]]:
    """Return a function that makes a server's certificate for 127.0.0.1, or other addresses, and the file it is in."""

    def make(address: str = "127.0.0.1", years: int = 20) -> tuple[ssl.SSLContext, Path]:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "daily.example")])
        start = datetime(2025, 1, 1, tzinfo=UTC)
        paper = x509.CertificateBuilder(name, name, key.public_key(), 1, start, start + timedelta(days=365 * years))
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))])
        pem = paper.add_extension(names, critical=False).sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
        file = tmp_path / f"{address}-{years}.pem"
        file.write_bytes(pem + key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(file)
        return context, file

    return make


@pytest.fixture
def serve_tls() -> Iterator[Callable[[ssl.SSLContext | None, bytes], str]]:
    """Return a function that answers with the same bytes and closes without the farewell of TLS, as many servers do;
    without a context it speaks none.
    """
    listeners: list[socket.socket] = []

    def talk(listener: socket.socket, context: ssl.SSLContext | None, answer: bytes) -> None:
        while True:
            try:
                plain, _ = listener.accept()
            except OSError:
                return
            with suppress(OSError), context.wrap_socket(plain, server_side=True) if context else plain as secure:
                secure.recv(65_536)
                secure.sendall(answer)

    def start(context: ssl.SSLContext | None, answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threading.Thread(target=talk, args=(listener, context, answer), daemon=True).start()
        return f"https://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
