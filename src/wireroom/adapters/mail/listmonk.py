"""How is a letter handed to listmonk? As one campaign to its lists; who is on them is listmonk's business.

Its API: https://listmonk.app/docs/apis/campaigns/. The campaign is made, then started; its own placeholders make the
link by which a reader leaves.
"""

import base64
import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import unquote, urlsplit

from wireroom.errors import DeliveryError, UsageError
from wireroom.records.mail import Accepted, Handover, Mail, Rejected, Uncertain

LEAVE = "{{ UnsubscribeURL }}"
"""What listmonk puts each reader's own address for."""
TIMEOUT_S = 30.0


class Listmonk:
    """One listmonk server and the lists that a letter goes to."""

    def __init__(self, address: str, lists: tuple[int, ...], *, timeout_s: float = TIMEOUT_S) -> None:
        """Name the server as `https://user:token@host/`."""
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname or not parts.username:
            raise UsageError("listmonk is written https://user:token@host/")
        self._secure, self._host, self._port = parts.scheme == "https", parts.hostname, parts.port
        self._base = parts.path.rstrip("/")
        held = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        self._key = base64.b64encode(held.encode()).decode()
        self._lists, self._timeout_s = lists, timeout_s

    def hand_over(self, mail: Mail) -> Handover:
        """Make a campaign and start it."""
        campaign = {
            "name": mail.message_id.strip("<>"),
            "subject": mail.subject,
            "lists": list(self._lists),
            "from_email": mail.sender,
            "type": "regular",
            "content_type": "html",
            "body": mail.html,
            "altbody": mail.text,
        }
        try:
            status, answer = self._ask("POST", "/api/campaigns", campaign)
        except ConnectionRefusedError as error:
            raise DeliveryError(f"listmonk at {self._host} cannot be reached: {error}") from error
        except (OSError, HTTPException, ValueError) as error:
            return Uncertain(because=f"no answer to the campaign: {error}")
        if status != 200:
            return Rejected(because=f"{status} {str(answer.get('message', ''))[:200]}", lasting=400 <= status < 500)
        return self._started(int(answer["data"]["id"]))

    def close(self) -> None:
        """Nothing stays open."""

    def _started(self, campaign: int) -> Handover:
        try:
            status, answer = self._ask("PUT", f"/api/campaigns/{campaign}/status", {"status": "running"})
        except (OSError, HTTPException, ValueError) as error:
            return Uncertain(because=f"campaign {campaign} was made; whether it started is not known: {error}")
        if status == 200:
            return Accepted()
        return Uncertain(because=f"campaign {campaign} was made but not started: {status} {answer.get('message', '')}")

    def _ask(self, method: str, path: str, content: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=self._timeout_s)
        try:
            headers = {"Content-Type": "application/json", "Authorization": f"Basic {self._key}"}
            connection.request(method, self._base + path, json.dumps(content), headers)
            answer = connection.getresponse()
            read = json.loads(answer.read() or b"{}")
            return answer.status, read if isinstance(read, dict) else {}
        finally:
            connection.close()
