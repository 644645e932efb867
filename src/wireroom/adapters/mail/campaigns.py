"""What do list servers have in common? A campaign is made, then started, over HTTP; letters are templates to them.

Who is on their lists, and who leaves them, is their business.
"""

import json
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Handover, Rejected, Uncertain

TIMEOUT_S = 30.0


class ListServer:
    """One server that keeps lists."""

    def __init__(self, name: str, parts: SplitResult, key: str, *, timeout_s: float = TIMEOUT_S) -> None:
        """Name the server; `key` is the value of the Authorization header."""
        self.name, self.host = name, parts.hostname or ""
        self._secure, self._port, self._base = parts.scheme == "https", parts.port, parts.path.rstrip("/")
        self._key, self._timeout_s = key, timeout_s

    def make(self, path: str, campaign: dict[str, Any]) -> str | Handover:
        """Make a campaign; return its id, or what became of the letter."""
        try:
            status, answer = self._ask("POST", path, campaign)
        except ConnectionRefusedError as error:
            raise DeliveryError(f"{self.name} at {self.host} cannot be reached: {error}") from error
        except (OSError, HTTPException, ValueError) as error:
            return Uncertain(because=f"no answer to the campaign: {error}")
        if not 200 <= status < 300:
            return Rejected(because=f"{status} {_words(answer)}", lasting=400 <= status < 500 and status != 429)
        try:
            return str(answer["data"]["id"])
        except (KeyError, TypeError):
            return Uncertain(because=f"a campaign was made and not started: {self.name} did not say which")

    def start(self, method: str, path: str, campaign: str, content: dict[str, Any]) -> Uncertain | None:
        """Start a campaign that was made; return None when it runs."""
        try:
            status, answer = self._ask(method, path, content)
        except (OSError, HTTPException, ValueError) as error:
            return Uncertain(because=f"campaign {campaign} was made; whether it started is not known: {error}")
        if 200 <= status < 300:
            return None
        return Uncertain(because=f"campaign {campaign} was made but not started: {status} {_words(answer)}")

    def _ask(self, method: str, path: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return the status and what was said."""
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self.host, self._port, timeout=self._timeout_s)
        try:
            headers = {"Content-Type": "application/json", "Authorization": self._key}
            connection.request(method, self._base + path, json.dumps(content), headers)
            answer = connection.getresponse()
            read = json.loads(answer.read() or b"{}")
            return answer.status, read if isinstance(read, dict) else {}
        finally:
            connection.close()


def address_of(written: str, form: str) -> SplitResult:
    """Read a server's address with its key; raise UsageError when it is not of the form."""
    parts = urlsplit(written)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.username:
        raise UsageError(form)
    return parts


def inert(letter: str, leave: str, neutral: Callable[[str], str]) -> str:
    """Keep a headline from being read as a placeholder; only that by which a reader leaves stays one."""
    return leave.join(neutral(part) for part in letter.split(leave))


def in_markup(part: str) -> str:
    """Write what opens a placeholder by its number, as markup may."""
    return part.replace("{{", "&#123;&#123;").replace("{%", "&#123;%")


def _words(answer: dict[str, Any]) -> str:
    return str(answer.get("message") or answer.get("errors") or "")[:200]
