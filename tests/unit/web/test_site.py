"""A made edition is served as it lies there: with and without a slash, and nothing outside it."""

import asyncio
import socket
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from wireroom.errors import UsageError
from wireroom.records.portal import HEADERS
from wireroom.web.site import serve_folder, site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "api" / "news").mkdir(parents=True)
    (root / "index.html").write_text("<p>front</p>", encoding="utf-8")
    (root / "api" / "news" / "index.json").write_text('{"page": 1}', encoding="utf-8")
    (root / ".wireroom-manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (root / "link.txt").symlink_to(tmp_path / "secret.txt")
    return root


def answers(folder: Path, *paths: str) -> list[tuple[int, str]]:
    async def ask() -> list[tuple[int, str]]:
        async with TestClient(TestServer(site(folder))) as client:
            found = []
            for path in paths:
                async with client.get(path) as response:
                    found.append((response.status, await response.text()))
            return found

    return asyncio.run(ask())


def test_with_and_without_slash(folder: Path) -> None:
    bodies = answers(folder, "/", "/index.html", "/api/news", "/api/news/", "/api/news/index.json")
    assert bodies == [(200, "<p>front</p>")] * 2 + [(200, '{"page": 1}')] * 3


def test_an_address_that_leads_nowhere_gets_the_edition_s_page_for_it(folder: Path) -> None:
    assert answers(folder, "/nope") == [(404, "Nothing is published at this address.\n")]
    (folder / "404.html").write_text("<p>not here</p>", encoding="utf-8")
    assert answers(folder, "/nope", "/../secret.txt") == [(404, "<p>not here</p>")] * 2


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/link.txt",
        "/.wireroom-manifest.json",
        "/nope",
        "/%00",
    ],
)
def test_nothing_outside_is_served(folder: Path, path: str) -> None:
    status, body = answers(folder, path)[0]
    assert status == 404
    assert "secret" not in body


def test_what_moved_leads_on(folder: Path) -> None:
    (folder / "_redirects").write_text("/stories/a/ /stories/b/ 301\n/feeds/stories/a/* /feeds/stories/b/:splat 301\n")

    async def ask() -> list[tuple[int, str | None]]:
        async with TestClient(TestServer(site(folder))) as client:
            found = []
            for path in ("/stories/a/", "/feeds/stories/a/rss.xml", "/feeds/stories/a/%22x:y", "/stories/c/"):
                async with client.get(URL(path, encoded=True), allow_redirects=False) as response:
                    found.append((response.status, response.headers.get("Location")))
            return found

    assert asyncio.run(ask()) == [
        (301, "/stories/b/"),
        (301, "/feeds/stories/b/rss.xml"),
        (301, "/feeds/stories/b/%22x%3Ay"),
        (404, None),
    ]


def test_port_in_use_is_said(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port} cannot be used .* --port {port + 1}"):
            serve_folder(folder, port)


def test_browsers_are_told_what_any_host_should_tell_them(folder: Path) -> None:
    async def ask() -> list[str]:
        async with TestClient(TestServer(site(folder))) as client:
            return [(await client.get(path)).headers["Content-Security-Policy"] for path in ("/", "/nope")]

    assert set(asyncio.run(ask())) == {dict(HEADERS)["Content-Security-Policy"]}
    assert "img-src 'self'" in dict(HEADERS)["Content-Security-Policy"]
