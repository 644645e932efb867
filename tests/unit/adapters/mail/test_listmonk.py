import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from wireroom.adapters.mail import Listmonk
from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Accepted, Handover, Mail, Rejected, Uncertain

MAIL = Mail(
    message_id="<one@watch.example>",
    sender="AI Watch <letters@watch.example>",
    recipient="listmonk",
    subject="Board votes",
    at=datetime(2026, 11, 20, tzinfo=UTC),
    html="<p>one</p>",
    text="one",
)


@contextmanager
def listmonk(answers: dict[str, tuple[int, Any]]) -> Iterator[tuple[str, list[tuple[str, str, Any]]]]:
    """Serve its two calls; an answer of None ends the connection."""
    asked: list[tuple[str, str, Any]] = []

    class Api(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.command, str(self.headers["Authorization"]), content))
            status, said = answers[self.command]
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

    with ThreadingHTTPServer(("127.0.0.1", 0), Api) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://desk:token@127.0.0.1:{server.server_address[1]}/", asked
        finally:
            server.shutdown()
            thread.join()


def handed(answers: dict[str, tuple[int, Any]]) -> tuple[Handover, list[tuple[str, str, Any]]]:
    with listmonk(answers) as (address, asked):
        return Listmonk(address, (3, 4)).hand_over(MAIL), asked


def test_a_campaign_is_made_and_started() -> None:
    outcome, asked = handed({"POST": (200, {"data": {"id": 7}}), "PUT": (200, {"data": True})})
    assert outcome == Accepted()
    (method, key, campaign), (_, _, started) = asked
    assert (method, key) == ("POST", "Basic ZGVzazp0b2tlbg==")
    assert campaign["lists"] == [3, 4]
    assert (campaign["subject"], campaign["body"], campaign["altbody"]) == ("Board votes", "<p>one</p>", "one")
    assert started == {"status": "running"}


@pytest.mark.parametrize(
    ("answers", "kind"),
    [
        ({"POST": (403, {"message": "no"})}, Rejected),
        ({"POST": (200, None)}, Uncertain),
        ({"POST": (200, {"data": {"id": 7}}), "PUT": (400, {"message": "no lists"})}, Uncertain),
        ({"POST": (200, {"data": {"id": 7}}), "PUT": (200, None)}, Uncertain),
    ],
)
def test_what_fails_is_told_apart(answers: dict[str, tuple[int, Any]], kind: type[Handover]) -> None:
    assert isinstance(handed(answers)[0], kind)


def test_a_server_that_is_not_there_is_named() -> None:
    with listmonk({}) as (address, _):
        pass
    with pytest.raises(DeliveryError, match="listmonk at"):
        Listmonk(address, (1,)).hand_over(MAIL)


def test_an_address_needs_its_key() -> None:
    with pytest.raises(UsageError, match="https://user:token@host/"):
        Listmonk("https://lists.example/", (1,))
