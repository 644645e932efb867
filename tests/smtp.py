"""A mail server for tests: real SMTP on loopback, with the ways in which servers fail."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import Self


class MailServer:
    """Takes mails over and keeps them; `refuse` names recipients it does not know, with its answer.

    `break_inside` names recipients at whose message the connection ends unanswered: after it was taken, as when a
    server is shut down at the wrong moment.
    """

    def __init__(self, *, refuse: dict[str, str] | None = None, break_inside: tuple[str, ...] = ()) -> None:
        self.taken: list[tuple[str, bytes]] = []
        self.refuse = refuse or {}
        self.break_inside = break_inside
        self.arrived = threading.Semaphore(0)
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Talk", (_Talk,), {"post": self}))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self._server.server_address[1]}"

    @property
    def recipients(self) -> list[str]:
        return [one for one, _ in self.taken]

    def mail(self, recipient: str) -> EmailMessage:
        [body] = [body for one, body in self.taken if one == recipient]
        return message_from_bytes(body, policy=policy.default)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    post: MailServer

    def handle(self) -> None:
        self.recipient = ""
        self._say("220 mail.example ready")
        for line in self.rfile:
            if not self._answered(line[:4].upper().strip(), line):
                return

    def _answered(self, verb: bytes, line: bytes) -> bool:
        """Answer a command; return whether the talk goes on."""
        if verb == b"DATA":
            return self._took()
        if verb == b"RCPT":
            self.recipient = line.decode().partition("<")[2].partition(">")[0]
            self._say(self.post.refuse.get(self.recipient, "250 known"))
            return True
        self._say({b"EHLO": "250-mail.example\r\n250 8BITMIME", b"QUIT": "221 bye"}.get(verb, "250 fine"))
        return verb != b"QUIT"

    def _took(self) -> bool:
        self._say("354 go on")
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                self.post.taken.append((self.recipient, b"".join(lines)))
                self.post.arrived.release()
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        else:
            return False
        if self.recipient in self.post.break_inside:
            return False
        self._say("250 taken")
        return True

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
