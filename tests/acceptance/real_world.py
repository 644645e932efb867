"""A loopback server that shows saved pages as their own hosts, with a feed per host made from the pages' addresses."""

import gzip
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Self
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

FEED_PATH = "/wireroom-test-feed.xml"


def saved_pages(folder: Path) -> dict[str, Path]:
    """Return address → file of every saved page below a folder of the metadata set."""
    pages = {}
    for listing in sorted(folder.glob("*/*.info")):
        for name, facts in json.loads(listing.read_text(encoding="utf-8")).items():
            file = listing.parent / name
            if file.is_file():
                pages[facts["url"]] = file
    return pages


class RealWorld:
    """Serves saved pages; use as a context manager."""

    def __init__(self, pages: dict[str, Path]) -> None:
        self.pages = pages
        self._by_place = {_place(url): file for url, file in pages.items()}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True

    def __enter__(self) -> Self:
        Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def opml(self) -> bytes:
        hosts = sorted({urlsplit(url).netloc for url in self.pages})
        lines = [f'<outline type="rss" text="{escape(host)}" xmlUrl="https://{host}{FEED_PATH}"/>' for host in hosts]
        return f'<opml version="2.0"><head/><body>{"".join(lines)}</body></opml>'.encode()

    def answer(self, host: str, target: str) -> tuple[int, str, bytes]:
        if target == FEED_PATH:
            return 200, "application/rss+xml; charset=utf-8", self._feed(host)
        file = self._by_place.get((host, target))
        if file is None:
            return 404, "text/plain", b"nothing here"
        return 200, "text/html", gzip.decompress(file.read_bytes())

    def _feed(self, host: str) -> bytes:
        links = [url for url in self.pages if urlsplit(url).netloc == host]
        items = "".join(f"<item><link>{escape(url)}</link></item>" for url in links)
        return f'<rss version="2.0"><channel><title>{escape(host)}</title>{items}</channel></rss>'.encode()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        world = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                status, kind, body = world.answer(self.headers["Host"], self.path)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep the terminal for the test's own words."""

        return Handler


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
