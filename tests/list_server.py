"""A server on loopback that answers as it is told: stands for the HTTP APIs of listmonk and Keila."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@contextmanager
def server(*answers: tuple[int, Any]) -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    """Give these answers in turn; yield its place, and what it was asked. An answer of None ends the connection."""
    asked: list[tuple[str, str, Any]] = []
    left = list(answers)

    class Api(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((f"{self.command} {self.path}", str(self.headers["Authorization"]), content))
            status, said = left.pop(0)
            if said is None:
                return
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_PUT = _answer  # noqa: N815 - named by the library

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as api:
        thread = threading.Thread(target=api.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"127.0.0.1:{api.server_address[1]}", asked
        finally:
            api.shutdown()
            thread.join()
