"""A running newsstand, and a client that speaks plain HTTP to it."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from typing import Protocol
from urllib.parse import urlsplit

import pytest

from wireroom.newsstand import Newsstand


class Ask(Protocol):
    def __call__(self, url: str, **headers: str) -> tuple[HTTPResponse, bytes]: ...


@pytest.fixture(scope="package")
def newsstand() -> Iterator[Newsstand]:
    with Newsstand() as running:
        yield running


@pytest.fixture
def ask(newsstand: Newsstand) -> Ask:
    def get(url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        parts = urlsplit(url)
        connection = HTTPConnection(urlsplit(newsstand.origin).netloc, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", target, headers={"Host": parts.netloc, "Connection": "close"} | named)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        return response, body

    return get
